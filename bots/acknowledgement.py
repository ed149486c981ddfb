"""The empty 200 that says "committed", put on the wire as it stands.

Every event that is accepted gets one. Drawing the same few headers again for each of them would
cost a tenth of the accept.
"""

from datetime import datetime
from email.utils import formatdate
from functools import lru_cache

from aiohttp import HttpVersion11, web
from aiohttp.abc import AbstractStreamWriter


class Acknowledgement(web.Response):
    """Where a connection is to be kept, as platforms do; any other is answered by aiohttp."""

    def __init__(self, at: datetime) -> None:
        super().__init__()
        self._at = at
        self._is_written = False

    @property
    def keep_alive(self) -> bool | None:
        return self._is_written or super().keep_alive

    async def prepare(self, request: web.BaseRequest) -> AbstractStreamWriter | None:
        transport = request.transport
        is_there = transport is not None and not transport.is_closing()
        is_usual = request.keep_alive and request.version == HttpVersion11 and not self.headers
        if transport is None or not (is_there and is_usual):
            return await super().prepare(request)
        transport.write(_written(int(self._at.timestamp())))
        self._is_written = True
        return None

    async def write_eof(self, rest: bytes = b"") -> None:
        if not self._is_written:
            await super().write_eof(rest)


@lru_cache(maxsize=2)
def _written(second: int) -> bytes:
    date = formatdate(second, usegmt=True)
    return f"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nDate: {date}\r\n\r\n".encode()
