"""A file of a timeline: a download, or a picture for the page where its bytes say it is one."""

import asyncio
from functools import partial
from typing import Final
from urllib.parse import quote

from aiohttp import web

from inbox.keys import DISK, SERVICES
from inbox.numbers import number_in
from intake.errors import NotFound
from intake.posted_forms import file_name
from intake.tickets import FileState

POLICY: Final = "default-src 'none'; sandbox; frame-ancestors 'none'"
WEBP_AT: Final = 8


async def show(request: web.Request) -> web.StreamResponse:
    services = request.app[SERVICES]
    file = await services.listing.file(number_in(request, "file"))
    if file.state is not FileState.STORED:
        raise NotFound("no_file")
    headers = {
        "Content-Security-Policy": POLICY,
        "Cross-Origin-Resource-Policy": "same-origin",
        # The browser may keep it, but asks each time: without a session there is no answer.
        "Cache-Control": "private, no-cache",
        "ETag": f'"{file.sha256}"',
    }
    if any(tag.value == file.sha256 for tag in request.if_none_match or ()):
        return web.Response(status=304, headers=headers)
    content = await asyncio.get_running_loop().run_in_executor(
        request.app[DISK], partial(services.blobs.read, file.sha256)
    )
    picture = picture_type(content) if "inline" in request.query else ""
    headers["Content-Disposition"] = disposition(file.name, is_inline=bool(picture))
    return web.Response(
        body=content, content_type=picture or "application/octet-stream", headers=headers
    )


def picture_type(content: bytes) -> str:
    """The four kinds that browsers draw without running anything; "" for all else."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    is_webp = content.startswith(b"RIFF") and content[WEBP_AT : WEBP_AT + 4] == b"WEBP"
    return "image/webp" if is_webp else ""


def disposition(name: str, *, is_inline: bool) -> str:
    """RFC 6266: the name in UTF-8, and in ASCII for those who can't read that."""
    plain = file_name(name)
    ascii_name = "".join(c if c.isascii() and c not in '"\\%' else "_" for c in plain)
    verb = "inline" if is_inline else "attachment"
    return f"{verb}; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(plain, safe='')}"
