"""The ORM's engine for PostgreSQL: its own asyncpg client with safe transactions.

The ORM's stock transaction takes a connection from the pool and then awaits BEGIN unprotected; a
task cancelled there keeps the connection for good. Named as `engine` in the ORM's settings.
"""

from typing import Any

import asyncpg  # type: ignore[import-untyped]
from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.base.client import TransactionalDBClient, TransactionContext
from tortoise.connection import ConnectionHandler, get_connections

from store.finishing import to_the_end

ACQUIRE_WITHIN = 10.0  # seconds


class Client(AsyncpgDBClient):
    """`handler` is where the ORM looks up connections by name."""

    handler: ConnectionHandler | None = None

    def _in_transaction(self) -> TransactionContext:
        return Transaction(self)

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
        try:
            client = TransactionWrapper(self._parent)
            client._connection = self._connection  # noqa: SLF001 - part of the ORM's client
            await to_the_end(client.begin())
        except BaseException:
            await self._let_go()
            raise
        self._client = client
        handler = self._parent.handler or get_connections()
        self._token = (handler, handler.set(client.connection_name, client))
        return client

    async def __aexit__(self, kind: object, error: object, trace: object) -> None:
        handler, token = self._token
        handler.reset(token)
        try:
            end = self._client.commit() if kind is None else self._client.rollback()
            await to_the_end(end)
        finally:
            await self._let_go()

    async def _let_go(self) -> None:
        """The pool rolls back whatever is still open on a connection it gets back."""
        await to_the_end(self._pool.release(self._connection))


async def connect(**credentials: Any) -> Any:
    """One connection of one's own, outside of the pool."""
    return await asyncpg.connect(**credentials)


client_class = Client
