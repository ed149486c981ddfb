"""Opens the database and hands out transactions and reads.

`sqlite:///path` is a file for one process, `postgres://user:password@host/name` a server for many
(`?host=/folder` for a socket). Migrations are left to `migrating`.
"""

import asyncio
import os
import socket
import sqlite3
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from pathlib import Path
from typing import Any, Self, cast
from urllib.parse import parse_qsl, unquote, urlsplit

from intake.errors import Invalid, Unavailable
from store import asyncpg_engine, sqlite_engine
from store.bell import NOTIFY, Bell
from store.outages import outages_told
from store.private import keep_sqlite_private, make_private_folder
from store.session import (
    Dialect,
    PostgresqlSession,
    Row,
    Session,
    SqliteSession,
    cleaned,
    numbered,
)
from store.sqlite_connection import PATIENCE, Connection

CONNECT_WITHIN = 5.0  # seconds
STATEMENT_WITHIN = 30.0
# A machine that vanished says no goodbye: its open transaction would keep its conversations.
IDLE_WITHIN = "30s"  # between two statements of a transaction
POOL_SIZE = 10


class Database:
    """One open database: `transaction` for changes, `fetch` for what is committed."""

    dialect: Dialect
    bell: Bell
    side_by_side: int  # units of work that one process gets on with at once

    def __init__(self, url: str) -> None:
        self.url = url

    @classmethod
    async def open(cls, url: str) -> "Database":
        """Raises Invalid for an address that is none, Unavailable when nobody answers there."""
        if is_sqlite(url):
            return await SqliteDatabase.start(url)
        scheme = urlsplit(url).scheme
        if scheme in ("postgres", "postgresql"):
            return await PostgresqlDatabase.start(url)
        raise Invalid("database_url" if scheme else "database_address", scheme=scheme)

    async def close(self) -> None:
        raise NotImplementedError

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Session]:
        """Commits when its block is left, rolls back when an exception leaves it.

        Rings collected in the session sound after the commit. Raises Unavailable.
        """
        transaction = self._transaction()
        with outages_told():
            session = self._session(await transaction.__aenter__())
        try:
            yield session
            await self._announce(session)
        except BaseException as error:
            with suppress(Unavailable), outages_told():  # a lost connection has rolled back too
                await transaction.__aexit__(type(error), error, error.__traceback__)
            raise
        with outages_told():
            await transaction.__aexit__(None, None, None)
        self.bell.echo(session.rings)

    async def fetch(self, sql: str, *values: object) -> Sequence[Row]:
        """Read what is committed. Within a transaction ask its session instead."""
        raise NotImplementedError

    async def fetch_aside(self, sql: str, *values: object) -> Sequence[Row]:
        """Like `fetch`, for what may take long: it must not hold up the loop."""
        return await self.fetch(sql, *values)

    async def fetch_one(self, sql: str, *values: object) -> Row | None:
        rows = await self.fetch(sql, *values)
        return rows[0] if rows else None

    def _transaction(self) -> AbstractAsyncContextManager[Any]:
        """Gives the connection it runs on."""
        raise NotImplementedError

    def _session(self, connection: Any) -> Session:
        raise NotImplementedError

    async def _announce(self, session: Session) -> None:
        """Tell other processes, within the transaction."""


class SqliteDatabase(Database):
    """Writes through one connection, reads through another that sees what is committed."""

    dialect = SqliteSession.dialect
    side_by_side = 1

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.bell = Bell()
        path = sqlite_path(url)
        make_private_folder(path.parent)
        keep_sqlite_private(path)
        self.connection = Connection(path, sqlite_engine.PRAGMAS)
        self._lock = asyncio.Lock()
        # One for reads on the loop, one for those aside.
        self._readers = [_open_reader(path), _open_reader(path)]
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reading")

    @classmethod
    async def start(cls, url: str) -> Self:
        with outages_told():
            return cls(url)

    async def close(self) -> None:
        self._thread.shutdown(wait=True)
        for reader in self._readers:
            reader.close()
        async with self._lock:  # whoever has given up on a commit left it under way
            self.connection.close()

    async def fetch(self, sql: str, *values: object) -> Sequence[Row]:
        with outages_told():
            return _read(self._readers[0], sql, values)

    async def fetch_aside(self, sql: str, *values: object) -> Sequence[Row]:
        reader = self._readers[1]
        loop = asyncio.get_running_loop()
        with outages_told():
            return await loop.run_in_executor(self._thread, _read, reader, sql, values)

    def _transaction(self) -> sqlite_engine.Transaction:
        return sqlite_engine.Transaction(self.connection, self._lock)

    def _session(self, connection: sqlite3.Connection) -> Session:
        return SqliteSession(connection)


class PostgresqlDatabase(Database):
    """A pool of connections; other processes hear through NOTIFY."""

    dialect = PostgresqlSession.dialect
    side_by_side = 2  # while one waits for the server the other thinks

    def __init__(self, url: str, pool: Any) -> None:
        super().__init__(url)
        self.bell = Bell(self._connect)
        self._pool = pool

    @classmethod
    async def start(cls, url: str) -> Self:
        access = postgresql_access(url)
        access["server_settings"]["idle_in_transaction_session_timeout"] = IDLE_WITHIN
        try:
            with outages_told():
                pool = await asyncpg_engine.open_pool(
                    **access,
                    min_size=1,
                    max_size=POOL_SIZE,
                    timeout=CONNECT_WITHIN,
                    command_timeout=STATEMENT_WITHIN,
                )
        except ValueError as error:  # such as an sslmode that is none
            raise Invalid("database_address") from error
        return cls(url, pool)

    async def close(self) -> None:
        await asyncpg_engine.close_pool(self._pool)

    async def fetch(self, sql: str, *values: object) -> Sequence[Row]:
        with outages_told():
            async with self._pool.acquire(timeout=asyncpg_engine.ACQUIRE_WITHIN) as connection:
                rows: Sequence[Row] = await connection.fetch(sql, *cleaned(values))
                return rows

    async def _connect(self) -> Any:
        access = postgresql_access(self.url)
        return await asyncpg_engine.connect(**access, timeout=CONNECT_WITHIN)

    async def _announce(self, session: Session) -> None:
        if session.rings:
            await session.fetch(NOTIFY, self.bell.outgoing(session.rings))

    def _transaction(self) -> asyncpg_engine.Transaction:
        return asyncpg_engine.Transaction(self._pool)

    def _session(self, connection: Any) -> Session:
        return PostgresqlSession(connection)


def is_sqlite(url: str) -> bool:
    return urlsplit(url).scheme == "sqlite"


def sqlite_path(url: str) -> Path:
    """`sqlite:///desk.db` is relative, `sqlite:////var/lib/desk.db` absolute."""
    return Path(unquote(urlsplit(url).path.removeprefix("/"), errors="surrogateescape"))


def postgresql_credentials(url: str) -> dict[str, Any]:
    """What asyncpg wants to know; what the address leaves out it takes from the environment.

    Raises Invalid, whose words hold no part of the address: a slip may make its password a port.
    """
    parts = urlsplit(url)
    asked = dict(parse_qsl(parts.query))
    try:
        port = parts.port or int(asked.get("port", "5432"))
    except ValueError:
        raise Invalid("database_address") from None
    return {
        "user": unquote(parts.username or "") or asked.get("user"),
        "password": unquote(parts.password or "") or None,
        "host": parts.hostname or asked.get("host"),
        "port": port,
        "database": unquote(parts.path.removeprefix("/")) or None,
        **({"ssl": asked["sslmode"]} if "sslmode" in asked else {}),
    }


def postgresql_access(url: str) -> dict[str, Any]:
    """How we connect: by the address, and so that a session says whose it is."""
    settings = {"application_name": session_name()}
    return {**postgresql_credentials(url), "server_settings": settings}


def session_name() -> str:
    """This process, as an administrator finds it."""
    return f"firstline {os.getpid()} on {socket.gethostname()}"


def _open_reader(path: Path) -> sqlite3.Connection:
    reader = sqlite3.connect(
        path, isolation_level=None, check_same_thread=False, timeout=PATIENCE / 1000
    )
    reader.row_factory = sqlite3.Row
    reader.execute("PRAGMA query_only=ON")
    return reader


def _read(connection: sqlite3.Connection, sql: str, values: Sequence[object]) -> Sequence[Row]:
    rows: Sequence[Any] = connection.execute(numbered(sql), cleaned(values)).fetchall()
    return cast("Sequence[Row]", rows)
