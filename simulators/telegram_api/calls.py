"""One call of the Bot API: its method, parameters and files, whichever way the client sent them.

Clients send a query string, a form, multipart or JSON; the server reads the same values out of
all. Whether the values make sense is left to the methods.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import orjson
from aiohttp import web

from simulators.telegram_api.errors import Refusal, bad_request
from simulators.telegram_api.files import Upload

if TYPE_CHECKING:
    from collections.abc import Mapping

_INTEGERS = frozenset(
    [
        "chat_id",
        "message_id",
        "offset",
        "limit",
        "timeout",
        "max_connections",
        "message_thread_id",
        "icon_color",
        "user_id",
        "duration",
        "width",
        "height",
        "cache_time",
        "live_period",
        "heading",
        "proximity_alert_radius",
        "reply_to_message_id",
    ]
)
_FLOATS = frozenset(["latitude", "longitude", "horizontal_accuracy"])
_FLAGS = frozenset(
    [
        "disable_notification",
        "protect_content",
        "show_alert",
        "drop_pending_updates",
        "has_spoiler",
        "is_big",
        "supports_streaming",
        "disable_content_type_detection",
        "show_caption_above_media",
        "allow_paid_broadcast",
        "allow_sending_without_reply",
        "disable_web_page_preview",
    ]
)
_OBJECTS = frozenset(
    [
        "reply_markup",
        "entities",
        "caption_entities",
        "media",
        "allowed_updates",
        "commands",
        "scope",
        "reaction",
        "reply_parameters",
        "link_preview_options",
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request as recorded. `params` holds JSON types; files sent along are in `uploads`."""

    method: str
    params: dict[str, Any]
    at: float
    uploads: dict[str, Upload] = field(default_factory=dict, repr=False)

    def text(self, name: str) -> str:
        value = self.params.get(name)
        return value if isinstance(value, str) else ""

    def number(self, name: str, default: int = 0) -> int:
        value = self.params.get(name)
        return value if isinstance(value, int) else default


async def read_call(request: web.Request, method: str, at: float) -> Call:
    raw: dict[str, Any] = dict(request.query)
    uploads: dict[str, Upload] = {}
    if request.body_exists:
        try:
            await _read_body(request, raw, uploads)
        except web.HTTPRequestEntityTooLarge:
            raise Refusal(413, "Request Entity Too Large") from None
    params = {name: _coerce(name, value) for name, value in raw.items()}
    return Call(method=method, params=params, at=at, uploads=uploads)


async def _read_body(
    request: web.Request, raw: dict[str, Any], uploads: dict[str, Upload]
) -> None:
    if request.content_type == "application/json":
        raw.update(_read_json(await request.read()))
    elif request.content_type == "multipart/form-data":
        _sort_parts(await request.post(), raw, uploads)
    else:
        body = await request.text()
        raw.update(parse_qsl(body, keep_blank_values=True))


def _read_json(body: bytes) -> dict[str, Any]:
    try:
        value = orjson.loads(body) if body else {}
    except orjson.JSONDecodeError:
        raise bad_request("can't parse JSON body") from None
    if not isinstance(value, dict):
        raise bad_request("can't parse JSON body")
    return value


def _sort_parts(
    parts: Mapping[str, str | bytes | bytearray | web.FileField],
    raw: dict[str, Any],
    uploads: dict[str, Upload],
) -> None:
    for name, part in parts.items():
        if isinstance(part, web.FileField):
            upload = uploads[name] = Upload(
                content=part.file.read(), name=part.filename, mime_type=part.content_type
            )
            if name in _FILE_PARAMETERS:
                raw[name] = {"size": upload.size, "type": upload.mime_type}
        else:
            raw[name] = part if isinstance(part, str) else part.decode()


_FILE_PARAMETERS = frozenset(
    ["photo", "document", "voice", "video", "audio", "certificate", "thumbnail"]
)


def _coerce(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if name in _INTEGERS:
        return int(value) if value.lstrip("-").isdecimal() else value
    if name in _FLAGS:
        return value.lower() in {"true", "yes", "1"}
    if name in _OBJECTS:
        return _parse(value)
    return _number(value) if name in _FLOATS else value


def _parse(value: str) -> Any:
    try:
        return orjson.loads(value)
    except orjson.JSONDecodeError:
        return value  # the method refuses it in its own words


def _number(value: str) -> Any:
    try:
        return float(value)
    except ValueError:
        return value
