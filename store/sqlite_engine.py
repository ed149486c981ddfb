"""The ORM's engine for SQLite: its own client over our connection, with safe transactions.

The ORM's stock transaction takes the lock and then awaits BEGIN unprotected: one task cancelled
there stops the process for good. Here begin, commit and rollback are awaited to their end, and
whatever happens the lock is given back. Named as `engine` in the ORM's settings.
"""

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

from tortoise.backends.base.client import TransactionalDBClient, TransactionContext
from tortoise.backends.sqlite.client import (
    SqliteClient,
    SqliteTransactionWrapper,
)
from tortoise.connection import get_connections

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


class Client(SqliteClient):
    """Of the two ways into a transaction, the ORM's own also makes it findable by name."""

    async def create_connection(self, with_db: bool) -> None:  # noqa: ARG002, FBT001 - the ORM's
        if self._connection is None:
            self._connection = cast("Any", Connection(Path(self.filename), PRAGMAS))
            await self._post_connect()

    def _in_transaction(self) -> TransactionContext:
        return NamedTransaction(self)

    def transaction(self) -> "Transaction":
        return Transaction(self)


class TransactionClient(SqliteTransactionWrapper):
    """What runs within one transaction; nested ones are savepoints, as the ORM makes them."""

    async def begin(self) -> None:
        await _own(self).begin()


class Transaction(TransactionContext):
    """Holds the client's lock from before BEGIN until after COMMIT or ROLLBACK."""

    def __init__(self, client: Client) -> None:
        self._parent = client
        self._client: TransactionClient | None = None

    async def __aenter__(self) -> TransactionalDBClient:
        await self._parent._lock.acquire()  # noqa: SLF001 - part of the ORM's client
        try:
            await self._parent.create_connection(with_db=True)
            self._client = client = TransactionClient(self._parent)
            await client.begin()
        except BaseException:
            await self._let_go()
            raise
        return client

    async def __aexit__(self, kind: object, error: object, trace: object) -> None:
        try:
            if kind is None and self._client is not None:
                await _own(self._client).commit()
        finally:
            await self._let_go()

    async def _let_go(self) -> None:
        """Roll back what is still open. Nothing here waits, so nothing here can be cancelled."""
        if self._client is not None:
            self._client._finalized = True  # noqa: SLF001 - part of the ORM's client
            with suppress(sqlite3.Error):  # what can't be rolled back was never committed
                await _own(self._client).rollback()
        self._parent._lock.release()  # noqa: SLF001 - part of the ORM's client


def _own(client: SqliteClient) -> Connection:
    return cast("Connection", client._connection)  # noqa: SLF001 - part of the ORM's client


class NamedTransaction(Transaction):
    """What the ORM's `in_transaction` gives: models find it by the connection's name."""

    async def __aenter__(self) -> TransactionalDBClient:
        client = await super().__aenter__()
        self._handler = get_connections()
        self._token = self._handler.set(client.connection_name, client)
        return client

    async def __aexit__(self, kind: object, error: object, trace: object) -> None:
        self._handler.reset(self._token)
        await super().__aexit__(kind, error, trace)


client_class = Client
