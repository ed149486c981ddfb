"""Tells an outage (the database or its disk is away) from a mistake in what was asked of it.

An outage becomes intake's Unavailable; everything else stays what the driver raised.
"""

import sqlite3
from functools import cache
from types import TracebackType

from intake.errors import TROUBLES, Damaged, DiskAway, Unavailable

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
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_NOTADB,
}

_OF_DISK = {
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
}

_DAMAGES = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}

DISK_FULL = "53100"
# What a later version, or whoever else keeps the tables, has changed beneath us.
_CHANGED = ("no such table", "no such column")
_CHANGED_STATES = ("42501", "42P01", "42703")  # rights, tables, columns
# Classes of SQLSTATE: connection, rollback by the server (deadlock), resources, operator, system;
# of the class of transactions a server that only reads and one that lost patience, with a session
# or a lock; data and indexes that are damaged.
_POSTGRESQL_OUTAGES = (
    *("08", "40", "53", "57", "58", "28", "3D", "25006", "25P03", "55P03", "XX001", "XX002"),
    *_CHANGED_STATES,
)


@cache
def cut_off() -> tuple[type[BaseException], ...]:
    """What a lost connection raises on PostgreSQL; the last where its goodbye is half read."""
    import asyncpg  # type: ignore[import-untyped]

    return (
        OSError,
        TimeoutError,
        asyncpg.PostgresError,
        asyncpg.InterfaceError,
        asyncpg.InternalClientError,
    )


def is_outage(error: BaseException) -> bool:
    match error:
        case sqlite3.Error():
            return _is_sqlite_outage(error)
        case OSError() | TimeoutError():
            return True
        case _:
            is_of_driver = type(error).__module__.startswith("asyncpg.")
            return is_of_driver and _is_postgresql_outage(error)


def _is_sqlite_outage(error: sqlite3.Error) -> bool:
    words = str(error)
    is_gone = words.startswith(_CHANGED) or "closed database" in words
    return is_gone or _code_of(error) in _SQLITE_OUTAGES


def _is_postgresql_outage(error: BaseException) -> bool:
    import asyncpg

    if isinstance(error, asyncpg.PostgresError):
        return str(error.sqlstate or "").startswith(_POSTGRESQL_OUTAGES)
    if isinstance(error, asyncpg.InterfaceError):
        return not isinstance(error, ValueError)  # asyncpg's DataError is one of these
    return isinstance(error, asyncpg.InternalClientError)


def _kind_of(error: Exception) -> type[Unavailable]:
    if isinstance(error, sqlite3.Error) and _code_of(error) in _DAMAGES:
        return Damaged
    return DiskAway if _is_of_disk(error) else Unavailable


def _code_of(error: sqlite3.Error) -> int:
    """The primary one."""
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK) & 0xFF


def _is_of_disk(error: Exception) -> bool:
    if isinstance(error, sqlite3.Error):
        return _code_of(error) in _OF_DISK
    if isinstance(error, OSError):
        return error.errno in TROUBLES
    return getattr(error, "sqlstate", None) == DISK_FULL  # of the server


def _said(error: Exception) -> str:
    """A server that is too late says nothing, and may be quicker than this process of ours."""
    words = str(error) or ("no answer in time" if isinstance(error, TimeoutError) else "")
    return f"{type(error).__name__}: {words}"[:300]


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
            raise _kind_of(error)(_said(error)) from error


_TOLD = OutagesTold()


def outages_told() -> OutagesTold:
    """Whatever is an outage inside leaves as Unavailable."""
    return _TOLD
