"""The way out of one account: what is due goes at the platform's pace, how it ended is stored.

Exactly one process serves an account at a time (a lease, in `desk.runtime`), so the pace lives in
memory and whatever is found `sending` at the start was cut off by a crash: it is unknown only if
it had begun. Addresses don't wait
for one another: a send that hangs goes on beside the next step, and holds up its own address only.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog

from intake.errors import Conflict, Unavailable
from intake.flow.pace import Pace
from intake.ports import Clock, Outbox, Sender
from intake.speech import Delivery, Operation, RetryAfter, SendResult, Unknown

MOST_UNDER_WAY = 24
PATIENCE = 0.25  # seconds that a step waits for its sends before it looks for others
LONGEST_REST = 1.0  # seconds of one wait for room
ACCOUNT_PAUSE = timedelta(minutes=5)  # after the platform refused the account itself
AWAY_PAUSE = timedelta(seconds=2)  # after nobody answered there; doubled from try to try
LONGEST_AWAY_PAUSE = timedelta(minutes=1)

log = structlog.get_logger()


@dataclass(slots=True, kw_only=True)
class Outward:
    """Sends for one account of one channel."""

    outbox: Outbox
    sender: Sender
    channel: str
    account: str
    pace: Pace
    clock: Clock
    rest: Callable[[float], Awaitable[None]] = asyncio.sleep
    _under_way: dict[asyncio.Future[Any], int] = field(default_factory=dict)  # delivery ids
    _unsettled: list[tuple[Delivery, SendResult]] = field(default_factory=list)
    _away_count: int = 0  # tries in a row that nobody answered
    _is_unsure: bool = False  # a claim or a settling broke off: something may be left `sending`

    async def recover(self) -> int:
        """What a crashed predecessor left half sent becomes unknown; returns how many."""
        found = await self.outbox.release_stale(
            self.channel, self.account, self.clock.now(), tuple(self._under_way.values())
        )
        self._is_unsure = False
        if found:
            log.warning("sends cut off", channel=self.channel, count=found)
        return found

    async def resume(self) -> None:
        """The lease is ours, whoever had it: groups have had some of their minute already."""
        await self.recover()
        if self.pace.group is not None:
            since = self.clock.now() - self.pace.group.within
            for address, at in await self.outbox.sent_since(self.channel, self.account, since):
                self.pace.note(address, at)

    async def step(self) -> int:
        """Send what is due and allowed now; returns how many were under way.

        Raises Unavailable.
        """
        await self._settle_the_rest()
        if self._is_unsure:
            await self.recover()
        await self._await_room()
        await self._start_due(self.clock.now())
        count = len(self._under_way)
        await self._watch(PATIENCE)
        return count

    async def finish(self) -> None:
        """See home what is under way; for the end, when no step follows."""
        while self._under_way:
            await self._watch(None)

    async def _start_due(self, now: datetime) -> None:
        room = min(MOST_UNDER_WAY - len(self._under_way), self.pace.room(now))
        if room <= 0:
            return
        self._is_unsure = True
        due = await self.outbox.claim(
            (self.channel, self.account), now, room, self.pace.resting(now)
        )
        for delivery in due:
            if delivery.operation is not Operation.ANSWER_TAP:
                self.pace.note(delivery.address.external_id, now)
            self._under_way[asyncio.gather(self._send(delivery))] = delivery.id
        self._is_unsure = False

    async def _watch(self, patience: float | None) -> None:
        """Wait for what is under way, but not for long. Raises what a send could not handle."""
        if not self._under_way:
            return
        back, _ = await asyncio.wait(self._under_way, timeout=patience)
        for sent in back:
            del self._under_way[sent]
        failures = [error for sent in back if (error := sent.exception()) is not None]
        if failures:
            self._is_unsure = True
            raise failures[0]

    async def _await_room(self) -> None:
        """A ring tells of new work, not of new room: a short wait for that is spent here."""
        seconds = self.pace.wait(self.clock.now())
        if 0 < seconds <= LONGEST_REST:
            await self.rest(seconds)

    async def _send(self, delivery: Delivery) -> None:
        try:
            result = await self.sender.send(delivery, partial(self._begin, delivery))
        except Conflict:
            log.warning("send left to another process", id=delivery.id, channel=self.channel)
            return
        except Unavailable as error:  # it could not be noted that it begins, so it did not
            result = RetryAfter(seconds=0, reason=error.code)
        except Exception as error:
            log.exception("send failed", id=delivery.id, channel=self.channel)
            result = Unknown(reason=f"{type(error).__name__}: {error}"[:200])
        self._note_account_wide(result, delivery.address.external_id)
        try:
            await self.outbox.settle(delivery, result, self.clock.now())
        except Unavailable:
            log.warning("end of a send not stored yet", id=delivery.id, channel=self.channel)
            self._unsettled.append((delivery, result))

    async def _begin(self, delivery: Delivery) -> None:
        await self.outbox.begin(delivery, self.clock.now())

    async def _settle_the_rest(self) -> None:
        """What ended while the database was away."""
        while self._unsettled:
            await self.outbox.settle(*self._unsettled[0], self.clock.now())
            del self._unsettled[0]

    def _note_account_wide(self, result: SendResult, address: str) -> None:
        match result:
            case RetryAfter(seconds=seconds) if seconds > 0 and not self.pace.is_group(address):
                self.pace.pause(self.clock.now() + timedelta(seconds=seconds))
            case RetryAfter(is_away=True, reason=reason):
                longer = min(AWAY_PAUSE * 2**self._away_count, LONGEST_AWAY_PAUSE)
                if self._rests("nobody answers", reason, longer):
                    self._away_count = min(self._away_count + 1, MOST_UNDER_WAY)
            case RetryAfter(is_refused=True, reason=reason):
                self._rests("account refused", reason, ACCOUNT_PAUSE)
            case RetryAfter(reason=reason):  # this one alone
                self._away_count = 0
                log.warning("send put off", channel=self.channel, reason=reason)
            case _:
                self._away_count = 0

    def _rests(self, event: str, reason: str, pause: timedelta) -> bool:
        """Has the whole account rest; False where it does already, by a send beside this one."""
        now = self.clock.now()
        if self.pace.is_paused(now):
            return False
        self.pace.pause(now + pause)
        log.warning(event, channel=self.channel, reason=reason, next_in=pause.total_seconds())
        return True
