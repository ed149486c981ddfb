"""What a Viber message carries: words, a tapped button, a file, a place, a contact, or else.

Pure. Who wrote it is left to `translate`. A keyboard's button comes as words: the mark that `card`
puts before its data tells it apart.
"""

import mimetypes
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson

from bots.shape import Json, as_degrees, as_number, as_text
from bots.viber.card import TAP_MARK
from bots.viber.events import Event
from intake.messages import IncomingFile, MessageKind
from intake.posted_forms import file_name

LONGEST_TAP = 64  # the core's buttons carry no more
LONGEST_WORDS = 7000
LONGEST_FACT = 300
LONGEST_ADDRESS = 2000
_UNKNOWN_TYPE = "application/octet-stream"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The content of one message in the core's words."""

    kind: MessageKind
    text: str = ""
    files: tuple[IncomingFile, ...] = ()
    tap: str = ""
    platform_kind: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


def read_part(event: Event, sent_at: datetime) -> Part:
    """What viberbot could read; everything else is kept with whatever words it has."""
    read = _READERS.get(event.message_type)
    message = getattr(event.parsed, "message", None)
    part = read(message, event.message, sent_at) if read and message is not None else None
    return part or _unsupported(event)


def _unsupported(event: Event) -> Part:
    words = as_text(event.message.get("text"))[:LONGEST_WORDS]
    kind = event.message_type or "unknown"
    return Part(kind=MessageKind.UNSUPPORTED, text=words, platform_kind=kind)


def _read_text(message: Any, _raw: Json, _sent_at: datetime) -> Part | None:
    text = as_text(message.text)
    if not text:
        return None
    tap = text.removeprefix(TAP_MARK)
    if tap != text and tap.isascii() and len(tap) <= LONGEST_TAP:
        typed = text if tap else ""  # anybody can: the core asks whether there is such a button
        return Part(kind=MessageKind.TAP, tap=tap, text=typed)
    return Part(kind=MessageKind.TEXT, text=text)


def _read_url(message: Any, raw: Json, _sent_at: datetime) -> Part | None:
    """A link: its address is the words, with what was written beside it."""
    words = [as_text(raw.get("text")), as_text(message.media)]
    text = "\n".join(dict.fromkeys(filter(None, words)))
    return Part(kind=MessageKind.TEXT, text=text[:LONGEST_WORDS]) if text else None


def _file_reader(
    label: str, suffix: str, media_type: str
) -> Callable[[Any, Json, datetime], Part | None]:
    def read(message: Any, raw: Json, sent_at: datetime) -> Part | None:
        address = as_text(message.media)
        if not address.startswith(("https://", "http://")) or len(address) > LONGEST_ADDRESS:
            return None
        size = as_number(raw.get("size"))
        size = size if size is not None and size >= 0 else None
        named = as_text(raw.get("file_name")).strip()
        name = file_name(named) if named else f"{label}-{sent_at:%Y-%m-%d-%H%M}{suffix}"
        source = orjson.dumps({"url": address, "size": size}).decode()
        kind = mimetypes.guess_type(name)[0] or media_type
        file = IncomingFile(source=source, name=name, media_type=kind, size=size)
        return Part(kind=MessageKind.TEXT, text=as_text(raw.get("text")), files=(file,))

    return read


def _read_contact(message: Any, _raw: Json, _sent_at: datetime) -> Part | None:
    """Also what the button "share my number" brings; on some devices it comes empty."""
    phone = as_text(getattr(message.contact, "phone_number", "")).strip()[:LONGEST_FACT]
    if not phone:
        return None
    name = as_text(getattr(message.contact, "name", "")).strip()[:LONGEST_FACT]
    text = ", ".join(filter(None, [name, phone]))
    return Part(kind=MessageKind.TEXT, text=text, facts={"contact": phone})


def _read_location(message: Any, _raw: Json, _sent_at: datetime) -> Part | None:
    location = message.location
    place = [as_degrees(getattr(location, name, None)) for name in ("latitude", "longitude")]
    if not all(place):
        return None
    return Part(kind=MessageKind.TEXT, text=", ".join(place), facts={"location": ",".join(place)})


_READERS: dict[str, Callable[[Any, Json, datetime], Part | None]] = {
    "text": _read_text,
    "url": _read_url,
    "picture": _file_reader("photo", ".jpg", "image/jpeg"),
    "video": _file_reader("video", ".mp4", "video/mp4"),
    "file": _file_reader("file", "", _UNKNOWN_TYPE),
    "contact": _read_contact,
    "location": _read_location,
}
