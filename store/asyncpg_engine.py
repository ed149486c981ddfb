"""PostgreSQL's side of `database`: a pool of connections and transactions that are never torn.

A task cancelled while it awaits BEGIN or COMMIT would keep its connection for good: here they are
awaited to their end, and whatever happens the connection goes back.
"""

import asyncio
from contextlib import suppress
from types import TracebackType
from typing import Any

from store.finishing import to_the_end
from store.outages import cut_off

ACQUIRE_WITHIN = 5.0  # seconds
CLOSE_WITHIN = 3.0


class Transaction:
    """Holds a connection of the pool from before BEGIN until after COMMIT or ROLLBACK."""

    def __init__(self, pool: Any) -> None:
        self._pool = pool

    async def __aenter__(self) -> Any:
        self._connection = await self._pool.acquire(timeout=ACQUIRE_WITHIN)
        self._transaction = self._connection.transaction()
        try:
            await to_the_end(self._transaction.start())
        except BaseException:
            await self._let_go()
            raise
        return self._connection

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        transaction = self._transaction
        try:
            await to_the_end(transaction.commit() if kind is None else transaction.rollback())
        finally:
            await self._let_go()

    async def _let_go(self) -> None:
        """Back to the pool, which forgets a connection that was lost."""
        if self._connection.is_in_transaction():
            with suppress(*cut_off()):
                await to_the_end(self._transaction.rollback())
        await to_the_end(self._pool.release(self._connection))


async def open_pool(**settings: Any) -> Any:
    """What asyncpg does for a connection given back, less a round trip to the server.

    Nothing of ours outlives its transaction: no setting, no cursor, no session's lock.
    """
    import asyncpg  # type: ignore[import-untyped]

    return await asyncpg.create_pool(**settings, reset=_nothing_to_reset)


async def close_pool(pool: Any) -> None:
    """Waits for what is under way, but not for ever."""
    try:
        async with asyncio.timeout(CLOSE_WITHIN):
            await pool.close()
    except TimeoutError:
        pool.terminate()


async def _nothing_to_reset(_connection: Any) -> None:
    """Asyncpg itself rolls back what is still open."""


async def connect(**credentials: Any) -> Any:
    """One connection of one's own, outside of the pool."""
    import asyncpg

    return await asyncpg.connect(**credentials)
