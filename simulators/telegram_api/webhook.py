"""Delivery of updates to the bot's webhook, in Telegram's manner.

One request in flight per lane (messages of a chat, taps of a user), all lanes together limited by
max_connections. An answer that is not 2xx, or too slow, is retried at once, then after 2, 4, 8...
60 seconds, at least after Retry-After; `pace` scales these spans down for tests.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector

if TYPE_CHECKING:
    from simulators.telegram_api.updates import Pending, UpdateQueue

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
LONGEST_DELAY = 60.0
LONGEST_RETRY_AFTER = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookSettings:
    url: str
    secret: str = ""
    max_connections: int = 40
    certified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try to deliver an update; `status` is None when no answer came."""

    update_id: int
    status: int | None
    at: float


class Webhook:
    """Pushes what the queue holds to one address, from `open` to `close`."""

    def __init__(self, queue: UpdateQueue, *, pace: float, answer_within: float) -> None:
        self.settings: WebhookSettings | None = None
        self.attempts: list[Attempt] = []
        self.last_error_at = 0
        self.last_error = ""
        self._queue = queue
        self._pace = pace
        self._answer_within = answer_within
        self._lanes: dict[str, deque[Pending]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore(1)
        self._session: ClientSession | None = None

    def open(self, settings: WebhookSettings) -> None:
        """Start to deliver: first what waits already, then each update as it comes."""
        self.settings = settings
        self._slots = asyncio.Semaphore(settings.max_connections)
        self._session = ClientSession(
            connector=TCPConnector(limit=settings.max_connections),
            timeout=ClientTimeout(total=self._answer_within),
        )
        self._queue.on_emit = self._push
        for pending in list(self._queue.pending.values()):
            self._push(pending)

    async def close(self) -> None:
        """Stop delivering; what was not accepted stays in the queue."""
        self.settings = None
        self._queue.on_emit = None
        tasks, self._tasks, self._lanes = list(self._tasks), set(), {}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _push(self, pending: Pending) -> None:
        lane = self._lanes.get(pending.lane)
        if lane is not None:
            lane.append(pending)
            return
        lane = self._lanes[pending.lane] = deque([pending])
        task = asyncio.create_task(self._serve(pending.lane, lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, name: str, lane: deque[Pending]) -> None:
        while lane:
            await self._deliver(lane[0])
            self._queue.confirm_one(lane.popleft().update_id)
        del self._lanes[name]

    async def _deliver(self, pending: Pending) -> None:
        delay = 0.0
        while True:
            async with self._slots:
                retry_after = await self._try(pending)
            if retry_after is None:
                return
            await asyncio.sleep(max(delay, retry_after) * self._pace)
            delay = min(max(2.0, delay * 2), LONGEST_DELAY)

    async def _try(self, pending: Pending) -> float | None:
        """Post one update; None when it was accepted, else how long the bot asks to wait."""
        settings, session = self.settings, self._session
        if settings is None or session is None:
            return 0.0
        headers = {"Content-Type": "application/json"}
        if settings.secret:
            headers[SECRET_HEADER] = settings.secret
        try:
            async with session.post(settings.url, data=pending.encoded, headers=headers) as answer:
                await answer.read()
        except TimeoutError:
            return self._fail(pending, "Read timeout expired")
        except ClientError:
            return self._fail(pending, "Connection refused")
        self._note(pending, answer.status)
        if 200 <= answer.status < 300:  # noqa: PLR2004 - success by RFC 9110
            return None
        self._complain(f"Wrong response from the webhook: {answer.status} {answer.reason}")
        return _seconds(answer.headers.get("Retry-After", ""))

    def _fail(self, pending: Pending, error: str) -> float:
        self._note(pending, None)
        self._complain(error)
        return 0.0

    def _note(self, pending: Pending, status: int | None) -> None:
        self.attempts.append(
            Attempt(update_id=pending.update_id, status=status, at=time.monotonic())
        )
        self._queue.on_progress()

    def _complain(self, error: str) -> None:
        self.last_error, self.last_error_at = error, int(time.time())


def _seconds(header: str) -> float:
    return min(float(header), LONGEST_RETRY_AFTER) if header.isdecimal() else 0.0
