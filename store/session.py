"""SQL within one transaction or outside of any, the same text on both engines.

Statements are written once with `$1` placeholders; what the engines spell differently is in
`Dialect`. Rows come as mappings. Outages leave as Unavailable.
"""

import re
import sqlite3
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

import orjson

from intake.errors import Unavailable
from store.outages import OutagesTold, outages_told

Row = Mapping[str, Any]

ONE_OF = "{column} IN (SELECT value FROM json_each(${position}))"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """Where the two engines differ."""

    is_postgresql: bool

    def among(self, column: str, position: int, kind: str = "bigint") -> str:
        """Whether `column` is one of the values in parameter `position`, made by `listed`."""
        if self.is_postgresql:
            return f"{column} = ANY(${position}::{kind}[])"
        return ONE_OF.format(column=column, position=position)

    def listed(self, values: Iterable[object]) -> object:
        return list(values) if self.is_postgresql else orjson.dumps(list(values)).decode()

    def locked(self, *, skips: bool = False) -> str:
        """The end of a SELECT whose rows are about to change. On SQLite one writes at a time."""
        if not self.is_postgresql:
            return ""
        return "FOR NO KEY UPDATE SKIP LOCKED" if skips else "FOR NO KEY UPDATE"


class Reader(Protocol):
    """What runs a statement and returns its rows."""

    @property
    def dialect(self) -> Dialect: ...
    async def fetch(self, sql: str, *values: object) -> Sequence[Row]: ...


class Session:
    """One transaction. `rings` are told to the bell after its commit."""

    dialect: Dialect

    def __init__(self) -> None:
        self.rings: set[str] = set()
        self._savepoints = 0

    async def fetch(self, sql: str, *values: object) -> Sequence[Row]:
        raise NotImplementedError

    async def execute(self, sql: str, *values: object) -> int:
        """Returns how many rows were touched."""
        raise NotImplementedError

    async def execute_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        raise NotImplementedError

    async def insert_many(self, sql: str, rows: Iterable[Sequence[object]]) -> int:
        """Rows whose text is storable as it is; returns how many were added. Only on SQLite."""
        raise NotImplementedError

    async def fetch_one(self, sql: str, *values: object) -> Row | None:
        rows = await self.fetch(sql, *values)
        return rows[0] if rows else None

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """An exception that leaves the block takes back what happened in it."""
        self._savepoints += 1
        name = f"savepoint_{self._savepoints}"
        rings = set(self.rings)
        await self.execute(f"SAVEPOINT {name}")
        try:
            yield
        except Unavailable:  # the whole transaction is lost
            raise
        except BaseException:
            self.rings = rings
            await self.execute(f"ROLLBACK TO SAVEPOINT {name}")
            raise
        await self.execute(f"RELEASE SAVEPOINT {name}")


class SqliteSession(Session):
    """Runs statements at once, on the loop."""

    dialect = Dialect(is_postgresql=False)

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__()
        self._connection = connection

    async def fetch(self, sql: str, *values: object) -> Sequence[Row]:
        with self._watched():
            cursor = self._connection.execute(numbered(sql), cleaned(values))
            rows: Sequence[Any] = cursor.fetchall()
            return rows

    async def execute(self, sql: str, *values: object) -> int:
        with self._watched():
            return self._connection.execute(numbered(sql), cleaned(values)).rowcount

    async def execute_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        with self._watched():
            self._connection.executemany(numbered(sql), [cleaned(row) for row in rows])

    async def insert_many(self, sql: str, rows: Iterable[Sequence[object]]) -> int:
        with self._watched():
            return self._connection.executemany(numbered(sql), rows).rowcount

    def _watched(self) -> OutagesTold:
        """A full disk rolls back by itself; what came after would be committed on its own."""
        if not self._connection.in_transaction:
            raise Unavailable("the transaction was rolled back")
        return outages_told()


class PostgresqlSession(Session):
    """Runs statements on a connection that is inside a transaction."""

    dialect = Dialect(is_postgresql=True)

    def __init__(self, connection: Any) -> None:
        super().__init__()
        self._connection = connection

    async def fetch(self, sql: str, *values: object) -> Sequence[Row]:
        with outages_told():
            rows: Sequence[Row] = await self._connection.fetch(sql, *cleaned(values))
            return rows

    async def execute(self, sql: str, *values: object) -> int:
        with outages_told():
            status = await self._connection.execute(sql, *cleaned(values))
        count = status.rpartition(" ")[2]
        return int(count) if count.isdecimal() else 0

    async def execute_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        with outages_told():
            await self._connection.executemany(sql, [cleaned(row) for row in rows])


@lru_cache(maxsize=512)
def numbered(sql: str) -> str:
    """SQLite's spelling of the placeholders."""
    return re.sub(r"\$(\d+)", r"?\1", sql)


def cleaned(values: Iterable[object]) -> list[object]:
    """Text that a database can hold: no NUL, no half of a surrogate pair."""
    return [_clean(value) if isinstance(value, str) else value for value in values]


def _clean(text: str) -> str:
    if "\x00" in text:
        text = text.replace("\x00", "")
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text
