"""`firstline people`: brings lists of people into the directory, and writes it out."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO

import click

from desk.people.ldap import read_people
from desk.people.rows import Home
from desk.people.table import read_table, write_table
from desk.places import open_database
from desk.runtime import SystemClock
from desk.settings import Settings, load
from intake.errors import Invalid
from intake.importing import Plan, Told
from intake.wording import Wording
from store.database import Database
from store.importing import Importing, all_employees
from store.migrating import migrate

CSV, LDAP = "csv", "ldap"
Same = Mapping[str, bool]  # by id, whether it is still the same person's


async def bring_file(
    path: Path, encoding: str, *, is_whole: bool, is_trial: bool, same: Same
) -> None:
    """Raises Invalid for a file that can't be read as a list of people."""
    settings = load()
    with _told_of(path):
        table = read_table(_content(path), encoding, home_of(settings))
    rows = _confirmed(table.rows, same)
    planned = await bring(settings, rows, CSV, is_whole=is_whole, is_trial=is_trial)
    report(settings, planned, is_trial=is_trial, unread=table.unread)


async def bring_ldap(*, is_whole: bool, is_trial: bool, same: Same) -> None:
    """Raises Invalid, Unavailable."""
    settings = load()
    found = await read_people(settings.ldap, home_of(settings))
    rows = _confirmed(found.rows, same)
    planned = await bring(settings, rows, LDAP, is_whole=is_whole, is_trial=is_trial)
    report(settings, planned, is_trial=is_trial, labels=found.labels)


async def write_out(path: Path | None) -> None:
    """Onto the terminal where no file is named."""
    settings = load()
    database = await _opened(settings)
    try:
        text = write_table(await all_employees(database))
    finally:
        await database.close()
    target: IO[str]
    with _told_of(path), click.open_file(str(path or "-"), "w", "utf-8") as target:
        target.write(text)


async def bring(
    settings: Settings, rows: Sequence[Told], source: str, *, is_whole: bool, is_trial: bool
) -> Plan:
    database = await _opened(settings)
    try:
        importing = Importing(database, SystemClock())
        return await importing.run(rows, source, is_whole=is_whole, is_trial=is_trial)
    finally:
        await database.close()


def home_of(settings: Settings) -> Home:
    return Home(language=settings.desk.language, country=settings.desk.home)


def report(settings: Settings, planned: Plan, **more: object) -> None:
    """With `is_trial`; of a file the `unread` headers, of LDAP the `labels` of its entries."""
    wording = Wording(settings.desk.hours.zone)
    values = {"unread": (), "labels": (), "plan": planned, **more}
    click.echo(wording.report("people", settings.desk.language, values))


def _confirmed(rows: Sequence[Told], same: Same) -> Sequence[Told]:
    return [replace(one, is_same=same.get(one.external_id)) for one in rows]


def _content(path: Path) -> bytes:
    return path.read_bytes()


@contextmanager
def _told_of(path: Path | None) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Invalid("people_file", path=str(path), reason=reason) from error


async def _opened(settings: Settings) -> Database:
    database = await open_database(settings)
    await migrate(database)
    return database
