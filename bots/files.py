"""Files on their way out to platforms that take none, but fetch them from an address of ours.

Each address is signed, names one file, and opens it for some days; it is guessed by nobody and
logged by nobody. Who may have it is decided by whoever makes it.
"""

import asyncio
import base64
import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote

import orjson
from aiohttp import web

from bots.shape import as_number, read_json
from intake.errors import NotFound, Unavailable
from intake.ports import Clock
from intake.speech import Enclosure

OPEN_WITHIN = timedelta(days=7)  # people open what they were sent days later
PATH = "/sent"
LONGEST_NAME = 80  # characters of it that stand in an address
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLinks:
    """`address` is where the desk is reached from outside."""

    key: bytes
    address: str
    clock: Clock

    def link(self, file: Enclosure) -> str:
        """The name stands in the address too: some show it, or look at its ending."""
        ends = int((self.clock.now() + OPEN_WITHIN).timestamp())
        told = orjson.dumps([file.sha256, file.name, file.media_type, ends])
        token = _text(told) + "." + _text(self._mac(told))
        said = file.name[-LONGEST_NAME:]
        name = quote(said, safe="") if said.strip(".") else "file"  # dots alone are folders
        return f"{self.address.rstrip('/')}{PATH}/{token}/{name}"

    def read(self, token: str) -> Enclosure | None:
        """The file that is meant; None where it is forged or over."""
        told, _, mac = token.partition(".")
        content = _bytes(told)
        if not hmac.compare_digest(_bytes(mac), self._mac(content)):
            return None
        sha256, name, media_type, ends = read_json(content)
        if as_number(ends) is None or ends < self.clock.now().timestamp():
            return None
        return Enclosure(name=name, media_type=media_type, size=0, sha256=sha256)

    def _mac(self, told: bytes) -> bytes:
        return hmac.digest(self.key, told, hashlib.sha256)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileDoor:
    """Hands out what a link names, to be saved and never to be run."""

    links: FileLinks
    read_blob: Callable[[str], bytes]

    async def show(self, request: web.Request) -> web.Response:
        file = self.links.read(request.match_info["token"])
        if file is None:
            return web.Response(status=404)
        try:
            content = await asyncio.to_thread(self.read_blob, file.sha256)
        except Unavailable:
            return web.Response(status=503)
        except (NotFound, OSError):
            return web.Response(status=404)
        named = f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"
        headers = {**_HEADERS, "Content-Disposition": named}
        return web.Response(body=content, content_type=file.media_type, headers=headers)


async def text_file(write_blob: Callable[[bytes], str], name: str, text: str) -> Enclosure:
    """Words that are too many for messages. `write_blob` stores them and gives their SHA-256."""
    content = text.encode("utf-8", "replace")
    sha256 = await asyncio.to_thread(write_blob, content)
    return Enclosure(name=name, media_type="text/plain", size=len(content), sha256=sha256)


def file_app(door: FileDoor) -> web.Application:
    """To be mounted at PATH."""
    app = web.Application()
    app.router.add_get("/{token}/{name:.*}", door.show)
    return app


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        return b""
