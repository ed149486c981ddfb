"""What a Meta message carries: words, a chosen answer, files, a place, or else.

Pure. Who wrote it is left to `translate`. A button comes back with the mark that `card` puts
before its data; what else is chosen (somebody's own number) counts as typed.
"""

import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from bots.shape import Json, as_degrees, as_list, as_object, as_text
from intake.messages import IncomingFile, MessageKind
from intake.posted_forms import file_name

TAP_MARK = "tap:"
LONGEST_TAP = 64  # the core's buttons carry no more
LONGEST_WORDS = 8000
LONGEST_ADDRESS = 4000
# Meta names no pictures: its own addresses end in numbers. What it calls a file has its real name.
_FILES = {
    "image": ("photo", ".jpg", "image/jpeg"),
    "audio": ("voice", ".mp4", "audio/mp4"),
    "video": ("video", ".mp4", "video/mp4"),
    "file": ("file", "", "application/octet-stream"),
}
_SHARED = ("fallback", "share", "ig_post", "ig_reel", "reel", "post")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The content of one message in the core's words."""

    kind: MessageKind
    text: str = ""
    files: tuple[IncomingFile, ...] = ()
    tap: str = ""
    platform_kind: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


def read_part(message: Json, sent_at: datetime) -> Part:
    chosen = tap_of(as_object(message.get("quick_reply")).get("payload"))
    if chosen:
        return Part(kind=MessageKind.TAP, tap=chosen)
    attachments = [as_object(one) for one in as_list(message.get("attachments"))]
    files = _files(attachments, sent_at)
    place = next(filter(None, map(_place, attachments)), "")
    shared = [as_text(as_object(one.get("payload")).get("url")) for one in attachments
              if as_text(one.get("type")) in _SHARED]  # fmt: skip
    words = [as_text(message.get("text")), place, *shared]
    text = "\n".join(_unrepeated(words))[:LONGEST_WORDS]
    if files or place or (text and not _foreign(message, attachments)):
        facts = {"location": place.replace(" ", "")} if place else {}
        return Part(kind=MessageKind.TEXT, text=text, files=files, facts=facts)
    kind = _foreign(message, attachments) or "unknown"
    return Part(kind=MessageKind.UNSUPPORTED, text=text, platform_kind=kind)


def tap_of(payload: Any) -> str:
    """The data of a button of ours, or ""."""
    told = as_text(payload)
    tap = told.removeprefix(TAP_MARK)
    return tap if tap != told and tap.isascii() and len(tap) <= LONGEST_TAP else ""


def _unrepeated(words: list[str]) -> list[str]:
    """A shared link mostly stands among the words already."""
    kept: list[str] = []
    for one in words:
        if one and not any(one in before for before in kept):
            kept.append(one)
    return kept


def _foreign(message: Json, attachments: list[Json]) -> str:
    """What it is that nobody here can show, or ""."""
    if message.get("is_unsupported") is True:
        return "unsupported"
    for one in attachments:
        kind = as_text(one.get("type")) or "unknown"
        if _is_sticker(one):
            return "sticker"
        if kind not in _SHARED:
            return kind
    return ""


def _is_sticker(attachment: Json) -> bool:
    return as_object(attachment.get("payload")).get("sticker_id") is not None


def _files(attachments: list[Json], sent_at: datetime) -> tuple[IncomingFile, ...]:
    """Several of one message and minute are numbered."""
    files: list[IncomingFile] = []
    for one in attachments:
        kind = _FILES.get(as_text(one.get("type")))
        url = as_text(as_object(one.get("payload")).get("url"))
        if kind is None or _is_sticker(one) or len(url) > LONGEST_ADDRESS:
            continue
        if url.startswith(("https://", "http://")):
            files.append(_file(url, kind, sent_at, len(files)))
    return tuple(files)


def _file(url: str, kind: tuple[str, str, str], sent_at: datetime, before: int) -> IncomingFile:
    label, suffix, media_type = kind
    told = _name_in(url)
    if label == "file" and told:
        name = file_name(told)
    else:
        known = PurePosixPath(told).suffix.lower()
        is_same = (mimetypes.guess_type(f"x{known}")[0] or "").partition("/")[0] in media_type
        count = f"-{before + 1}" if before else ""
        ending = known if known and is_same else suffix
        name = f"{label}-{sent_at:%Y-%m-%d-%H%M}{count}{ending}"
    return IncomingFile(
        source=url, name=name, media_type=mimetypes.guess_type(name)[0] or media_type
    )


def _name_in(url: str) -> str:
    try:
        return unquote(PurePosixPath(urlsplit(url).path).name).strip()
    except ValueError:
        return ""


def _place(attachment: Json) -> str:
    if as_text(attachment.get("type")) != "location":
        return ""
    found = as_object(as_object(attachment.get("payload")).get("coordinates"))
    place = [as_degrees(found.get(name)) for name in ("lat", "long")]
    return ", ".join(place) if all(place) else ""
