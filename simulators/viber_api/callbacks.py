"""Callbacks to the bot's webhook: signed, and repeated until they are answered with 200."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

import orjson
from aiohttp import ClientError, ClientSession, ClientTimeout

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulators.viber_api.chats import Json

SIGNATURE_HEADER = "X-Viber-Content-Signature"
ANSWER_WITHIN = 5.0  # seconds; later answers are repeated
LONGEST_DELAY = 60.0


@dataclass(frozen=True, slots=True)
class Attempt:
    """One post: the event's kind and how it was answered (0: not at all)."""

    event: str
    status: int
    answer: bytes = b""


class Callbacks:
    """Delivers events in order, from `open` to `close`."""

    def __init__(self, token: str, *, pace: float, on_progress: Callable[[], None]) -> None:
        self.url = ""
        self.attempts: list[Attempt] = []
        self.emitted: list[Json] = []
        self._token = token
        self._pace = pace
        self._on_progress = on_progress
        self._waiting: deque[tuple[Json, bytes, asyncio.Future[bytes]]] = deque()
        self._to_come = 0
        self._news = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._session: ClientSession | None = None

    @property
    def unconfirmed(self) -> int:
        return len(self._waiting) + self._to_come

    async def check(self, url: str, event: Json) -> bool:
        """The call that comes while a webhook is set: whether it was answered with 200."""
        return (await self._post(url, event, orjson.dumps(event))).status == 200  # noqa: PLR2004

    def open(self, url: str) -> None:
        self.url = url
        if self._task is None:
            self._task = asyncio.create_task(self._deliver())

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None
        if self._session is not None:
            await self._session.close()
            self._session = None

    def emit(self, event: Json) -> None:
        _ = self._queue(event)

    def later(self, seconds: float, emit: Callable[[], None]) -> None:
        """For an event that is yet to come, and unconfirmed from now on."""
        self._to_come += 1

        def come() -> None:
            self._to_come -= 1
            emit()

        asyncio.get_running_loop().call_later(seconds, come)

    async def ask(self, event: Json) -> bytes:
        """Emit it, and wait for the body of the answer that accepted it."""
        return await self._queue(event)

    def _queue(self, event: Json) -> asyncio.Future[bytes]:
        self.emitted.append(event)
        answered: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._waiting.append((event, orjson.dumps(event), answered))
        self._news.set()
        return answered

    async def _deliver(self) -> None:
        while True:
            while self._waiting:
                event, body, answered = self._waiting[0]
                answer = await self._until_taken(event, body)
                self._waiting.popleft()
                if not answered.done():
                    answered.set_result(answer)
                self._on_progress()
            self._news.clear()
            await self._news.wait()

    async def _until_taken(self, event: Json, body: bytes) -> bytes:
        delay = 1.0
        while True:
            attempt = await self._post(self.url, event, body)
            if attempt.status == 200:  # noqa: PLR2004 - the one answer that Viber takes
                return attempt.answer
            await asyncio.sleep(delay * self._pace)
            delay = min(delay * 2, LONGEST_DELAY)

    async def _post(self, url: str, event: Json, body: bytes) -> Attempt:
        if self._session is None:
            self._session = ClientSession(timeout=ClientTimeout(total=ANSWER_WITHIN))
        signed = hmac.new(self._token.encode(), body, hashlib.sha256).hexdigest()
        headers = {SIGNATURE_HEADER: signed, "Content-Type": "application/json"}
        try:
            async with self._session.post(url, data=body, headers=headers) as answer:
                attempt = Attempt(event["event"], answer.status, await answer.read())
        except (ClientError, TimeoutError, ValueError):
            attempt = Attempt(event["event"], 0)
        self.attempts.append(attempt)
        self._on_progress()
        return attempt
