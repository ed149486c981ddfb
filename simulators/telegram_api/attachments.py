"""The part of a message that describes its file, for both sides of a chat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulators.telegram_api.errors import Refusal, bad_request
from simulators.telegram_api.files import PHOTO_LIMIT, UPLOAD_LIMIT, picture_size

if TYPE_CHECKING:
    from simulators.telegram_api.files import FileStore, StoredFile, Upload

_USUAL_PHOTO = (1280, 960)
_THUMBNAIL_EDGE = 90


def check_upload(upload: Upload, kind: str) -> None:
    """Refuse what Telegram would not take from a bot."""
    if not upload.size:
        raise bad_request("file must be non-empty")
    if upload.size > UPLOAD_LIMIT:
        raise Refusal(413, "Request Entity Too Large")
    if kind == "photo":
        if upload.size > PHOTO_LIMIT:
            raise bad_request(
                f"file of size {upload.size} bytes is too big for a photo; "
                f"the maximum size is {PHOTO_LIMIT} bytes"
            )
        if picture_size(upload.content) is None:
            raise bad_request("IMAGE_PROCESS_FAILED")


def part_of(stored: StoredFile, files: FileStore) -> dict[str, Any]:
    """Describe a stored file as the part of a message that its kind asks for."""
    described: Any = stored.wire()
    if stored.kind == "photo":
        return {"photo": _sizes(stored, files)}
    if stored.kind == "sticker":
        look = {"type": "regular", "width": 512, "height": 512, "emoji": "👍"}
        return {"sticker": {**described, **look, "is_animated": False, "is_video": False}}
    described["mime_type"] = stored.upload.mime_type
    if stored.kind == "voice":
        return {"voice": {**described, "duration": 3}}
    if stored.upload.name:
        described["file_name"] = stored.upload.name
    if stored.kind == "video":
        return {"video": {**described, "width": 640, "height": 480, "duration": 5}}
    return {"document": described}


def _sizes(stored: StoredFile, files: FileStore) -> list[dict[str, Any]]:
    width, height = picture_size(stored.upload.content) or _USUAL_PHOTO
    sizes: list[dict[str, Any]] = [{**stored.wire(), "width": width, "height": height}]
    longest = max(width, height)
    if longest > _THUMBNAIL_EDGE:
        # The same content under a second id: nobody downloads the small one to look at it.
        small = {
            "width": max(1, width * _THUMBNAIL_EDGE // longest),
            "height": max(1, height * _THUMBNAIL_EDGE // longest),
        }
        sizes.insert(0, {**files.keep(stored.upload, "photo").wire(), **small})
    return sizes
