"""A second process that decides part of a large batch, on another core.

It is begun while batches stay large, dismissed after some time without one, and ends with whoever
began it: its way in is closed then. It opens no database and reads no settings, since it is handed
the dialogue as it is. What it dies of this process tries by itself, one by one.
"""

import asyncio
import os
import pickle
import sys
from asyncio.subprocess import PIPE
from collections.abc import Sequence
from typing import cast

import structlog

from desk.deciding_along import LENGTH, Batch, packed
from intake.decisions import Decision
from intake.dialogue import Dialogue
from intake.flow.deciding import PartnerLost
from intake.recording import Cause
from intake.understanding import Reader

LARGE = 16  # messages: some wait that a batch could not take
MOSTLY_LARGE = 4  # batches more than small ones, until it is worth a start
FEWEST = 8  # messages that are shared at all
SHARE = 0.5  # of them: the rest of a batch's work is here alone
IDLE_WITHIN = 60.0  # seconds without a batch until it is dismissed

log = structlog.get_logger()


def has_core() -> bool:
    """Whether there is another core for it, where the system tells."""
    allowed = getattr(os, "sched_getaffinity", None)
    return allowed is not None and len(allowed(0)) > 1


class PartnerProcess:
    """Begins and dismisses it; one batch at a time is shared."""

    def __init__(
        self, dialogue: Dialogue, reader: Reader, idle_within: float = IDLE_WITHIN
    ) -> None:
        self._handed = (dialogue, reader)
        self._idle_within = idle_within
        self._line: _Line | None = None
        self._large = 0  # batches, less the small ones since
        self._leaving: asyncio.TimerHandle | None = None

    @property
    def pid(self) -> int | None:
        return self._line.pid if self._line is not None and not self._line.is_over else None

    async def takes(self, causes: Sequence[Cause]) -> int:
        count = len(causes)
        self._large = max(0, self._large + (1 if count >= LARGE else -1))
        if self.pid is None and self._large >= MOSTLY_LARGE:
            self._large = 0  # nobody begins another one meanwhile
            await self._begin(causes)
        is_free = self._line is not None and self._line.is_free
        return int(count * SHARE) if is_free and count >= FEWEST else 0

    def hand(self, causes: Sequence[Cause]) -> asyncio.Future[Sequence[Decision]]:
        if self._line is None or self._line.is_over:
            raise PartnerLost("it was dismissed")
        self._wait_for_more()
        return self._line.ask(_batch(causes))

    def dismiss(self) -> None:
        if self._leaving is not None:
            self._leaving.cancel()
        if self._line is not None:
            self._line.end()
        self._large = 0

    async def close(self) -> None:
        """Returns once it has ended."""
        self.dismiss()
        if self._line is not None:
            await self._line.gone.wait()

    async def _begin(self, causes: Sequence[Cause]) -> None:
        """It practises on what is decided here now: so it reads what people's languages need."""
        loop = asyncio.get_running_loop()
        command = (sys.executable, "-P", "-m", "desk.deciding_along")
        modules = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}  # as here
        try:
            _, self._line = await loop.subprocess_exec(
                _Line, *command, stdin=PIPE, stdout=PIPE, stderr=None, env=modules
            )
        except OSError as error:  # no memory is left for it, or no descriptor
            log.warning("no second process", reason=error.strerror)
            return
        self._line.say((*self._handed, _batch(causes)))
        self._wait_for_more()
        log.info("a second process decides along", pid=self.pid)

    def _wait_for_more(self) -> None:
        if self._leaving is not None:
            self._leaving.cancel()
        self._leaving = asyncio.get_running_loop().call_later(self._idle_within, self.dismiss)


def _batch(causes: Sequence[Cause]) -> Batch:
    return [(one.situation, one.message, one.now) for one in causes]


class _Line(asyncio.SubprocessProtocol):
    """To one such process: what is said to it, and its answers in their order."""

    def __init__(self) -> None:
        self.is_over = False
        self.gone = asyncio.Event()
        self._is_ready = False
        self._came = bytearray()
        self._due: asyncio.Future[Sequence[Decision]] | None = None

    @property
    def is_free(self) -> bool:
        return self._is_ready and self._due is None and not self.is_over

    @property
    def pid(self) -> int | None:
        return self._transport.get_pid()

    def ask(self, batch: object) -> asyncio.Future[Sequence[Decision]]:
        self._due = asyncio.get_running_loop().create_future()
        self.say(batch)
        return self._due

    def say(self, what: object) -> None:
        way_in = cast("asyncio.WriteTransport", self._transport.get_pipe_transport(0))
        way_in.write(packed(what))

    def end(self) -> None:
        """Also where it has ended by itself."""
        self.is_over = True
        self._transport.close()
        self._settle(None)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.SubprocessTransport", transport)

    def pipe_data_received(self, _fd: int, sent: bytes) -> None:
        self._came += sent
        if len(self._came) < LENGTH + int.from_bytes(self._came[:LENGTH]):
            return
        told = pickle.loads(bytes(self._came[LENGTH:]))  # noqa: S301 - of our own process
        self._came.clear()
        if self._is_ready:
            self._settle(told)
        self._is_ready = True

    def process_exited(self) -> None:
        self.gone.set()
        if not self.is_over:
            log.warning("the second process has ended", status=self._transport.get_returncode())
            self.end()

    def _settle(self, decisions: Sequence[Decision] | None) -> None:
        """None where there will be none."""
        due, self._due = self._due, None
        if due is None or due.done():
            return
        if decisions is None:
            due.set_exception(PartnerLost("it has ended"))
        else:
            due.set_result(decisions)
