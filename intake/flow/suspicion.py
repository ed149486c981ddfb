"""Which envelopes a process may have died of, and the tries of them that are counted beforehand.

What kills a process, or hangs it until somebody kills it, can note nothing afterwards. So a try of
an envelope that may have been in dead hands, because it waits longer than any envelope waits in
quiet times, is counted and committed before it is made; and from the second such try on it is
made alone, so that only the culprit is suspected any further. Receiving it is left to `inward` and
`companion.hearing`, what else fails to `setbacks`.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from intake.flow.setbacks import LONGEST_PAUSE
from intake.messages import Envelope
from intake.ports import Store, Work

DEATHS = 8  # of processes that read one: a machine that goes down again and again is no proof
UNDOUBTED_WITHIN = timedelta(seconds=2)  # until then nobody can have died of it and come back
BEGUN_WITHIN = timedelta(seconds=5)  # then what was begun and not taken is anybody's
SOON = 3  # tries; later ones leave more time, since on a crowded machine a reading may go on yet
BROKEN_OFF = "each reading was broken off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspicion:
    """Of one process, which knows what was interrupted as long as it lives."""

    _interrupted: list[Envelope] = field(default_factory=list)  # not by what they hold

    @contextmanager
    def trying(self, begun: Sequence[Envelope]) -> Iterator[None]:
        """Remembers what was being received when something else broke it off."""
        try:
            yield
        except Exception:
            self._interrupted.extend(begun)
            raise

    def spare(self, begun: Sequence[Envelope]) -> None:
        """Of these no try has been made after all: somebody else has their conversation."""
        self._interrupted.extend(begun)

    async def forget_interrupted(self, store: Store) -> bool:
        """Whoever can tell of an interruption has not died of what was being read.

        Returns whether there was one since the last call. Raises Unavailable.
        """
        interrupted = self._interrupted.copy()
        if not interrupted:
            return False
        self._interrupted.clear()  # before anybody waits: two steps may run side by side
        with self.trying(interrupted):
            async with store.work() as work:
                await work.forget_tries(interrupted)
        return True


async def count_tries(work: Work, begun: Sequence[Envelope], now: datetime) -> None:
    """Of each before it is made, which must be after the commit."""
    if begun:
        most = max(envelope.attempts for envelope in begun)
        later: timedelta = BEGUN_WITHIN * 2 ** max(0, most + 1 - SOON)
        await work.begin_envelopes(begun, now + min(later, LONGEST_PAUSE))


def is_spent(envelope: Envelope) -> bool:
    """Whether it has outlived as many processes as one may."""
    return envelope.attempts >= DEATHS


def doubted(taken: Sequence[Envelope], now: datetime) -> Sequence[Envelope]:
    """Which a process may have died of: one of those tried before, or all if any is late.

    The least tried comes first: else the same one would be in hand at each end of short lives.
    """
    tried = [envelope for envelope in taken if envelope.attempts]
    if tried:
        return [min(tried, key=lambda envelope: envelope.attempts)]
    is_late = any(now - envelope.received_at > UNDOUBTED_WITHIN for envelope in taken)
    return taken if is_late else ()
