"""Brings a platform's events to a webhook, in order, each until it is answered with 200.

What an event looks like, how it is signed and how many go together is left to the platforms.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from aiohttp import ClientError, ClientSession, ClientTimeout

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

TAKEN = 200  # the one answer that platforms take
NO_ANSWER = 0
LONGEST_DELAY = 60.0


class Attempt(Protocol):
    """One post, and how it was answered."""

    @property
    def status(self) -> int: ...


Waiting = TypeVar("Waiting")
Tried = TypeVar("Tried", bound=Attempt)


class Pushing(Generic[Waiting, Tried]):
    """From `open` to `close`. `pace` scales the waiting between tries."""

    def __init__(
        self, *, pace: float, answer_within: float, on_progress: Callable[[], None]
    ) -> None:
        self.url = ""
        self.attempts: list[Tried] = []
        self._pace = pace
        self._answer_within = answer_within
        self._on_progress = on_progress
        self._waiting: deque[Waiting] = deque()
        self._to_come = 0
        self._news = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._session: ClientSession | None = None

    @property
    def unconfirmed(self) -> int:
        return len(self._waiting) + self._to_come

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

    def later(self, seconds: float, emit: Callable[[], None]) -> None:
        """For an event that is yet to come, and unconfirmed from now on."""
        self._to_come += 1

        def come() -> None:
            self._to_come -= 1
            emit()

        asyncio.get_running_loop().call_later(seconds, come)

    def _queue(self, event: Waiting) -> None:
        self._waiting.append(event)
        self._news.set()

    async def _deliver(self) -> None:
        while True:
            while self._waiting:
                await self._deliver_first()
                self._on_progress()
            self._news.clear()
            await self._news.wait()

    async def _deliver_first(self) -> None:
        """Post what waits longest, with what goes along, until it is taken; it waits no more."""
        raise NotImplementedError

    def _signature(self, content: bytes) -> dict[str, str]:
        """The header that shows whose events these are."""
        raise NotImplementedError

    async def _until_taken(self, attempt: Callable[[], Awaitable[Tried]]) -> Tried:
        delay = 1.0
        while (tried := await attempt()).status != TAKEN:
            await asyncio.sleep(delay * self._pace)
            delay = min(delay * 2, LONGEST_DELAY)
        return tried

    async def _post(self, url: str, content: bytes) -> tuple[int, bytes]:
        headers = {**self._signature(content), "Content-Type": "application/json"}
        try:
            async with self._opened().post(url, data=content, headers=headers) as answer:
                return answer.status, await answer.read()
        except (ClientError, TimeoutError, ValueError):
            return NO_ANSWER, b""

    def _note(self, tried: Tried) -> Tried:
        self.attempts.append(tried)
        self._on_progress()
        return tried

    def _opened(self) -> ClientSession:
        if self._session is None:
            self._session = ClientSession(timeout=ClientTimeout(total=self._answer_within))
        return self._session
