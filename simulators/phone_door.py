"""What the doors of all simulated phones share: who may use them, and how forms are read.

The phones themselves are in `phone_api`, `app_phone` and those that follow it.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import orjson
from aiohttp import BodyPartReader, web

from simulators.telegram_api.errors import NotPossibleOnPhone
from simulators.telegram_api.files import Upload

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from simulators.people import Person

    Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
    Until = Callable[..., Awaitable[object]]  # of a simulator: waits until a predicate holds

JSON_LIMIT = 64 << 10
FILES_LIMIT = 25 << 20  # all files of one upload
LONGEST_WAIT = 25.0
LONGEST_TEXT = 4096
PICTURES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
FILE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, max-age=3600",
}
OWN_SITE = frozenset({"", "same-origin", "none"})


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Keep other sites out, and word what a phone refuses as 409."""
    foreign = request.headers.get("Sec-Fetch-Site", "") not in OWN_SITE
    if foreign and request.method != "GET":
        return answer({"error": "other sites may not use the phones"}, status=403)
    try:
        return await handler(request)
    except NotPossibleOnPhone as refused:
        return answer({"error": str(refused)}, status=409)
    except Unfit as unfit:
        return answer({"error": str(unfit)}, status=unfit.status)


class Unfit(Exception):
    def __init__(self, reason: str, status: int = 400) -> None:
        super().__init__(reason)
        self.status = status


def answer(value: dict[str, Any], *, status: int = 200) -> web.Response:
    return web.Response(
        status=status,
        body=orjson.dumps(value),
        content_type="application/json",
        headers={"Cache-Control": "no-store"},
    )


def person_of(request: web.Request, people: Mapping[int, Person]) -> Person:
    person = people.get(int(request.match_info["id"]))
    if person is None:
        raise Unfit("nobody has this number", status=404)
    return person


async def has_news(request: web.Request, version: Callable[[], int], until: Until) -> bool:
    """Whether a chat is newer than `after`; with `wait` (seconds) that is waited for."""
    after, wait = _number(request, "after", -1), _number(request, "wait", 0)
    if after >= version() and wait > 0:
        with suppress(TimeoutError):
            await until(lambda: version() > after, within=min(wait, LONGEST_WAIT))
    return version() > after


def as_file(content: bytes, mime_type: str) -> web.Response:
    """Pictures to be shown, all else only to be saved."""
    is_shown = mime_type in PICTURES
    kind = mime_type if is_shown else "application/octet-stream"
    headers = {**FILE_HEADERS, "Content-Disposition": "inline" if is_shown else "attachment"}
    return web.Response(body=content, content_type=kind, headers=headers)


def _number(request: web.Request, name: str, default: int) -> int:
    value = request.query.get(name, "")
    return int(value) if value.isdecimal() else default


async def read_json(request: web.Request) -> dict[str, Any]:
    if request.content_type != "application/json":
        raise Unfit("JSON is asked for", status=415)
    try:
        wish = orjson.loads(await _read_at_most(request, JSON_LIMIT))
    except orjson.JSONDecodeError:
        raise Unfit("this is no JSON") from None
    if not isinstance(wish, dict):
        raise Unfit("a JSON object is asked for")
    return wish


async def _read_at_most(request: web.Request, limit: int) -> bytes:
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > limit:
            raise Unfit("too large", status=413)
    return bytes(body)


async def read_files(request: web.Request) -> tuple[list[Upload], str]:
    """Read the files of a form, and its `caption`."""
    if request.content_type != "multipart/form-data":
        raise Unfit("a form with files is asked for", status=415)
    uploads, caption, left = [], "", FILES_LIMIT
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            raise Unfit("a form inside a form")
        content = await _read_part(part, left)
        left -= len(content)
        if part.filename:
            kind = part.headers.get("Content-Type", "application/octet-stream")
            uploads.append(Upload(content=content, name=part.filename, mime_type=kind))
        elif part.name == "caption":
            caption = content.decode("utf-8", "replace")[:LONGEST_TEXT]
    if not any(upload.content for upload in uploads):
        raise Unfit("no file")
    return uploads, caption


async def _read_part(part: BodyPartReader, limit: int) -> bytes:
    content = bytearray()
    while chunk := await part.read_chunk():
        content += chunk
        if len(content) > limit:
            raise Unfit("too large", status=413)
    return bytes(content)


def text_of(wish: dict[str, Any], name: str, *, optional: bool = False) -> str:
    value = wish.get(name, "")
    if not isinstance(value, str) or len(value) > LONGEST_TEXT or not (value.strip() or optional):
        raise Unfit(f"{name} must be text of 1 to {LONGEST_TEXT} characters")
    return value
