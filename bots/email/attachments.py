"""The files of a mail, as far as there is room for them, each with a name that is harmless.

Also those that stand in the words as uuencode has them. Which parts of a mail are files is decided
in `bodies`.
"""

import re
from bisect import bisect
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bots.email import headers, structure
from bots.email.structure import Part

FILE_LIMIT = 50
PAYLOAD_LIMIT = 25 * 1024 * 1024
NAME_LIMIT = 200

_UU_BEGIN = re.compile(r"^begin [0-7]{3,4} (\S.{0,200})$")
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\r\n\t]')
# The system's own table differs from machine to machine.
_ENDINGS = {
    "application/gzip": ".gz",
    "application/json": ".json",
    "application/msword": ".doc",
    "application/pdf": ".pdf",
    "application/pgp-signature": ".asc",
    "application/pkcs7-mime": ".p7m",
    "application/pkcs7-signature": ".p7s",
    "application/x-pkcs7-signature": ".p7s",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/zip": ".zip",
    "audio/mpeg": ".mp3",
    "audio/ogg": ".ogg",
    "image/bmp": ".bmp",
    "image/gif": ".gif",
    "image/heic": ".heic",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/svg+xml": ".svg",
    "image/tiff": ".tiff",
    "image/webp": ".webp",
    "message/delivery-status": ".txt",
    "message/disposition-notification": ".txt",
    "message/feedback-report": ".txt",
    "message/rfc822": ".eml",
    "text/calendar": ".ics",
    "text/csv": ".csv",
    "text/html": ".html",
    "text/plain": ".txt",
    "text/rfc822-headers": ".txt",
    "text/vcard": ".vcf",
    "video/mp4": ".mp4",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    name: str
    media_type: str  # as the mail says; nobody should believe it
    payload: bytes = field(repr=False)
    content_id: str = ""
    is_inline: bool = False


@dataclass(slots=True)
class Attachments:
    """Those of one mail."""

    kept: list[Attachment] = field(default_factory=list)
    _size: int = 0
    _names: Counter[str] = field(default_factory=Counter)  # that were invented

    def take(self, name: str, kind: str, body: bytes, part: Part | None = None) -> bool:
        """False where there is no room for it."""
        if len(self.kept) >= FILE_LIMIT or self._size + len(body) > PAYLOAD_LIMIT:
            return False
        self._size += len(body)
        one = Attachment(
            name=safe_name(name) or self._invented(kind),
            media_type=kind,
            payload=body,
            content_id=part.content_id if part else "",
            is_inline=bool(part and part.disposition == "inline" and kind.startswith("image/")),
        )
        self.kept.append(one)
        return True

    def _invented(self, kind: str) -> str:
        known = {"message/delivery-status": "delivery-status", "text/rfc822-headers": "headers"}
        stem = known.get(kind) or kind.partition("/")[0].replace("application", "file")
        self._names[stem] += 1
        return f"{stem}-{self._names[stem]}{_ENDINGS.get(kind, '.bin')}"

    def shown_with(self, shown_html: str | None) -> tuple[Attachment, ...]:
        """What the HTML refers to is inline; others with a Content-ID are plain attachments."""
        referred = set(re.findall(r'src="cid:([^"]{1,300})"', shown_html or ""))
        return tuple(
            replace(one, is_inline=one.content_id in referred if one.content_id else one.is_inline)
            for one in self.kept
        )


def safe_name(name: str) -> str:
    """The last element of a path, without what hides, turns or breaks; at most 200 letters."""
    last = re.split(r"[\\/]", headers.clean(name))[-1]
    plain = _FORBIDDEN.sub("_", last).strip(" .")
    if len(plain) <= NAME_LIMIT:
        return plain
    stem, dot, ending = plain.rpartition(".")
    short = f"{stem[: NAME_LIMIT - len(ending) - 1]}{dot}{ending}"
    return short if stem and len(ending) < NAME_LIMIT // 4 else plain[:NAME_LIMIT]


def without_uu(text: str) -> tuple[str, Sequence[tuple[str, bytes]]]:
    """The text, and the files that stood in it: their names and bytes. One without end is text."""
    lines = text.split("\n")
    ends = [at for at, line in enumerate(lines) if line.strip() == "end"]
    kept, files, at = list[str](), list[tuple[str, bytes]](), 0
    while at < len(lines):
        begun = _UU_BEGIN.match(lines[at])
        end = bisect(ends, at) if begun else len(ends)
        if begun and end < len(ends):
            coded = [line.encode("ascii", "replace") for line in lines[at + 1 : ends[end]]]
            files.append((begun[1], structure.from_uu(coded)))
            at = ends[end]
        else:
            kept.append(lines[at])
        at += 1
    return "\n".join(kept), files
