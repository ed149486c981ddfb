"""The queue of updates for the bot: growing ids, kept until confirmed, long polling.

Knows nothing of HTTP. Delivery to a webhook is left to `webhook`, which confirms one by one.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

import orjson

from simulators.telegram_api.errors import conflict

if TYPE_CHECKING:
    from collections.abc import Callable

# Not delivered unless the bot names them.
_ON_REQUEST_ONLY = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
LONGEST_POLL = 50
LARGEST_BATCH = 100


@dataclass(frozen=True, slots=True)
class Pending:
    """An update that waits. Of one lane, a webhook gets one after the other."""

    update_id: int
    lane: str
    encoded: bytes


def _nothing() -> None:
    return


class UpdateQueue:
    def __init__(self, first_id: int) -> None:
        self.emitted: list[dict[str, Any]] = []
        self.pending: OrderedDict[int, Pending] = OrderedDict()
        self.allowed: frozenset[str] = frozenset()  # empty: all but those on request
        self.on_emit: Callable[[Pending], None] | None = None
        self.on_progress: Callable[[], None] = _nothing  # deliveries tried or confirmed
        self._next_id = first_id
        self._poll: asyncio.Future[None] | None = None

    def emit(self, kind: str, payload: dict[str, Any], lane: str) -> None:
        if kind not in self.allowed if self.allowed else kind in _ON_REQUEST_ONLY:
            return
        update = {"update_id": self._next_id, kind: payload}
        pending = Pending(self._next_id, lane, orjson.dumps(update))
        self._next_id += 1
        self.emitted.append(update)
        self.pending[pending.update_id] = pending
        if self.on_emit is not None:
            self.on_emit(pending)
        elif self._poll is not None and not self._poll.done():
            self._poll.set_result(None)

    def confirm(self, offset: int) -> None:
        """Forget all before `offset`; a negative one keeps only so many of the newest."""
        if offset < 0:
            while len(self.pending) > -offset:
                self.pending.popitem(last=False)
            return
        while self.pending and next(iter(self.pending)) < offset:
            self.pending.popitem(last=False)
        self.on_progress()

    def confirm_one(self, update_id: int) -> None:
        self.pending.pop(update_id, None)
        self.on_progress()

    def drop(self) -> None:
        self.pending.clear()

    def end_poll(self, reason: str) -> None:
        """Let the long poll that waits, if any, end with a conflict."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(conflict(reason))
        self._poll = None

    async def poll(self, offset: int, limit: int, timeout: float) -> bytes:  # noqa: ASYNC109
        """Give the JSON array that getUpdates answers, as soon as there is something in it."""
        self.end_poll(
            "terminated by other getUpdates request; make sure that only one bot instance "
            "is running"
        )
        self.confirm(offset)
        if not self.pending and timeout > 0:
            await self._wait(min(timeout, LONGEST_POLL))
        count = limit if 0 < limit <= LARGEST_BATCH else LARGEST_BATCH
        batch = islice(self.pending.values(), count)
        return b"[" + b",".join([pending.encoded for pending in batch]) + b"]"

    async def _wait(self, seconds: float) -> None:
        poll = self._poll = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                await poll
        except TimeoutError:
            return
        finally:
            if self._poll is poll:
                self._poll = None
