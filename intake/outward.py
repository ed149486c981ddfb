"""The way out of one account: what is due goes at the platform's pace, how it ended is stored.

Exactly one process serves an account at a time (a lease, in `desk.runtime`), so the pace lives in
memory and whatever is found `sending` at the start was cut off by a crash.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from intake.errors import Unavailable
from intake.pace import Pace
from intake.ports import Clock, Outbox, Sender
from intake.speech import Delivery, Operation, Permanent, RetryAfter, SendResult, Unknown

BATCH = 24
LONGEST_REST = 1.0  # seconds of one wait for room
ACCOUNT_PAUSE = timedelta(minutes=5)  # after the platform refused the account itself

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
    _unsettled: list[tuple[Delivery, SendResult]] = field(default_factory=list)
    _is_unsure: bool = False  # a claim or a settling broke off: something may be left `sending`

    async def recover(self) -> int:
        """What a crashed predecessor left half sent becomes unknown; returns how many."""
        found = await self.outbox.release_stale(self.channel, self.account, self.clock.now())
        self._is_unsure = False
        if found:
            log.warning("sends cut off", channel=self.channel, count=found)
        return found

    async def step(self) -> int:
        """Send what is due and allowed now; returns 0 when nothing is. Raises Unavailable."""
        await self._settle_the_rest()
        if self._is_unsure:
            await self.recover()
        await self._await_room()
        now = self.clock.now()
        room = min(BATCH, self.pace.room(now))
        if room == 0:
            return 0
        self._is_unsure = True
        due = await self.outbox.claim(
            (self.channel, self.account), now, room, self.pace.resting(now)
        )
        for delivery in due:
            if delivery.operation is not Operation.ANSWER_TAP:
                self.pace.note(delivery.address.external_id, now)
        await asyncio.gather(*(self._send(delivery) for delivery in due))
        self._is_unsure = False
        return len(due)

    async def _await_room(self) -> None:
        """A ring tells of new work, not of new room: a short wait for that is spent here."""
        seconds = self.pace.wait(self.clock.now())
        if 0 < seconds <= LONGEST_REST:
            await self.rest(seconds)

    async def _send(self, delivery: Delivery) -> None:
        try:
            result = await self.sender.send(delivery)
        except Exception as error:
            log.exception("send failed", id=delivery.id, channel=self.channel)
            result = Unknown(reason=f"{type(error).__name__}: {error}"[:200])
        self._note_account_wide(result)
        try:
            await self.outbox.settle(delivery, result, self.clock.now())
        except Unavailable:
            log.warning("end of a send not stored yet", id=delivery.id, channel=self.channel)
            self._unsettled.append((delivery, result))

    async def _settle_the_rest(self) -> None:
        """What ended while the database was away."""
        while self._unsettled:
            await self.outbox.settle(*self._unsettled[0], self.clock.now())
            del self._unsettled[0]

    def _note_account_wide(self, result: SendResult) -> None:
        match result:
            case RetryAfter(seconds=seconds) if seconds > 0:
                self.pace.pause(self.clock.now() + timedelta(seconds=seconds))
            case Permanent(pauses_account=True, reason=reason):
                log.error("account refused", channel=self.channel, reason=reason)
                self.pace.pause(self.clock.now() + ACCOUNT_PAUSE)
            case _:
                return
