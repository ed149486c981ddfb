"""The ORM's engine for SQLite as migrations need it: whole transactions, alone.

The ORM's own begins without the write lock, so that two processes would migrate at once, and runs
scripts in a way that commits what is open. Named as `engine` in the ORM's settings.
"""

import sqlite3
from collections.abc import Iterator

from tortoise.backends.base.client import NestedTransactionContext, TransactionContext
from tortoise.backends.sqlite.client import (
    SqliteClient,
    SqliteTransactionContext,
    SqliteTransactionWrapper,
)

PATIENCE = 60_000  # milliseconds that one waits for another process that is migrating


class Client(SqliteClient):
    def _in_transaction(self) -> TransactionContext:
        return SqliteTransactionContext(TransactionClient(self), self._lock)


class TransactionClient(SqliteTransactionWrapper):
    """What runs within one transaction."""

    def _in_transaction(self) -> TransactionContext:
        return NestedTransactionContext(TransactionClient(self))

    async def begin(self) -> None:
        """Waits for the only place to write."""
        await self._connection.execute(f"PRAGMA busy_timeout={PATIENCE}")
        await self._connection.execute("BEGIN IMMEDIATE")

    async def execute_script(self, query: str) -> None:
        for statement in _statements(query):
            await self.execute_query(statement)


def _statements(script: str) -> Iterator[str]:
    gathered = ""
    for piece in script.split(";"):
        gathered += piece + ";"
        if sqlite3.complete_statement(gathered):
            if gathered.strip(" \n\t;"):
                yield gathered
            gathered = ""


client_class = Client
