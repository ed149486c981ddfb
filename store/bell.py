"""Wakes loops and pages: within the process at once, other processes through the database.

On PostgreSQL a transaction carries its rings in NOTIFY, so that they leave with its commit; one
listening connection rings them here. Starting `run` is left to `desk.runtime`. A ring may be lost
(a connection that is being made again): whoever waits polls as well.
"""

import asyncio
import secrets
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from typing import Any
from weakref import WeakKeyDictionary

import structlog

from store.outages import cut_off

CHANNEL = "firstline"
NOTIFY = "SELECT pg_notify('firstline', topic) FROM unnest($1::text[]) AS topic"
HELD = 1_000  # rings kept for a slow listener; the oldest are dropped
RECONNECT_WITHIN = 2.0
CLOSE_WITHIN = 2.0

Connect = Callable[[], Awaitable[Any]]  # an asyncpg connection

log = structlog.get_logger()


class Bell:
    """`connect` makes the listening connection; without it the bell stays in the process."""

    def __init__(self, connect: Connect | None = None) -> None:
        self._connect = connect
        self._origin = secrets.token_hex(4)  # marks our own rings when they come back
        self._waiting: defaultdict[str, set[asyncio.Future[None]]] = defaultdict(set)
        self._rung: dict[str, int] = {}  # how often, of topics that have been waited for
        self._heard: WeakKeyDictionary[object, dict[str, int]] = WeakKeyDictionary()  # by task
        self._listeners: dict[asyncio.Queue[str], tuple[str, ...]] = {}
        self._to_tell: set[str] = set()
        self._has_to_tell = asyncio.Event()

    def ring(self, topic: str) -> None:
        """Say that there is news, here and elsewhere."""
        self.echo([topic])
        if self._connect is not None:
            self._to_tell.add(topic)
            self._has_to_tell.set()

    def echo(self, topics: Iterable[str]) -> None:
        """Ring in this process only: others have heard it through the database."""
        for topic in topics:
            if topic in self._rung:
                self._rung[topic] += 1
            for future in self._waiting.pop(topic, ()):
                if not future.done():
                    future.set_result(None)
            for queue, patterns in self._listeners.items():
                if any(_matches(pattern, topic) for pattern in patterns):
                    if queue.full():
                        queue.get_nowait()
                    queue.put_nowait(topic)

    async def wait(self, topic: str, within: float) -> bool:
        """Wait for news of `topic`. False after `within`.

        A ring since this task's last wait counts, whoever else has heard it.
        """
        rung = self._rung.setdefault(topic, 0)
        heard = self._heard.setdefault(asyncio.current_task(), {})
        if heard.setdefault(topic, rung) != rung:
            heard[topic] = rung
            return True
        future = asyncio.get_running_loop().create_future()
        self._waiting[topic].add(future)
        try:
            async with asyncio.timeout(within):
                await future
        except TimeoutError:
            return False
        finally:
            self._waiting[topic].discard(future)
            if not self._waiting[topic]:
                del self._waiting[topic]
        heard[topic] = self._rung[topic]
        return True

    @asynccontextmanager
    async def listen(self, topics: Iterable[str]) -> AsyncIterator[AsyncIterator[str]]:
        """All rings of these topics from now on; topics ending in ":*" take every suffix."""
        queue: asyncio.Queue[str] = asyncio.Queue(HELD)
        self._listeners[queue] = tuple(topics)
        try:
            yield _rings(queue)
        finally:
            del self._listeners[queue]

    def outgoing(self, topics: Iterable[str]) -> list[str]:
        """What NOTIFY carries."""
        return [f"{self._origin} {topic}" for topic in sorted(topics)]

    async def run(self) -> None:
        """Listen and tell until cancelled; without other processes there is nothing to do."""
        if self._connect is None:
            await asyncio.Event().wait()
            return
        while True:
            try:
                await self._attend(await self._connect())
            except cut_off() as error:
                log.warning("bell cut off", error=type(error).__name__)
            await asyncio.sleep(RECONNECT_WITHIN)

    async def _attend(self, connection: Any) -> None:
        """Rings pass both ways until the connection is lost."""
        is_lost = False

        def lose(_connection: Any) -> None:
            nonlocal is_lost
            is_lost = True
            self._has_to_tell.set()

        try:
            connection.add_termination_listener(lose)
            await connection.add_listener(CHANNEL, self._hear)
            log.info("bell listens")
            self.echo(tuple(self._rung))  # what rang while nobody listened
            while not is_lost:
                await self._has_to_tell.wait()
                self._has_to_tell.clear()
                if self._to_tell and not is_lost:
                    told, self._to_tell = self._to_tell, set()
                    await connection.execute(NOTIFY, self.outgoing(told))
        finally:
            with suppress(*cut_off()):
                await connection.close(timeout=CLOSE_WITHIN)

    def _hear(self, _connection: object, _pid: int, _channel: str, payload: object) -> None:
        origin, _, topic = str(payload).partition(" ")
        if origin != self._origin:
            self.echo([topic])


async def _rings(queue: asyncio.Queue[str]) -> AsyncIterator[str]:
    while True:
        yield await queue.get()


def _matches(pattern: str, topic: str) -> bool:
    if pattern.endswith(":*"):
        return topic.startswith(pattern[:-1])
    return pattern == topic
