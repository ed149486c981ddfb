"""Whose a copy is, and of which version: asked before anything gives way to it.

What a later version has changed in its tables this one would refuse to start with.
"""

import re
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from intake.errors import Conflict, Invalid
from store.migrating import known_migrations

# A table that is in every copy, and in no other program's.
HAS_TICKETS = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'ticket'"
OURS = re.compile(r"CREATE TABLE (\S+\.)?ticket \(")
RECORDED = "SELECT name FROM tortoise_migrations WHERE app = 'store'"
RECORDS = re.compile(r"COPY (?:\S+\.)?tortoise_migrations \((?P<columns>[^)]*)\) FROM stdin;")
END = "\\."  # of the rows in a dump


def check_database(copy: sqlite3.Connection, source: Path) -> None:
    """Raises Invalid for another program's, Conflict for a later version's."""
    if copy.execute(HAS_TICKETS).fetchone() is None:
        raise Invalid("copy_foreign", path=str(source))
    _refuse_later((name for (name,) in copy.execute(RECORDED)), source)


def check_statements(statements: Path, source: Path) -> None:
    """The same of what pg_restore makes of a dump."""
    with statements.open(encoding="utf-8", errors="replace") as lines:
        if not any(map(OURS.match, lines)):
            raise Invalid("copy_foreign", path=str(source))
        lines.seek(0)
        _refuse_later(_recorded(lines), source)


def _recorded(lines: Iterable[str]) -> Iterator[str]:
    """The migrations that the rows of a dump name."""
    rows = iter(lines)
    heading = next(filter(None, map(RECORDS.match, rows)), None)
    names = heading["columns"].split(", ") if heading else []
    for row in rows if heading else ():
        if row.strip() == END:
            return
        cells = dict(zip(names, row.rstrip("\n").split("\t"), strict=True))
        if cells["app"] == "store":
            yield cells["name"]


def _refuse_later(recorded: Iterable[str], source: Path) -> None:
    later = sorted({*recorded} - known_migrations())
    if later:
        raise Conflict("copy_newer", path=str(source), name=later[-1])
