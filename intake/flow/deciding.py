"""What each message of a batch ends in: decided here, and by a partner where there is one.

A decision is a function of situation, message and moment alone. So while many messages wait,
another process may decide some of them and end in the same; what becomes of it stays here.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Protocol

from intake.decisions import Decision
from intake.dialogue import Dialogue
from intake.recording import Cause

TURN = 0.005  # seconds after which others have theirs: each change of turns costs a little
DEAR, BREATH = 0.1, 0.05  # seconds that deciding took, and that others then have for themselves
UNLIMITED = nullcontext()
# seconds for a partner, once the own part is done: a transaction is open meanwhile, and where one
# writes at a time, nobody else does
PATIENCE = 10.0


class Partner(Protocol):
    """Another process that decides; it comes and goes by itself."""

    async def takes(self, causes: Sequence[Cause]) -> int:
        """How many of these it would decide just now; 0 while it isn't there."""

    def hand(self, causes: Sequence[Cause]) -> asyncio.Future[Sequence[Decision]]:
        """Give it these; in their order what they end in, once it is there, or PartnerLost."""

    def dismiss(self) -> None:
        """What it was given is no longer wanted; nothing happens where it has gone already."""

    async def close(self) -> None:
        """The same at the end; returns once it has gone."""


class PartnerLost(Exception):
    """What the partner was given is not decided: it has gone, maybe by one of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deciding:
    """Pages and arrivals have their turn too, and a breath where some took long."""

    dialogue: Dialogue
    limit: AbstractContextManager[object] = UNLIMITED  # breaks off what takes too long
    rest: Callable[[float], Awaitable[None]] = asyncio.sleep
    partner: Partner | None = None
    patience: float = PATIENCE

    async def decide(self, causes: Sequence[Cause]) -> Sequence[Decision]:
        """In their order. Raises whatever deciding one of them raises, or PartnerLost.

        Whoever tries them one by one after that has them decided here: a partner takes only part
        of a large batch.
        """
        given = await self.partner.takes(causes) if self.partner else 0
        if self.partner is None or not given:
            return await self._decide(causes)
        theirs = self.partner.hand(causes[:given])
        try:
            own = await self._decide(causes[given:])
            return [*await self._awaited(theirs), *own]
        except BaseException:
            theirs.cancel()
            self.partner.dismiss()
            raise

    async def _awaited(self, theirs: asyncio.Future[Sequence[Decision]]) -> Sequence[Decision]:
        try:
            async with asyncio.timeout(self.patience):
                return await theirs
        except TimeoutError as error:
            raise PartnerLost("it stands still") from error

    async def close(self) -> None:
        if self.partner is not None:
            await self.partner.close()

    async def _decide(self, causes: Sequence[Cause]) -> list[Decision]:
        decisions, since = [], time.perf_counter()
        for cause in causes:
            with self.limit:
                decisions.append(self.dialogue.decide(cause.situation, cause.message, cause.now))
            took = time.perf_counter() - since
            if took > TURN:
                await self.rest(BREATH if took > DEAR else 0)
                since = time.perf_counter()
        return decisions
