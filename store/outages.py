"""Tells an outage (the database or its disk is away) from a mistake in what was asked of it.

An outage becomes intake's Unavailable; everything else stays what the driver raised.
"""

import sqlite3
from types import TracebackType

import asyncpg  # type: ignore[import-untyped]

from intake.errors import Unavailable

# Primary result codes of SQLite that say nothing about the statement (sqlite.org/rescode.html).
_SQLITE_OUTAGES = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_NOTADB,
}

# What a lost connection raises on PostgreSQL; the last where the server's goodbye is half read.
CUT_OFF = (
    OSError,
    TimeoutError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
)

# Classes of SQLSTATE: connection, rollback by the server (deadlock), resources, operator, system.
_POSTGRESQL_OUTAGES = ("08", "40", "53", "57", "58", "28", "3D")


def is_outage(error: BaseException) -> bool:
    match error:
        case sqlite3.Error():
            code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK)
            return code & 0xFF in _SQLITE_OUTAGES or "closed database" in str(error)
        case asyncpg.PostgresError():
            return str(error.sqlstate or "").startswith(_POSTGRESQL_OUTAGES)
        case asyncpg.InterfaceError():
            return not isinstance(error, ValueError)  # asyncpg's DataError is one of these
        case _:
            return isinstance(error, OSError | TimeoutError | asyncpg.InternalClientError)


class OutagesTold:
    """A class, not a generator: it stands around every statement."""

    __slots__ = ()

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if isinstance(error, Exception) and is_outage(error):
            raise Unavailable(f"{type(error).__name__}: {error}"[:300]) from error


_TOLD = OutagesTold()


def outages_told() -> OutagesTold:
    """Whatever is an outage inside leaves as Unavailable."""
    return _TOLD
