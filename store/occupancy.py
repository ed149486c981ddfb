"""Whether a desk is at work on a database, so that nobody replaces it beneath a running one.

On SQLite the process that serves holds a lock beside the file, and no second one may: the kernel
lets go of it when the process ends, however it ends. On PostgreSQL many serve side by side; their
sessions tell of them. Stopping them is left to whoever is told which they are.
"""

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from intake.errors import Conflict
from store import asyncpg_engine
from store.database import (
    CONNECT_WITHIN,
    is_sqlite,
    postgresql_access,
    session_name,
    sqlite_path,
)
from store.migrating import LOCK
from store.outages import outages_told
from store.private import keep_private, make_private_folder

LEAVE_WITHIN = 2.0  # seconds that a server may take to notice the end of a process
# Whoever starts meanwhile waits for it where tables are brought up to date.
KEEP_OUT = f"SELECT pg_advisory_lock({LOCK})"
SERVING = """
    SELECT DISTINCT application_name FROM pg_stat_activity
    WHERE datname = current_database() AND application_name LIKE 'firstline %'
        AND application_name <> $1
    ORDER BY application_name
"""


@contextmanager
def occupied(url: str) -> Iterator[None]:
    """Serve within this. Raises Conflict when another process serves the same SQLite file."""
    if not is_sqlite(url):
        yield  # its sessions say so
        return
    with _locked(sqlite_path(url), otherwise="sqlite_is_served"):
        yield


@asynccontextmanager
async def vacant(url: str) -> AsyncIterator[None]:
    """Nobody serves within this. Raises Conflict that names who does."""
    if is_sqlite(url):
        with _locked(sqlite_path(url), otherwise="desk_runs"):
            yield
        return
    with outages_told():
        connection = await asyncpg_engine.connect(**postgresql_access(url), timeout=CONNECT_WITHIN)
    try:
        with outages_told():
            await connection.execute(KEEP_OUT)
            names = await _lasting(connection)
        if names:
            raise Conflict("desk_runs", names=", ".join(names))
        yield
    finally:
        await connection.close(timeout=CONNECT_WITHIN)


@contextmanager
def _locked(database: Path, *, otherwise: str) -> Iterator[None]:
    with outages_told():
        make_private_folder(database.parent)
        path = database.with_suffix(".lock")
        keep_private(path)
        lock = path.open("a+", encoding="ascii")
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            raise Conflict(otherwise, names=lock.read().strip()) from error
        with outages_told():  # the disk may be full; no buffer keeps what it does not take
            os.truncate(lock.fileno(), 0)
            os.write(lock.fileno(), f"{session_name()}\n".encode("ascii", "replace"))
        yield


async def _lasting(connection: Any) -> Sequence[str]:
    """Who is still there after the time that a goodbye may take."""
    left = LEAVE_WITHIN
    while True:
        rows = await connection.fetch(SERVING, session_name())
        if not rows or left <= 0:
            return [row["application_name"] for row in rows]
        await asyncio.sleep(0.1)
        left -= 0.1
