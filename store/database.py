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
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, Self, cast
from urllib.parse import parse_qsl, unquote, urlsplit

from tortoise import context as orm
from tortoise.backends.base.executor import EXECUTOR_CACHE
from tortoise.context import TortoiseContext

from intake.errors import Invalid, Unavailable
from store import asyncpg_engine, sqlite_engine
from store.bell import NOTIFY, Bell
from store.outages import outages_told
from store.session import (
    Dialect,
    PostgresqlSession,
    Row,
    Session,
    SqliteSession,
    cleaned,
    numbered,
)
from store.sqlite_connection import PATIENCE

APP = "store"
CONNECT_WITHIN = 5.0  # seconds
STATEMENT_WITHIN = 30.0
# A machine that vanished says no goodbye: its open transaction would keep its conversations.
IDLE_WITHIN = 30.0  # seconds between two statements of a transaction
POOL_SIZE = 10
APPS = {APP: {"models": ["store.models"], "migrations": "store.migrations"}}


class Database:
    """One open database: `transaction` for changes, `fetch` for what is committed."""

    dialect: Dialect
    bell: Bell

    def __init__(self, url: str, context: TortoiseContext) -> None:
        self.url = url
        self.context = context
        self.client: Any = context.db()  # one of our engines' clients

    @classmethod
    async def open(cls, url: str) -> "Database":
        """Raises Invalid for an address that is none, Unavailable when nobody answers there."""
        scheme = urlsplit(url).scheme
        if scheme == "sqlite":
            return await SqliteDatabase.start(url)
        if scheme in ("postgres", "postgresql"):
            return await PostgresqlDatabase.start(url)
        raise Invalid("database_url", scheme=scheme)

    async def close(self) -> None:
        await self.context.close_connections()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Session]:
        """Commits when its block is left, rolls back when an exception leaves it.

        Rings collected in the session sound after the commit. Raises Unavailable.
        """
        transaction = self.client.transaction()
        with outages_told():
            client = await transaction.__aenter__()
        session = self._session(client)
        session.orm = client
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

    def _session(self, client: Any) -> Session:
        raise NotImplementedError

    async def _announce(self, session: Session) -> None:
        """Tell other processes, within the transaction."""


class SqliteDatabase(Database):
    """Writes through one connection, reads through another that sees what is committed."""

    dialect = SqliteSession.dialect

    def __init__(self, url: str, context: TortoiseContext) -> None:
        super().__init__(url, context)
        self.bell = Bell()
        self._readers: list[sqlite3.Connection] = []
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reading")

    @classmethod
    async def start(cls, url: str) -> Self:
        path = sqlite_path(url)
        with outages_told():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        credentials = {"file_path": str(path)}
        context = await _orm(sqlite_engine.__name__, credentials)
        database = cls(url, context)
        with outages_told():
            await database.client.create_connection(with_db=True)
            database._open_readers(path)
        return database

    def _open_readers(self, path: Path) -> None:
        """One for reads on the loop, one for those aside."""
        self._readers = [_open_reader(path), _open_reader(path)]

    async def close(self) -> None:
        self._thread.shutdown(wait=True)
        for reader in self._readers:
            reader.close()
        await super().close()

    async def fetch(self, sql: str, *values: object) -> Sequence[Row]:
        with outages_told():
            return _read(self._readers[0], sql, values)

    async def fetch_aside(self, sql: str, *values: object) -> Sequence[Row]:
        reader = self._readers[1]
        loop = asyncio.get_running_loop()
        with outages_told():
            return await loop.run_in_executor(self._thread, _read, reader, sql, values)

    def _session(self, client: Any) -> Session:
        return SqliteSession(client._connection.raw)  # noqa: SLF001 - part of the ORM's client


class PostgresqlDatabase(Database):
    """A pool of connections; other processes hear through NOTIFY."""

    dialect = PostgresqlSession.dialect

    def __init__(self, url: str, context: TortoiseContext) -> None:
        super().__init__(url, context)
        self.bell = Bell(self._connect)

    @classmethod
    async def start(cls, url: str) -> Self:
        access = postgresql_access(url)
        idle_within = {"idle_in_transaction_session_timeout": str(round(IDLE_WITHIN * 1000))}
        credentials = {
            **access,
            "maxsize": POOL_SIZE,
            "timeout": CONNECT_WITHIN,
            "command_timeout": STATEMENT_WITHIN,
            "server_settings": {**access["server_settings"], **idle_within},
        }
        context = await _orm(asyncpg_engine.__name__, credentials)
        database = cls(url, context)
        try:
            with outages_told():
                await database.client.pool()
        except BaseException:
            await database.close()
            raise
        return database

    async def fetch(self, sql: str, *values: object) -> Sequence[Row]:
        with outages_told():
            pool = await self.client.pool()
            async with pool.acquire(timeout=asyncpg_engine.ACQUIRE_WITHIN) as connection:
                rows: Sequence[Row] = await connection.fetch(sql, *cleaned(values))
                return rows

    async def _connect(self) -> Any:
        access = postgresql_access(self.url)
        return await asyncpg_engine.connect(**access, timeout=CONNECT_WITHIN)

    async def _announce(self, session: Session) -> None:
        if session.rings:
            await session.fetch(NOTIFY, self.bell.outgoing(session.rings))

    def _session(self, client: Any) -> Session:
        return PostgresqlSession(client._connection)  # noqa: SLF001 - part of the ORM's client


async def _orm(engine: str, credentials: dict[str, Any]) -> TortoiseContext:
    config = {"connections": {"default": {"engine": engine, "credentials": credentials}}}
    EXECUTOR_CACHE.clear()  # SQL of another engine, if another was open before
    context = TortoiseContext()
    is_first = orm.get_current_context() is None
    with context:
        await context.init(config={**config, "apps": APPS}, _enable_global_fallback=is_first)
    return context


def sqlite_path(url: str) -> Path:
    """`sqlite:///desk.db` is relative, `sqlite:////var/lib/desk.db` absolute."""
    return Path(unquote(urlsplit(url).path.removeprefix("/")))


def postgresql_credentials(url: str) -> dict[str, Any]:
    """What asyncpg wants to know; what the address leaves out it takes from the environment."""
    parts = urlsplit(url)
    asked = dict(parse_qsl(parts.query))
    return {
        "user": unquote(parts.username or "") or asked.get("user"),
        "password": unquote(parts.password or "") or None,
        "host": parts.hostname or asked.get("host"),
        "port": parts.port or int(asked.get("port", "5432")),
        "database": parts.path.removeprefix("/") or None,
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
