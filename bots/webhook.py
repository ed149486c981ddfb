"""The way in for platforms that push: verified, committed, and only then acknowledged.

How a platform proves itself, and what its events are called, is left to each channel. Content
never makes an error; only a database that is missing, or does not answer in time, does, which
asks the platform to come again.
"""

import hashlib
import hmac
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime

import structlog
from aiohttp import web

from bots.acknowledgement import Acknowledgement
from intake.errors import Unavailable
from intake.messages import Envelope
from intake.ports import Clock

LARGEST_BODY = 1 << 20  # bytes; what platforms send stays far below
TRY_AGAIN_AFTER = 5  # seconds

log = structlog.get_logger()


class Webhook(ABC):
    """Answers posts to `path`: 200 means committed."""

    def __init__(
        self,
        *,
        path: str,
        accept: Callable[[Sequence[Envelope]], Awaitable[int]],
        clock: Clock,
    ) -> None:
        self.path = path
        self.refused_count = 0  # requests that proved nothing
        self._accept = accept
        self._clock = clock

    @abstractmethod
    def is_genuine(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Whether the platform sent it; compared in constant time, bytes with bytes."""

    @abstractmethod
    def envelopes(self, body: bytes, received_at: datetime) -> Sequence[Envelope]:
        """Name and place each event, whatever is in it; what is none is kept by its content."""

    def answer(self, body: bytes) -> web.Response | None:  # noqa: ARG002
        """What is said once it is committed, where that is more than 200; repeated as well."""
        return None

    async def receive(self, request: web.Request) -> web.Response:
        channel = self.path.split("/")[1]
        body = await _read_within(request, LARGEST_BODY)
        if body is None:
            log.warning("webhook body too large", channel=channel)
            return web.Response(status=413)
        if not self.is_genuine(request.headers, body):
            self.refused_count += 1
            log.warning("webhook refused", channel=channel, count=self.refused_count)
            return web.Response(status=401)
        now = self._clock.now()
        try:
            await self._accept(self.envelopes(body, now))
        except Unavailable:  # committed after all, its key makes it harmless
            return web.Response(status=503, headers={"Retry-After": str(TRY_AGAIN_AFTER)})
        answer = self.answer(body)
        return Acknowledgement(now) if answer is None else answer


def key_of(body: bytes) -> str:
    """Of a body that names no event: by its content."""
    return f"sha256:{hashlib.sha256(body).hexdigest()}"


def place_of(user_id: str, *, is_receipt: bool) -> str:
    """Whose events wait for one another. Receipts wait for no message, and no message for them."""
    user = user_id or "unplaced"
    return f"{user}:receipts" if is_receipt else user


def is_same(given: str, known: str) -> bool:
    """What a header or an address says, compared in constant time."""
    return hmac.compare_digest(_as_bytes(given), known.encode())


def _as_bytes(header: str) -> bytes:
    """As it came over the wire: text that is not ASCII would make compare_digest raise."""
    return header.encode("utf-8", "surrogateescape")


async def _read_within(request: web.Request, limit: int) -> bytes | None:
    """The body, or None when it is larger than `limit` bytes."""
    if (request.content_length or 0) > limit:
        return None
    content = request.content
    body = await content.readany()  # an event comes in one piece, as a rule
    while not content.at_eof():
        body += await content.readany()
        if len(body) > limit:
            return None
    return body if len(body) <= limit else None
