"""Viber's events as viberbot reads them, beside the JSON they came as.

viberbot drops what it does not know (names of files, tokens of subscriptions) and raises whatever
comes to hand; here everything ends in an event, read or not. What it means is left to `translate`.
"""

from dataclasses import dataclass
from typing import Any

from viberbot.api.messages import MESSAGE_TYPE_TO_CLASS
from viberbot.api.viber_requests import EVENT_TYPE_TO_CLASS, create_request

from bots.shape import Json, as_number, as_object, as_text, read_json

RECEIPTS = ("delivered", "seen", "failed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One callback. `parsed` is viberbot's object, None where it could make none."""

    raw: Json
    parsed: Any

    @property
    def kind(self) -> str:
        return as_text(self.raw.get("event"))

    @property
    def token(self) -> str:
        """Viber's id of the message it is about; "" where it names none."""
        number = as_number(self.raw.get("message_token"))
        return "" if number is None else str(number)

    @property
    def user(self) -> Json:
        """Whoever did it, under whichever name this event has for that."""
        named = as_object(self.raw.get("sender")) or as_object(self.raw.get("user"))
        return named or {"id": self.raw.get("user_id")}

    @property
    def user_id(self) -> str:
        return as_text(self.user.get("id"))

    @property
    def message(self) -> Json:
        return as_object(self.raw.get("message"))

    @property
    def message_type(self) -> str:
        return as_text(self.message.get("type"))


def read_event(payload: bytes) -> Event:
    """Raises ValueError where it is no event at all."""
    raw = read_json(payload)
    if not isinstance(raw, dict) or not as_text(raw.get("event")):
        raise ValueError("no event of Viber's")
    event = Event(raw=raw, parsed=None)
    is_known = event.kind in EVENT_TYPE_TO_CLASS
    if event.kind == "message":
        is_known = event.message_type in MESSAGE_TYPE_TO_CLASS
    return Event(raw=raw, parsed=_parsed(raw)) if is_known else event


def _parsed(raw: Json) -> Any:
    try:
        return create_request(raw)
    except (LookupError, TypeError, ValueError, AttributeError):
        return None
