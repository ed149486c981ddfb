"""Whoever would replace a database learns who serves it."""

import asyncio
import resource

import pytest

from intake.errors import Conflict, Unavailable
from store import asyncpg_engine
from store.database import Database, postgresql_access, session_name
from store.migrating import migrate
from store.occupancy import occupied, vacant


async def test_a_file_is_served_by_one_and_replaced_by_nobody_meanwhile(sqlite_url):
    with occupied(sqlite_url):
        with pytest.raises(Conflict) as served, occupied(sqlite_url):
            pass
        with pytest.raises(Conflict) as refused:
            async with vacant(sqlite_url):
                pass
    assert served.value.values == refused.value.values == {"names": session_name()}
    async with vacant(sqlite_url):
        with pytest.raises(Conflict), occupied(sqlite_url):
            pass
    with occupied(sqlite_url):
        pass


def test_who_serves_a_file_on_a_disk_that_takes_nothing_is_told_so(sqlite_url):
    had = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, had[1]))
    try:
        with pytest.raises(Unavailable), occupied(sqlite_url):
            pass
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, had)
    with occupied(sqlite_url):
        pass


@pytest.mark.postgresql
async def test_a_session_of_another_process_keeps_a_database_from_being_replaced(postgresql):
    url = postgresql.create("served")
    access = postgresql_access(url) | {"server_settings": {"application_name": "firstline 7 on m"}}
    try:
        session = await asyncpg_engine.connect(**access)
        try:
            with pytest.raises(Conflict) as refused:
                async with vacant(url):
                    pass
            assert refused.value.values == {"names": "firstline 7 on m"}
        finally:
            await session.close()
        async with vacant(url):
            pass
    finally:
        postgresql.drop("served")


@pytest.mark.postgresql
async def test_who_starts_during_a_restore_waits_for_its_end(postgresql):
    url = postgresql.create("restored_slowly")
    database = await Database.open(url)
    try:
        async with vacant(url):
            starting = asyncio.create_task(migrate(database))
            done, _ = await asyncio.wait([starting], timeout=0.3)
            assert not done
        assert await starting
    finally:
        await database.close()
        postgresql.drop("restored_slowly")
