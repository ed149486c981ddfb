"""The methods with which the bot sends files and asks where to download them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from simulators.telegram_api.attachments import check_upload, part_of
from simulators.telegram_api.errors import bad_request
from simulators.telegram_api.methods import caption_content, deliver

if TYPE_CHECKING:
    from simulators.telegram_api.calls import Call
    from simulators.telegram_api.chats import Json
    from simulators.telegram_api.files import StoredFile
    from simulators.telegram_api.methods import Method
    from simulators.telegram_api.world import World

SMALLEST_ALBUM, LARGEST_ALBUM = 2, 10
_WRONG_FILE = "wrong file identifier/HTTP URL specified"


def _send_file(kind: str, world: World, call: Call) -> Json:
    chat = world.chat_reached(call)
    params = call.params
    if kind not in params:
        raise bad_request(f"there is no {kind} in the request")
    stored = _stored(world, call, params[kind], kind)
    caption = caption_content(
        params.get("caption"), params.get("parse_mode"), params.get("caption_entities")
    )
    content = {**part_of(stored, world.files), **caption}
    return deliver(world, chat, call, content, call.text("caption")).wire


def _stored(world: World, call: Call, value: Any, kind: str) -> StoredFile:
    """Find the file that a parameter means: sent along, or known by its file_id."""
    name = kind if isinstance(value, dict) else str(value).removeprefix("attach://")
    if isinstance(value, dict) or str(value).startswith("attach://"):
        upload = call.uploads.get(name)
        if upload is None:
            raise bad_request(_WRONG_FILE)
        check_upload(upload, kind)
        return world.files.keep(upload, kind)
    known = world.files.by_id(str(value))
    if known is None:
        raise bad_request(_WRONG_FILE)
    if known.kind != kind:
        raise bad_request(f"can't use file of type {known.kind.title()} as {kind.title()}")
    return known


def send_media_group(world: World, call: Call) -> list[Json]:
    chat = world.chat_reached(call)
    media = call.params.get("media")
    if not isinstance(media, list):
        raise bad_request("can't parse media JSON object")
    if len(media) < SMALLEST_ALBUM:
        raise bad_request("too few messages to send as an album")
    if len(media) > LARGEST_ALBUM:
        raise bad_request("too many messages to send as an album")
    kinds = {str(item.get("type")) for item in media}
    if not kinds <= {"photo", "video"} and len(kinds) > 1:
        raise bad_request("document can't be mixed with other media types")
    contents = [_album_item(world, call, item) for item in media]
    group = {"media_group_id": world.next_group_id()}
    return [
        deliver(world, chat, call, {**content, **group}, str(item.get("caption", ""))).wire
        for content, item in zip(contents, media, strict=True)
    ]


def _album_item(world: World, call: Call, item: Json) -> Json:
    kind = str(item.get("type"))
    if kind not in {"photo", "video", "document"}:
        raise bad_request("can't parse InputMedia: Unsupported type")
    stored = _stored(world, call, item.get("media"), kind)
    caption = caption_content(
        item.get("caption"), item.get("parse_mode"), item.get("caption_entities")
    )
    return {**part_of(stored, world.files), **caption}


def get_file(world: World, call: Call) -> Json:
    return world.files.describe(call.text("file_id"))


METHODS: dict[str, Method] = {
    "sendPhoto": partial(_send_file, "photo"),
    "sendDocument": partial(_send_file, "document"),
    "sendVoice": partial(_send_file, "voice"),
    "sendVideo": partial(_send_file, "video"),
    "sendMediaGroup": send_media_group,
    "getFile": get_file,
}
