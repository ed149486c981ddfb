"""SQLite's side of `database`: transactions on the one writing connection, never torn.

A task cancelled while it awaits BEGIN or COMMIT would stop the process for good: here they are
awaited to their end, and whatever happens the lock is given back.
"""

import asyncio
import sqlite3
from contextlib import suppress
from types import TracebackType

from store.sqlite_connection import Connection

PRAGMAS = {
    "journal_mode": "WAL",
    "synchronous": "FULL",  # an acknowledged commit survives a power cut
    "foreign_keys": "ON",
    "journal_size_limit": str(64 * 2**20),
    "wal_autocheckpoint": "16000",  # pages; until then checkpoints are made beside the commits
    "cache_size": "-16000",  # kibibytes
    "temp_store": "MEMORY",
}


class Transaction:
    """Holds the connection's lock from before BEGIN until after COMMIT or ROLLBACK."""

    def __init__(self, connection: Connection, lock: asyncio.Lock) -> None:
        self._connection = connection
        self._lock = lock

    async def __aenter__(self) -> sqlite3.Connection:
        await self._lock.acquire()
        try:
            await self._connection.begin()
        except BaseException:
            self._let_go()
            raise
        return self._connection.raw

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                await self._connection.commit()
        finally:
            self._let_go()

    def _let_go(self) -> None:
        """Roll back what is still open. Nothing here waits, so nothing here can be cancelled."""
        with suppress(sqlite3.Error):  # what can't be rolled back was never committed
            self._connection.rollback()
        self._lock.release()
