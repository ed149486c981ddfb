"""What was committed is carried into the database beside the commits, never instead of them."""

import asyncio

import pytest

from store.database import Database
from store.journal import Journal
from store.sqlite_connection import CHECKPOINT_AFTER
from tests.store.cast import envelope


@pytest.fixture
async def small(sqlite_url):
    """A database on SQLite, its writing connection and its journal."""
    database = await Database.open(sqlite_url)
    yield database.connection, Journal(database)
    await database.close()


async def accept(journal, first, count):
    await journal.accept([envelope(number) for number in range(first, first + count)])


async def carried(connection):
    """Waits for the checkpoint under way; pages in the log, and how many were carried over."""
    await asyncio.wrap_future(connection._checkpoints._running)
    _, in_log, done = connection.raw.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    return in_log, done


async def test_few_changes_start_none(small):
    connection, journal = small
    await accept(journal, 1, CHECKPOINT_AFTER // 2)
    assert connection._checkpoints._running is None


async def test_many_changes_are_carried_over_by_another_thread(small):
    connection, journal = small
    before = connection.path.stat().st_size
    await accept(journal, 1, CHECKPOINT_AFTER)
    await asyncio.wrap_future(connection._checkpoints._running)
    assert connection.path.stat().st_size > before + 100_000


async def test_commits_go_on_while_one_is_made(small):
    connection, journal = small
    await accept(journal, 1, CHECKPOINT_AFTER)
    await accept(journal, CHECKPOINT_AFTER + 1, 10)
    in_log, done = await carried(connection)
    assert in_log == done


async def test_the_log_starts_over_once_all_is_carried(small):
    connection, journal = small
    log = connection.path.with_name(connection.path.name + "-wal")
    sizes = []
    for round_ in range(4):
        await accept(journal, round_ * CHECKPOINT_AFTER + 1, CHECKPOINT_AFTER)
        await asyncio.wrap_future(connection._checkpoints._running)
        sizes.append(log.stat().st_size)
    assert sizes[-1] < 2 * sizes[0]
