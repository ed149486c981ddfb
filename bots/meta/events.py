"""Meta's webhook bodies taken apart: one body may hold many events of many people.

Each event is kept in the shape of a body with nothing else in it, so that it is read like one.
What events mean is left to `translate`.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

import orjson

from bots.shape import Json, as_list, as_object, as_text, read_json

MESSENGER, INSTAGRAM = "messenger", "instagram"
CHANNELS = {"page": MESSENGER, "instagram": INSTAGRAM}  # by what a body calls its object
EDIT, DELETION = "message_edit", "deletion"  # of a message that was there before, or is to come
BEGIN = "begin"  # what the button that opens a chat of Messenger brings back
LISTS = ("messaging", "standby", "changes")  # where an entry has its events
MOST_EDITS = 10  # of one message: Messenger stops people at five
_AROUND = ("sender", "recipient", "timestamp")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event. `listed` is the list of its entry that it came in."""

    channel: str  # "" where the body is about something else than a chat
    account: str
    listed: str
    raw: Json

    @property
    def kind(self) -> str:
        """What happened, in Meta's word for it; echoes and deletions are set apart."""
        if self.listed != LISTS[0]:
            return as_text(self.raw.get("field")) or self.listed
        if self.message.get("is_echo") is True:
            return "echo"
        if self.message.get("is_deleted") is True:
            return DELETION
        return next((as_text(name) for name in self.raw if name not in _AROUND), "")

    @property
    def message(self) -> Json:
        return as_object(self.raw.get("message"))

    @property
    def content(self) -> Json:
        """What stands under the event's kind."""
        return self.message or as_object(self.raw.get(self.kind))

    @property
    def mid(self) -> str:
        """Meta's id of the message that it is about; "" where it names none."""
        return as_text(self.content.get("mid"))

    @property
    def user_id(self) -> str:
        """The person, whoever of the two has written."""
        side = "recipient" if self.kind == "echo" else "sender"
        return as_text(as_object(self.raw.get(side)).get("id"))

    @property
    def key(self) -> str:
        """The same however often it comes; Meta repeats events with another time."""
        if self.listed == LISTS[0] and self.mid:
            count = self.content.get("num_edit") if self.kind == EDIT else None
            what = self.kind if self.kind != "reaction" else f"reaction:{_hash(self.content)}"
            return f"{what}:{self.mid}" + (f":{count}" if count is not None else "")
        return f"{self.kind}:sha256:{_hash(self.raw)}"

    @property
    def ended_by(self) -> tuple[str, ...]:
        """Keys of the events after which its words are no longer what the person says."""
        edit = f"{EDIT}:{self.mid}"
        number = str(self.content.get("num_edit", "")) if self.kind == EDIT else "0"
        since = int(number) if number.isdecimal() and len(number) <= len(str(MOST_EDITS)) else None
        later = range(since + 1, MOST_EDITS + 1) if since is not None else ()
        bare = (edit,) if self.kind != EDIT else ()
        return (f"{DELETION}:{self.mid}", *bare, *(f"{edit}:{count}" for count in later))


def bodies(payload: bytes) -> list[bytes]:
    """A body for each event; itself where there is one, or where it is none of Meta's."""
    try:
        body = as_object(read_json(payload))
    except ValueError:
        return [payload]
    alone = [
        {**body, "entry": [{**_head(entry), listed: [event]}]}
        for entry, listed, event in _events(body)
    ]
    return [payload] if len(alone) <= 1 else [dumped(one) for one in alone]


def read_event(payload: bytes) -> Event:
    """The one event of a body. Raises ValueError where it has none."""
    body = as_object(read_json(payload))
    found = next(_events(body), None)
    if found is None:
        raise ValueError("no event of Meta's")
    entry, listed, event = found
    return Event(
        channel=CHANNELS.get(as_text(body.get("object")), ""),
        account=as_text(entry.get("id")),
        listed=listed,
        raw=event,
    )


def dumped(value: Json) -> bytes:
    """JSON, whatever it holds: halves of surrogate pairs and numbers of any length."""
    try:
        return orjson.dumps(value)
    except TypeError:
        return json.dumps(value).encode()


def _events(body: Json) -> Iterator[tuple[Json, str, Json]]:
    for entry in as_list(body.get("entry")):
        for listed in LISTS:
            for event in as_list(as_object(entry).get(listed)):
                if event and isinstance(event, dict):
                    yield entry, listed, event
        if as_text(as_object(entry).get("field")):  # Instagram Login: a change without a list
            yield entry, LISTS[-1], {"field": entry["field"], "value": entry.get("value")}


def _head(entry: Json) -> Json:
    return {name: value for name, value in entry.items() if name in ("id", "time")}


def _hash(value: Json) -> str:
    return hashlib.sha256(dumped(value)).hexdigest()
