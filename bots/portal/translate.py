"""Envelopes of form pages become messages; what words mean is left to `intake.filling`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import orjson

from intake.errors import Unreadable
from intake.forms import CATEGORY
from intake.messages import Address, Envelope, Message, MessageKind, Sender

CHANNEL = "portal"
ACCOUNT = "desk"
LEFT_OUT = "–"


class Labels(Protocol):
    """The catalogue's words."""

    @property
    def fields(self) -> Mapping[str, Any]: ...
    @property
    def categories(self) -> Mapping[str, Any]: ...
    def label(self, field: str, language: str, category: str | None) -> str: ...
    def show(self, field: str, value: str, language: str) -> str: ...
    def category_label(self, category: str, language: str) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class FormTranslator:
    """Meets `intake.ports.Translate`."""

    labels: Labels

    def __call__(self, envelope: Envelope) -> Sequence[Message]:
        try:
            payload = orjson.loads(envelope.payload)
        except orjson.JSONDecodeError as error:
            raise Unreadable("the form is no JSON") from error
        match payload:
            case {"opened": int(number)}:  # only kept so that a proof counts once
                return [_message(envelope, number, MessageKind.IRRELEVANT)]
            case {
                "ticket": int(number),
                "language": str(language),
                "answers": dict(answers),
                "note": str(note),
                "uploads": list(uploads),
            }:
                said = {str(name): str(words) for name, words in answers.items()}
                category = str(payload.get("category", ""))
                lines = self._lines(said, language, category)
                text = "\n".join([*lines, *([note] if note else [])])
                more = {"text": text, "answers": said, "uploads": tuple(map(int, uploads))}
                return [_message(envelope, number, MessageKind.FORM, **more)]
            case _:
                raise Unreadable("the form lacks something")

    def _lines(self, said: Mapping[str, str], language: str, category: str) -> Sequence[str]:
        """What agents read on the timeline: the labels, and the words as they were typed."""
        lines = []
        for name, words in said.items():
            if name in self.labels.fields:
                value = self.labels.show(name, words, language) if words else LEFT_OUT
                lines.append(f"{self.labels.label(name, language, category)}: {value}")
            elif name == CATEGORY and words in self.labels.categories:
                lines.append(self.labels.category_label(words, language))
        return lines


def _message(envelope: Envelope, number: int, kind: MessageKind, **more: Any) -> Message:
    address = Address(channel=CHANNEL, account=ACCOUNT, external_id=str(number))
    return Message(
        kind=kind,
        address=address,
        sender=Sender(name="", external_id=str(number)),
        sent_at=envelope.received_at,
        proven_ticket=number,
        **more,
    )
