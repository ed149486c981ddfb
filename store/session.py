"""SQL within one transaction or outside of any, the same text on both engines.

Statements are written once with `$1` placeholders; what the engines spell differently is in
`Dialect`. Rows come as mappings. Outages leave as Unavailable.

A statement costs a round trip, however many rows it is run for. What is written `later` waits for
others of its kind, and is there before anything else is read or written, and at the commit.
"""

import re
import sqlite3
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Any, Protocol

import orjson

from intake.errors import Conflict, Unavailable
from store.outages import OutagesTold, outages_told

Row = Mapping[str, Any]

ONE_OF = "{column} IN (SELECT value FROM json_each(${position}))"
POSTGRESQL_NOW = "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS bigint)"
SQLITE_NOW = "CAST((julianday('now') - 2440587.5) * 86400000000 AS integer)"
LAST_ID = "SELECT seq FROM sqlite_sequence WHERE name = $1"
NEXT_IDS = """
    SELECT nextval(pg_get_serial_sequence($1, 'id')) AS id FROM generate_series(1, $2)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """Where the two engines differ."""

    is_postgresql: bool

    def among(self, column: str, position: int, kind: str = "bigint") -> str:
        """Whether `column` is one of the values in parameter `position`, made by `listed`."""
        if self.is_postgresql:
            return f"{column} = ANY(${position}::{kind}[])"
        return ONE_OF.format(column=column, position=position)

    def contains(self, column: str, position: int) -> str:
        """Whether the text in parameter `position` stands in `column`, letter by letter."""
        if self.is_postgresql:
            return f"strpos({column}, ${position}) > 0"
        return f"instr({column}, ${position}) > 0"

    @property
    def now(self) -> str:
        """The database's own clock, as moments are kept."""
        return POSTGRESQL_NOW if self.is_postgresql else SQLITE_NOW

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


class Stage(IntEnum):
    """What is written later stands in this order: each refers to what came before."""

    PEOPLE = 1
    ENTRIES = 2
    FILES = 3
    DELIVERIES = 4
    TICKETS = 5
    ENVELOPES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """A statement that may wait. A run that returns no row is a `conflict`."""

    stage: Stage
    sql: str
    conflict: str


class Session:
    """One transaction. `rings` are told to the bell after its commit."""

    dialect: Dialect

    def __init__(self) -> None:
        self.rings: set[str] = set()
        self._savepoints = 0
        self._later: dict[Write, list[tuple[object, ...]]] = {}

    async def fetch(self, sql: str, *values: object) -> Sequence[Row]:
        """The rows of one statement, after what was to be written before it."""
        if self._later:
            await self.flush()
        return await self._fetch(sql, values)

    async def fetch_each(self, sql: str, runs: Iterable[Sequence[object]]) -> Sequence[Row]:
        """All rows of a statement that is run for each of `runs`, in one round trip."""
        if self._later:
            await self.flush()
        given = list(runs)
        return await self._fetch_each(sql, given) if given else ()

    async def execute(self, sql: str, *values: object) -> int:
        """Returns how many rows were touched."""
        if self._later:
            await self.flush()
        return await self._execute(sql, values)

    async def execute_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        if self._later:
            await self.flush()
        await self._execute_many(sql, rows)

    async def insert_many(self, sql: str, rows: Iterable[Sequence[object]]) -> int:
        """Rows whose text is storable as it is; returns how many were added. Only on SQLite."""
        raise NotImplementedError

    async def fetch_one(self, sql: str, *values: object) -> Row | None:
        rows = await self.fetch(sql, *values)
        return rows[0] if rows else None

    async def reserve(self, table: str, count: int) -> Sequence[int]:
        """Ids for rows of `table` that are still to be written; what waits goes on waiting."""
        raise NotImplementedError

    def later(self, write: Write, *values: object) -> None:
        """Write a row together with others of its kind."""
        self._later.setdefault(write, []).append(values)

    async def flush(self) -> None:
        """Write what waits. Raises Conflict when a row was not taken; the others go on waiting."""
        while self._later:
            write = min(self._later, key=_stage)
            rows = self._later.pop(write)
            if len(await self._fetch_each(write.sql, rows)) < len(rows):
                raise Conflict(write.conflict)

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """An exception that leaves the block takes back what happened in it."""
        self._savepoints += 1
        name = f"savepoint_{self._savepoints}"
        rings = set(self.rings)
        await self.execute(f"SAVEPOINT {name}")
        try:
            yield
            await self.flush()
        except Unavailable:  # the whole transaction is lost
            raise
        except BaseException:
            self.rings = rings
            self._later.clear()
            await self.execute(f"ROLLBACK TO SAVEPOINT {name}")
            raise
        await self.execute(f"RELEASE SAVEPOINT {name}")

    async def _fetch(self, sql: str, values: Sequence[object]) -> Sequence[Row]:
        raise NotImplementedError

    async def _fetch_each(self, sql: str, runs: Sequence[Sequence[object]]) -> Sequence[Row]:
        raise NotImplementedError

    async def _execute(self, sql: str, values: Sequence[object]) -> int:
        raise NotImplementedError

    async def _execute_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        raise NotImplementedError


def _stage(write: Write) -> Stage:
    return write.stage


class SqliteSession(Session):
    """Runs statements at once, on the loop."""

    dialect = Dialect(is_postgresql=False)

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__()
        self._connection = connection
        self._last_ids: dict[str, int] = {}

    async def reserve(self, table: str, count: int) -> Sequence[int]:
        """Nobody else writes before the commit."""
        if table not in self._last_ids:
            rows = await self._fetch(LAST_ID, (table,))
            self._last_ids[table] = rows[0]["seq"] if rows else 0
        first = self._last_ids[table] + 1
        self._last_ids[table] += count
        return range(first, first + count)

    async def _fetch(self, sql: str, values: Sequence[object]) -> Sequence[Row]:
        with self._watched():
            cursor = self._connection.execute(numbered(sql), cleaned(values))
            rows: Sequence[Any] = cursor.fetchall()
            return rows

    async def _fetch_each(self, sql: str, runs: Sequence[Sequence[object]]) -> Sequence[Row]:
        statement = numbered(sql)
        with self._watched():
            run = self._connection.execute
            found: list[Any] = []
            for values in runs:
                found += run(statement, cleaned(values)).fetchall()
            return found

    async def _execute(self, sql: str, values: Sequence[object]) -> int:
        with self._watched():
            return self._connection.execute(numbered(sql), cleaned(values)).rowcount

    async def _execute_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
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

    async def reserve(self, table: str, count: int) -> Sequence[int]:
        return [row["id"] for row in await self._fetch(NEXT_IDS, (table, count))]

    async def _fetch(self, sql: str, values: Sequence[object]) -> Sequence[Row]:
        with outages_told():
            rows: Sequence[Row] = await self._connection.fetch(sql, *cleaned(values))
            return rows

    async def _fetch_each(self, sql: str, runs: Sequence[Sequence[object]]) -> Sequence[Row]:
        with outages_told():
            rows: Sequence[Row] = await self._connection.fetchmany(
                sql, [cleaned(values) for values in runs]
            )
            return rows

    async def _execute(self, sql: str, values: Sequence[object]) -> int:
        with outages_told():
            status = await self._connection.execute(sql, *cleaned(values))
        count = status.rpartition(" ")[2]
        return int(count) if count.isdecimal() else 0

    async def _execute_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
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
