"""How long the event loop was held up of late: then a time-out tells nothing of whoever was asked.

Whatever takes the CPU does it: long work of ours, or a machine that has too much of it.
"""

import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic

LOOK_WITHIN = 0.5  # seconds from one look to the next
LATELY = 60.0  # seconds that a look counts: longer than any time-out
NOTABLE = 1.0  # seconds beyond which it may be why an answer came too late


class Lag:
    """Looked at by `watch`, which runs as long as the process."""

    def __init__(
        self,
        rest: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._rest = rest
        self._clock = clock
        self._worst, self._noted_at = 0.0, 0.0

    async def watch(self) -> None:
        while True:
            begun_at = self._clock()
            await self._rest(LOOK_WITHIN)
            self.note(self._clock() - begun_at - LOOK_WITHIN)

    def note(self, seconds: float) -> None:
        """The worst of late stays."""
        if seconds >= self.worst():
            self._worst, self._noted_at = seconds, self._clock()

    def worst(self) -> float:
        """Seconds of the longest wait of late."""
        return self._worst if self._clock() - self._noted_at < LATELY else 0.0

    def explains(self, error: BaseException) -> bool:
        """Whether an answer that was missed may have been there in time."""
        return isinstance(error.__cause__, TimeoutError) and self.worst() >= NOTABLE
