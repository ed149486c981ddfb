"""The only place that starts tasks: loops over steps, leases, and a clean stop.

A loop repeats a `step()` that returns how much it did; with nothing to do it waits for a ring or
the poll. A failing step is logged and tried again ever more slowly; it never ends the process.
What is away costs one line a try; only what nobody expected shows where it came from. Stopping
lets the step at work finish.
"""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeVar

import structlog

from desk.lag import Lag
from desk.owners import is_gone
from intake.errors import Away, Unavailable
from intake.ports import Bell, Leases

LEASE_WITHIN = 12.0  # seconds until another process may take over
GRACE = 10.0  # seconds a step may still take when stopping
LONGEST_PAUSE = 30.0  # seconds between tries of a failing step

T = TypeVar("T")
Step = Callable[[], Awaitable[int]]
Body = Callable[[], Awaitable[None]]
Rest = Callable[[float], Awaitable[None]]

log = structlog.get_logger()


@dataclass(slots=True)
class Tries:
    """Of one loop: how often it has failed in a row."""

    name: str
    rest: Rest
    lag: Lag
    count: int = 0

    async def wait_out(self, error: Exception) -> None:
        """Tell what is wrong and when it goes on, and wait until then."""
        self.count += 1
        pause = min(LONGEST_PAUSE, 0.5 * 2 ** min(self.count, 10))
        _tell(error, self.lag, loop=self.name, tries=self.count, next_in=pause)
        await self.rest(pause)


def _tell(error: BaseException, lag: Lag, **facts: object) -> None:
    match error:
        case Unavailable() if lag.explains(error):
            event = "held up, by itself or by other processes"
            log.warning(event, **facts, for_seconds=round(lag.worst(), 1), reason=str(error))
        case Unavailable():
            event = f"{error.what} away"
            log.warning(event, **facts, reason=str(error))
        case Away():
            log.warning("nobody answers", **facts, reason=str(error))
        case _:
            log.error("step failed", **facts, exc_info=error)


class SystemClock:
    """The time; the only place that asks for it."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class Runtime:
    """Starts loops, keeps them going, stops them."""

    def __init__(self, bell: Bell, leases: Leases, owner: str, rest: Rest = asyncio.sleep) -> None:
        self._bell = bell
        self._leases = leases
        self._owner = owner
        self._rest = rest
        self.lag = Lag()
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, name: str, body: Body) -> None:
        """Run `body` in the background until the stop; its failure is logged."""
        task = asyncio.create_task(self._guard(name, body), name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        """Let every step at work finish, then return."""
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=GRACE)

    async def repeat(
        self, step: Step, *, topic: str, poll_within: float, gathering: float = 0.0
    ) -> None:
        """Do `step` again and again: at once while it finds work, else at a ring or a poll.

        After that news has `gathering` seconds to become more, where many cost less than one each.
        """
        tries = Tries(topic, self._rest, self.lag)
        while True:
            try:
                done = await _finished(step, partial(_tell_end, topic, self.lag))
            except Exception as error:
                await tries.wait_out(error)
                continue
            tries.count = 0
            if done == 0:
                await self._bell.wait(topic, poll_within)
                if gathering:
                    await self._rest(gathering)

    async def repeat_interruptible(self, step: Step, *, name: str) -> None:
        """Like `repeat` for a step that waits by itself (a long poll) and may be cut off."""
        tries = Tries(name, self._rest, self.lag)
        while True:
            try:
                await step()
                tries.count = 0
            except Exception as error:
                await tries.wait_out(error)

    async def until_done(self, action: Callable[[], Awaitable[object]], *, name: str) -> None:
        """Do `action` once, however often it fails before."""
        tries = Tries(name, self._rest, self.lag)
        while True:
            try:
                await action()
            except Exception as error:
                await tries.wait_out(error)
            else:
                return

    async def hold(self, lease: str, body: Body) -> None:
        """Run `body` while this process holds `lease`; renew it; when lost, wait for it again."""
        while True:
            if await self._take(lease) or await self._take_from_dead(lease):
                log.info("lease taken", lease=lease)
                await self._run_while_held(lease, body)
            await asyncio.sleep(LEASE_WITHIN / 4)

    async def _run_while_held(self, lease: str, body: Body) -> None:
        running = asyncio.create_task(self._guard(lease, body), name=lease)
        try:
            while not running.done():
                await asyncio.wait([running], timeout=LEASE_WITHIN / 4)
                if not await self._take(lease):
                    log.warning("lease lost", lease=lease)
                    return
        finally:
            running.cancel()
            await asyncio.wait([running], timeout=GRACE)
            await self._release(lease)

    async def _release(self, lease: str) -> None:
        try:
            await self._leases.release(lease, self._owner)
        except Unavailable:
            log.warning("lease not released", lease=lease)  # it runs out by itself

    async def _take(self, lease: str) -> bool:
        try:
            return await self._leases.take(lease, self._owner, LEASE_WITHIN)
        except Unavailable:
            return False  # without the database nobody can tell who holds it

    async def _take_from_dead(self, lease: str) -> bool:
        """Of a process of this machine that is no more: nobody need wait until it runs out."""
        try:
            owner = await self._leases.owner(lease)
            if owner == self._owner or not is_gone(owner):
                return False
            await self._leases.release(lease, owner)
        except Unavailable:
            return False
        log.info("lease of the dead released", lease=lease)
        return await self._take(lease)

    async def _guard(self, name: str, body: Body) -> None:
        try:
            await body()
        except Exception:
            log.exception("stopped unexpectedly", name=name)


async def aside(action: Callable[[], T]) -> T:
    """In a thread that the process does not wait for when it ends, as it does for asyncio's own.

    For what takes seconds and changes nothing, such as an import.
    """
    loop = asyncio.get_running_loop()
    end: asyncio.Future[T] = loop.create_future()

    def settle(say: Callable[[Any], None], what: object) -> None:
        if not end.done():
            say(what)

    def act() -> None:
        try:
            said: tuple[Callable[[Any], None], object] = (end.set_result, action())
        except Exception as error:
            said = (end.set_exception, error)
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(settle, *said)

    threading.Thread(target=act, daemon=True).start()
    return await end


async def together(*bodies: Awaitable[None]) -> None:
    """Run these side by side; when one fails the others end too."""
    async with asyncio.TaskGroup() as group:
        for body in bodies:
            group.create_task(_awaited(body))


async def _awaited(body: Awaitable[None]) -> None:
    await body


async def _finished(step: Step, tell_end: Callable[["asyncio.Future[int]"], None]) -> int:
    """The step's result; a cancellation waits for the step at work instead of cutting it off."""
    running = asyncio.ensure_future(step())
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        running.add_done_callback(tell_end)  # nobody else will look at it
        await asyncio.wait([running], timeout=GRACE)
        raise


def _tell_end(name: str, lag: Lag, step: "asyncio.Future[int]") -> None:
    if not step.cancelled() and (error := step.exception()) is not None:
        _tell(error, lag, loop=name, ends=True)
