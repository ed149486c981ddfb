"""Group commit: while one flush is under way, the next batch gathers.

No timer starts a flush: whoever comes first flushes, and hands the turn to the first of those who
came meanwhile. A lone caller waits for nobody. Whoever gives up leaves at once: a flush that is
under way goes on to its end without them.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from intake.errors import Unavailable

LARGEST = 200  # callers whose rows go into one commit
LATE = "the database gave no answer in time"
NEVER = float("inf")

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")


class _Waiter(Generic[Item, Outcome]):
    """`turn` is resolved by an outcome, or by None: then it is this waiter's turn to flush."""

    __slots__ = ("item", "late_at", "turn")

    def __init__(self, item: Item) -> None:
        self.item = item
        self.late_at = NEVER
        self.turn: asyncio.Future[Outcome | None] = asyncio.get_running_loop().create_future()


class Gathering(Generic[Item, Outcome]):
    """`flush` makes items durable and returns an outcome (never None) for each."""

    def __init__(self, flush: Callable[[Sequence[Item]], Awaitable[Sequence[Outcome]]]) -> None:
        self._flush = flush
        self._waiters: list[_Waiter[Item, Outcome]] = []
        self._is_flushing = False
        self._batch: Sequence[_Waiter[Item, Outcome]] = ()  # whose flush is under way
        self._timer: asyncio.TimerHandle | None = None

    async def add(self, item: Item, within: float | None = None) -> Outcome:
        """Returns after the commit that holds `item`; raises what its flush raised.

        Raises Unavailable after `within` seconds; its commit may come to pass all the same.
        """
        waiter: _Waiter[Item, Outcome] = _Waiter(item)
        self._waiters.append(waiter)
        if not self._is_flushing:
            return await self._flush_with(waiter, within)
        if within is not None:
            self._watch(waiter, within)
        return await self._wait(waiter, within)

    async def _flush_with(self, waiter: _Waiter[Item, Outcome], within: float | None) -> Outcome:
        self._is_flushing = True
        try:
            async with asyncio.timeout(within):
                await asyncio.shield(self._flush_next())
        except TimeoutError as error:
            raise Unavailable(LATE) from error
        result = waiter.turn.result()
        if result is None:  # never: whoever flushes stands first in its batch
            raise Unavailable("the flush left out its own item")
        return result

    async def _flush_next(self) -> None:
        try:
            await asyncio.sleep(0)  # lets callers of the same round of the loop join
            self._batch, self._waiters = self._waiters[:LARGEST], self._waiters[LARGEST:]
            await self._settle(self._batch)
        finally:
            self._batch = ()
            self._hand_over()

    async def _wait(self, waiter: _Waiter[Item, Outcome], within: float | None) -> Outcome:
        try:
            outcome = await waiter.turn
        except asyncio.CancelledError:
            self._leave(waiter)
            if waiter.turn.done() and not waiter.turn.cancelled() and waiter.turn.result() is None:
                self._hand_over()
            raise
        if outcome is not None:
            return outcome
        waiter.turn = asyncio.get_running_loop().create_future()
        return await self._flush_with(waiter, within)

    def _watch(self, waiter: _Waiter[Item, Outcome], within: float) -> None:
        """By one timer: one for each would cost them more than all else that is done here."""
        loop = asyncio.get_running_loop()
        waiter.late_at = loop.time() + within
        if self._timer is not None and self._timer.when() > waiter.late_at:
            self._timer.cancel()  # of somebody with more patience
            self._timer = None
        if self._timer is None:
            self._timer = loop.call_at(waiter.late_at, self._look)

    def _look(self) -> None:
        """Who has waited too long gives up; the timer goes on to the next who might."""
        loop = asyncio.get_running_loop()
        waiting = [*self._batch, *self._waiters]
        for waiter in waiting:
            if waiter.late_at <= loop.time():
                self._give_up(waiter)
        next_at = min((one.late_at for one in waiting if not one.turn.done()), default=NEVER)
        self._timer = None if next_at == NEVER else loop.call_at(next_at, self._look)

    def _give_up(self, waiter: _Waiter[Item, Outcome]) -> None:
        if not waiter.turn.done():
            self._leave(waiter)
            waiter.turn.set_exception(Unavailable(LATE))
            waiter.turn.exception()  # seen, even if its caller has the turn meanwhile

    async def _settle(self, batch: Sequence[_Waiter[Item, Outcome]]) -> None:
        outcomes = await self._outcomes([waiter.item for waiter in batch])
        for waiter, outcome in zip(batch, outcomes, strict=True):
            if waiter.turn.done():  # its caller is gone
                continue
            if isinstance(outcome, BaseException):
                waiter.turn.set_exception(outcome)
                waiter.turn.exception()  # seen, even if its caller is being cancelled
            else:
                waiter.turn.set_result(outcome)

    async def _outcomes(self, items: Sequence[Item]) -> Sequence[Outcome | BaseException]:
        """One item that the database refuses must not sink the others."""
        [outcome] = await asyncio.gather(self._flush(items), return_exceptions=True)
        if not isinstance(outcome, BaseException):
            return outcome
        if len(items) == 1 or isinstance(outcome, Unavailable):
            return [outcome] * len(items)
        return [(await self._outcomes([item]))[0] for item in items]

    def _leave(self, waiter: _Waiter[Item, Outcome]) -> None:
        if waiter in self._waiters:
            self._waiters.remove(waiter)

    def _hand_over(self) -> None:
        self._is_flushing = False
        for waiter in self._waiters:
            if not waiter.turn.done():
                self._is_flushing = True
                waiter.turn.set_result(None)
                return
