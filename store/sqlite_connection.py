"""The writing connection to SQLite: what of it runs on the loop, and what in a thread.

A statement in WAL costs some ten microseconds, a hop to a thread a hundred: statements run where
they are called. What may wait runs in a thread: a BEGIN while another process writes, the COMMIT
(with its flush to the disk) as soon as the disk turns out not to be a quick one, and checkpoints,
which carry what was committed from the write-ahead log into the database.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from time import monotonic, perf_counter, sleep
from typing import TypeVar

from intake.errors import Unavailable
from store.finishing import to_the_end

PATIENCE = 5_000  # milliseconds that a BEGIN waits for another process
TRY_AGAIN = 0.01  # seconds between looks for a writer who is done, at the opening alone
QUICK = 0.001  # seconds that a flush may hold up the loop
CACHED_STATEMENTS = 512
CHECKPOINT_AFTER = 1_000  # changed rows, some megabytes of log

T = TypeVar("T")


class Connection:
    """Whoever uses it holds its lock (`sqlite_engine`)."""

    def __init__(self, path: Path, pragmas: dict[str, str]) -> None:
        self.path = path
        self.raw = sqlite3.connect(
            path,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=CACHED_STATEMENTS,
            timeout=PATIENCE / 1000,
        )
        self.raw.row_factory = sqlite3.Row
        _set_up(self.raw, pragmas)
        self.raw.execute("PRAGMA busy_timeout=0")
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sqlite")
        self._flush_within = QUICK  # a running mean; the first flush is made in the thread
        self._checkpoints = Checkpoints(path)

    async def begin(self) -> None:
        """Take the only place to write at once, so that no read is followed by a refused write."""
        try:
            self.raw.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if not _is_busy(error):
                raise
            await self._aside(self._begin_patiently)

    async def commit(self) -> None:
        if not self.raw.in_transaction:
            raise Unavailable("the transaction was rolled back")
        started = perf_counter()
        if self._flush_within < QUICK:
            self.raw.execute("COMMIT")
        else:
            await self._aside(self.raw.commit)
        self._flush_within = 0.8 * self._flush_within + 0.2 * (perf_counter() - started)
        self._checkpoints.follow(self.raw.total_changes)

    def rollback(self) -> None:
        """A full disk or a failed write has already rolled back by itself."""
        if self.raw.in_transaction:
            self.raw.execute("ROLLBACK")

    def close(self) -> None:
        self._checkpoints.close()
        self.raw.close()
        self._thread.shutdown(wait=False)

    async def _aside(self, action: Callable[[], T]) -> T:
        loop = asyncio.get_running_loop()
        return await to_the_end(loop.run_in_executor(self._thread, action))

    def _begin_patiently(self) -> None:
        self.raw.execute(f"PRAGMA busy_timeout={PATIENCE}")
        try:
            self.raw.execute("BEGIN IMMEDIATE")
        finally:
            self.raw.execute("PRAGMA busy_timeout=0")


def _set_up(raw: sqlite3.Connection, pragmas: dict[str, str]) -> None:
    """Waits as long as a BEGIN would.

    SQLite refuses the change to the write-ahead log at once, whatever the busy time-out, while
    another process writes in the journal mode that a new file has: another one that is just
    starting, that is.
    """
    until = monotonic() + PATIENCE / 1000
    for name, setting in pragmas.items():
        while True:
            try:
                raw.execute(f"PRAGMA {name}={setting}")
            except sqlite3.OperationalError as error:
                if not _is_busy(error) or monotonic() > until:
                    raise
                sleep(TRY_AGAIN)
            else:
                break


def _is_busy(error: sqlite3.OperationalError) -> bool:
    return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY


class Checkpoints:
    """Made beside the commits, in a thread and by a connection of its own, so that none waits.

    Under a load that never pauses a checkpoint beside the commits never reaches the end of the
    log; then the log's own limit (`wal_autocheckpoint`) makes a last short one within a commit.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="checkpoint")
        self._raw: sqlite3.Connection | None = None
        self._running: Future[None] | None = None
        self._changes = 0  # at the last one

    def follow(self, changes: int) -> None:
        """Start one when enough has changed and none is under way."""
        is_running = self._running is not None and not self._running.done()
        if changes - self._changes >= CHECKPOINT_AFTER and not is_running:
            self._changes = changes
            self._running = self._thread.submit(self._make)

    def close(self) -> None:
        self._thread.shutdown(wait=True)
        if self._raw is not None:
            self._raw.close()

    def _make(self) -> None:
        if self._raw is None:
            self._raw = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
        with suppress(sqlite3.Error):  # the next one, or the log's own limit, makes up for it
            self._raw.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
