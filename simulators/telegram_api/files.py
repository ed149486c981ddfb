"""The files that people and the bot have sent, by file_id and by download path.

Content is kept in memory. A file may claim to be larger than its content, to test limits cheaply.
"""

from __future__ import annotations

import hashlib
import mimetypes
import struct
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath

from simulators.telegram_api.errors import bad_request

DOWNLOAD_LIMIT = 20 << 20
UPLOAD_LIMIT = 50 << 20
PHOTO_LIMIT = 10 << 20
_USUAL_STICKER = (512, 512)
_HEADS = (  # what a picture begins with, where its width and height are, and in which form
    (b"\x89PNG\r\n\x1a\n", 16, ">II"),
    (b"GIF87a", 6, "<HH"),
    (b"GIF89a", 6, "<HH"),
)
_FRAME_HEADERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_FOLDERS = {
    "photo": "photos",
    "voice": "voice",
    "video": "videos",
    "sticker": "stickers",
    "document": "documents",
    "audio": "music",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file on its way in; `claimed_size` stands in for content that a test will not make."""

    content: bytes
    name: str = ""
    mime_type: str = ""
    claimed_size: int | None = None

    @property
    def size(self) -> int:
        return len(self.content) if self.claimed_size is None else self.claimed_size


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    file_id: str
    file_unique_id: str
    path: str
    kind: str
    upload: Upload

    def wire(self) -> dict[str, str | int]:
        return {
            "file_id": self.file_id,
            "file_unique_id": self.file_unique_id,
            "file_size": self.upload.size,
        }


class FileStore:
    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def keep(self, upload: Upload, kind: str) -> StoredFile:
        number = len(self._by_id)
        digest = hashlib.sha256(upload.content).hexdigest()
        mime_type = upload.mime_type or guess_type(upload.name, kind)
        suffix = PurePosixPath(upload.name).suffix or mimetypes.guess_extension(mime_type) or ""
        stored = StoredFile(
            file_id=f"AgACAgIAAxk{number:06d}{digest[:24]}",
            file_unique_id=f"AQAD{digest[:12]}",
            path=f"{_FOLDERS.get(kind, 'documents')}/file_{number}{suffix}",
            kind=kind,
            upload=Upload(
                content=upload.content,
                name=upload.name,
                mime_type=mime_type,
                claimed_size=upload.claimed_size,
            ),
        )
        self._by_id[stored.file_id] = stored
        self._by_path[stored.path] = stored
        return stored

    def by_id(self, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id)

    def by_path(self, path: str) -> StoredFile | None:
        return self._by_path.get(path)

    def describe(self, file_id: str) -> dict[str, str | int]:
        """Answer getFile: what is needed to download a file."""
        stored = self._by_id.get(file_id)
        if stored is None:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        if stored.upload.size > DOWNLOAD_LIMIT:
            raise bad_request("file is too big")
        return {**stored.wire(), "file_path": stored.path}


def guess_type(name: str, kind: str) -> str:
    usual = {
        "photo": "image/jpeg",
        "voice": "audio/ogg",
        "video": "video/mp4",
        "sticker": "image/webp",
    }
    guessed = mimetypes.guess_type(name)[0] if name else None
    return guessed or usual.get(kind, "application/octet-stream")


def picture_size(content: bytes) -> tuple[int, int] | None:
    """Read width and height of a PNG, GIF, JPEG or WebP; None when it is no such picture."""
    if content.startswith(b"\xff\xd8"):
        return _jpeg_size(content)
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return _USUAL_STICKER
    for mark, offset, form in _HEADS:
        if content.startswith(mark) and len(content) >= offset + struct.calcsize(form):
            width, height = struct.unpack_from(form, content, offset)
            return int(width), int(height)
    return None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    """Walk the segments to the frame header (ITU T.81, B.2.2), which holds the size."""
    position = 2
    while position + 9 <= len(content):
        marker, length, _depth, height, width = struct.unpack_from(">xBHBHH", content, position)
        if marker in _FRAME_HEADERS:
            return int(width), int(height)
        position += 2 + int(length)
    return None


def draw_picture(width: int = 32, height: int = 32, grey: int = 160) -> bytes:
    """Make a plain grey PNG, for those who need some picture."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + checksum

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = (b"\0" + bytes([grey]) * width) * height
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )
