"""Ready is who can keep something, not who can only read."""

import pytest

from intake.errors import Unavailable
from store.database import Database
from store.readiness import Readiness


async def test_a_database_that_takes_what_is_written_is_ready_again_and_again(database):
    readiness = Readiness(database)
    assert await readiness.look()
    assert await readiness.look()


async def test_a_database_without_tables_is_not_ready(tmp_path):
    database = await Database.open(f"sqlite:///{tmp_path}/empty.db")
    assert not await Readiness(database).look()
    await database.close()


async def test_a_database_that_can_only_be_read_is_not_ready(database):
    """As on a full disk, or where a server is the copy of another one."""
    if database.dialect.is_postgresql:
        await database.fetch("SET default_transaction_read_only = on")  # of its one session
    else:
        database.connection.raw.execute("PRAGMA query_only=ON")
    with pytest.raises(Unavailable):
        await Readiness(database).look()
    assert await database.fetch("SELECT 1 AS one")
