"""Makes messages of Meta's events. Pure; an unknown shape becomes "unsupported".

How bodies are taken apart is left to `events`, what a message carries to `parts`. An echo is what
our side has said: our own sends come back as well as what somebody types in Meta's own inbox.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bots.meta.events import BEGIN, LISTS, Event, read_event
from bots.meta.parts import LONGEST_WORDS, Part, read_part, tap_of
from bots.shape import Json, as_list, as_moment, as_number, as_object, as_text
from intake.errors import Unreadable
from intake.messages import Address, Envelope, Fate, Message, MessageKind, Receipt, Sender

MOST_RECEIPTS = 50
LONGEST_REASON = 300
OPENING = ("message", "postback", "referral")  # from then on Meta takes answers
# What our messages bear: their delivery, and whether it ends with them.
MARK = re.compile(r"firstline:(?P<delivery>\d{1,18}):(?P<place>more|last)")
_LINK = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class MetaTranslator:
    """Meets `ports.Translate`. `app_id` is ours: by it Meta names who has sent something."""

    accounts: frozenset[str]
    app_id: str
    language: str = ""  # of whoever has not written yet: Meta tells none

    def __call__(self, envelope: Envelope) -> Sequence[Message]:
        """Read one event. Raises Unreadable when it has no shape to work with."""
        try:
            event = read_event(envelope.payload)
        except ValueError as error:
            raise Unreadable("no event of Meta's") from error
        message = _message(event, envelope, self.language)
        if event.account not in self.accounts or event.listed != LISTS[0] or not event.channel:
            return (replace(message, platform_kind=event.kind or "unknown"),)
        if event.kind == "echo":
            return (self._echo(event, message),)
        if event.kind in _OF_NOBODY:
            return _OF_NOBODY[event.kind](event, message)
        read = _READERS.get(event.kind)
        if read is None:
            return (replace(message, platform_kind=event.kind or "unknown"),)
        if not event.user_id:
            raise Unreadable("nobody has done it")
        return read(event, replace(message, opens_window=event.kind in OPENING))

    def _echo(self, event: Event, message: Message) -> Message:
        """Words of ours: what this desk has sent is known by its id already."""
        if not event.mid or not event.user_id:
            raise Unreadable("an echo of no message")
        marked = MARK.fullmatch(as_text(event.message.get("metadata")))
        if marked and marked["place"] == "last":
            receipt = Receipt(
                provider_id=event.mid, fate=Fate.SENT, delivery_id=int(marked["delivery"])
            )
            blank = replace(message, kind=MessageKind.RECEIPT, external_id="")
            return replace(blank, receipt=receipt)
        app = event.message.get("app_id")
        is_own = self.app_id and (as_text(app) or str(as_number(app))) == self.app_id
        if marked or is_own:
            return replace(message, platform_kind="echo")
        part = read_part(event.message, message.sent_at)
        words = part.text or ("" if part.files else part.platform_kind)
        kind = MessageKind.OUTSIDE if words or part.files else MessageKind.IRRELEVANT
        return replace(message, kind=kind, text=words, files=part.files)


def _message(event: Event, envelope: Envelope, language: str) -> Message:
    return Message(
        kind=MessageKind.IRRELEVANT,
        address=Address(
            channel=envelope.channel, account=envelope.account, external_id=event.user_id
        ),
        sender=Sender(name="", external_id=event.user_id, language=language),
        sent_at=as_moment(event.raw.get("timestamp"), per_second=1000) or envelope.received_at,
        external_id=event.mid,
    )


def _with(message: Message, part: Part) -> Message:
    return replace(
        message,
        kind=part.kind,
        text=part.text,
        files=part.files,
        tap=part.tap,
        tap_id=message.external_id if part.tap else "",
        platform_kind=part.platform_kind,
        facts=dict(part.facts),
    )


def _said(event: Event, message: Message) -> Sequence[Message]:
    if not event.mid:
        raise Unreadable("a message without an id")
    answered = as_text(as_object(event.message.get("reply_to")).get("mid"))
    said = _with(message, read_part(event.message, message.sent_at))
    said = replace(said, quoted_id=answered, ended_by=event.ended_by)
    return _beside_a_link(event.message, said)


def _edited(event: Event, message: Message) -> Sequence[Message]:
    if not event.mid:
        raise Unreadable("an edit of no message")
    text = as_text(event.content.get("text"))[:LONGEST_WORDS]
    return (replace(message, kind=MessageKind.EDIT, text=text, ended_by=event.ended_by),)


def _deleted(event: Event, message: Message) -> Sequence[Message]:
    if not event.mid:
        raise Unreadable("a deletion of no message")
    return (replace(message, kind=MessageKind.DELETION),)


def _pressed(event: Event, message: Message) -> Sequence[Message]:
    """A button of a message, or the one that begins a chat."""
    content = event.content
    tap = tap_of(content.get("payload"))
    if tap:
        return (_with(message, Part(kind=MessageKind.TAP, tap=tap)),)
    title = as_text(content.get("title"))[:LONGEST_WORDS]
    if as_text(content.get("payload")) == BEGIN:
        return (_come_by(content, message),)
    if not title:
        return (replace(message, kind=MessageKind.UNSUPPORTED, platform_kind="postback"),)
    return _beside_a_link(content, replace(message, kind=MessageKind.TEXT, text=title))


def _come_by(content: Json, message: Message) -> Message:
    """A chat begins, perhaps by a link with something to pass on."""
    link = _link(as_object(content.get("referral")).get("ref"))
    return replace(message, kind=MessageKind.START, payload=link, external_id="")


def _beside_a_link(content: Json, said: Message) -> Sequence[Message]:
    """The first words of whoever came by a link may bear what that was to pass on."""
    came = _come_by(content, said)
    if not came.payload:
        return (said,)
    return (replace(came, text="", files=(), ended_by=(), is_welcomed=True), said)


def _referred(event: Event, message: Message) -> Sequence[Message]:
    """By a link with something to pass on, into a chat that there was before."""
    link = _link(event.content.get("ref"))
    return (replace(message, kind=MessageKind.START, payload=link),)


def _judged(event: Event, message: Message) -> Sequence[Message]:
    """Meta warns the Page of its rules, or has shut it out: a person has to look at that."""
    action = as_text(event.content.get("action")) or "unknown"
    if action == "unblock":
        return (replace(message, platform_kind=event.kind),)
    reason = as_text(event.content.get("reason"))[:LONGEST_REASON]
    raise Unreadable(f"Meta's rules, {action}: {reason}")


def _delivered(event: Event, message: Message) -> Sequence[Message]:
    """Meta may name no message at all, only until when all have arrived."""
    mids = [mid for mid in map(as_text, as_list(event.content.get("mids"))) if mid]
    return _receipts(event, message, mids[:MOST_RECEIPTS], Fate.DELIVERED)


def _seen(event: Event, message: Message) -> Sequence[Message]:
    return _receipts(event, message, [event.mid] if event.mid else [], Fate.SEEN)


def _receipts(
    event: Event, message: Message, mids: Sequence[str], fate: Fate
) -> Sequence[Message]:
    receipts = [Receipt(provider_id=mid, fate=fate) for mid in mids]
    until = as_moment(event.content.get("watermark"), per_second=1000)
    if not receipts and until is not None:
        receipts = [Receipt(provider_id="", fate=fate, until=until)]
    if not receipts:
        raise Unreadable("a receipt of no message")
    blank = replace(message, kind=MessageKind.RECEIPT, external_id="")
    return tuple(replace(blank, receipt=receipt) for receipt in receipts)


_READERS = {
    "message": _said,
    "message_edit": _edited,
    "deletion": _deleted,
    "postback": _pressed,
    "referral": _referred,
    "delivery": _delivered,
    "read": _seen,
}
_OF_NOBODY = {"policy_enforcement": _judged}  # about the Page, and not of a person


def _link(value: Any) -> str:
    told = as_text(value)
    return told if _LINK.fullmatch(told) else ""
