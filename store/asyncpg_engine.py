"""The ORM's engine for PostgreSQL: its own asyncpg client with safe transactions.

The ORM's stock transaction takes a connection from the pool and then awaits BEGIN unprotected; a
task cancelled there keeps the connection for good. Named as `engine` in the ORM's settings.
"""

from contextlib import suppress
from typing import Any

import asyncpg  # type: ignore[import-untyped]
from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.base.client import TransactionalDBClient, TransactionContext
from tortoise.connection import get_connections

from store.finishing import to_the_end
from store.outages import CUT_OFF

ACQUIRE_WITHIN = 10.0  # seconds


class Client(AsyncpgDBClient):
    """Of the two ways into a transaction, the ORM's own also makes it findable by name."""

    def _in_transaction(self) -> TransactionContext:
        return NamedTransaction(self)

    def transaction(self) -> "Transaction":
        return Transaction(self)

    async def create_pool(self, **settings: Any) -> Any:
        """What asyncpg does for a connection given back, less a round trip to the server.

        Nothing of ours outlives its transaction: no setting, no cursor, no session's lock.
        """
        return await asyncpg.create_pool(None, **settings, reset=_nothing_to_reset)

    async def pool(self) -> Any:
        """Asyncpg's pool, made when it is first asked for."""
        if self._pool is None:
            async with self._pool_init_lock:
                if self._pool is None:
                    await self.create_connection(with_db=True)
        return self._pool


class Transaction(TransactionContext):
    """Holds a connection of the pool from before BEGIN until after COMMIT or ROLLBACK."""

    def __init__(self, client: Client) -> None:
        self._parent = client

    async def __aenter__(self) -> TransactionalDBClient:
        self._pool = await self._parent.pool()
        self._connection = await self._pool.acquire(timeout=ACQUIRE_WITHIN)
        self._client = client = TransactionWrapper(self._parent)
        client._connection = self._connection  # noqa: SLF001 - part of the ORM's client
        try:
            await to_the_end(client.begin())
        except BaseException:
            await self._let_go()
            raise
        return client

    async def __aexit__(self, kind: object, error: object, trace: object) -> None:
        try:
            end = self._client.commit() if kind is None else self._client.rollback()
            await to_the_end(end)
        finally:
            await self._let_go()

    async def _let_go(self) -> None:
        """Back to the pool, which forgets a connection that was lost."""
        if self._connection.is_in_transaction() and not self._client._finalized:  # noqa: SLF001
            with suppress(*CUT_OFF):
                await to_the_end(self._client.rollback())
        await to_the_end(self._pool.release(self._connection))


async def _nothing_to_reset(_connection: Any) -> None:
    """Asyncpg itself rolls back what is still open."""


async def connect(**credentials: Any) -> Any:
    """One connection of one's own, outside of the pool."""
    return await asyncpg.connect(**credentials)


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
