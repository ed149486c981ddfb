"""A limit for what runs on the event loop: nothing that people send may stop everything else.

What takes more of the CPU is broken off by a timer's signal, which also reaches into a search for
a pattern. It counts the CPU and not the time, so that a crowded machine breaks off nothing. What
neither Python nor its patterns run, no signal reaches: of that the journal keeps count.
"""

import signal
from types import FrameType, TracebackType
from typing import ClassVar

from intake.errors import Unreadable

READING_WITHIN = 10.0  # seconds of the CPU; the longest mail that we take needs about one
DECIDING_WITHIN = 3.0  # the same, within a transaction; what anybody means needs a tenth of one
AGAIN_AFTER = 1.0  # should something swallow the first


class CpuLimit:
    """Within its block, more than `seconds` of the CPU raise Unreadable. Main thread only."""

    _listening: ClassVar["CpuLimit | None"] = None  # the one that hears the signal

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._is_on = False

    def __enter__(self) -> None:
        if CpuLimit._listening is not self:
            signal.signal(signal.SIGVTALRM, self._break_off)
            CpuLimit._listening = self
        self._is_on = True
        signal.setitimer(signal.ITIMER_VIRTUAL, self._seconds, AGAIN_AFTER)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._is_on = False  # a signal on its way comes too late
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)

    def _break_off(self, _number: int, _frame: FrameType | None) -> None:
        if self._is_on:
            raise Unreadable("reading it took too long")
