"""News reaches those who wait, in this process and in others, after the commit and not before."""

import asyncio

import pytest

from store.bell import Bell
from store.database import Database
from store.journal import Journal
from tests.store.cast import envelope, opened

SOON = 10  # seconds that a test waits at most


async def test_a_ring_wakes_who_waits(database):
    waiting = asyncio.create_task(database.bell.wait("inward", SOON))
    await asyncio.sleep(0)
    await Journal(database).accept([envelope(1)])
    assert await waiting


async def test_a_ring_between_two_waits_is_not_lost():
    bell = Bell()
    assert not await bell.wait("inward", 0)
    bell.ring("inward")
    assert await bell.wait("inward", 0)
    assert not await bell.wait("inward", 0)


async def test_a_ring_while_all_are_at_work_is_heard_by_each():
    bell, at_work, rung = Bell(), asyncio.Barrier(3), asyncio.Event()

    async def work():
        await bell.wait("tickets", 0)
        await at_work.wait()
        await rung.wait()
        return await bell.wait("tickets", 0)

    both = [asyncio.create_task(work()) for _ in range(2)]
    await at_work.wait()
    bell.ring("tickets")
    rung.set()
    assert await asyncio.gather(*both) == [True, True]


async def test_listeners_hear_their_topics_only():
    bell = Bell()
    async with bell.listen(["tickets", "ticket:*"]) as rings:
        for topic in ("outward", "ticket:1042", "ticketing", "tickets"):
            bell.ring(topic)
        assert [await anext(rings), await anext(rings)] == ["ticket:1042", "tickets"]


async def test_a_slow_listener_loses_the_oldest_rings_not_the_newest():
    bell = Bell()
    async with bell.listen(["ticket:*"]) as rings:
        for number in range(3_000):
            bell.ring(f"ticket:{number}")
        assert await anext(rings) == "ticket:2000"


async def test_nothing_rings_before_the_commit_or_after_a_rollback(database, store):
    async with database.bell.listen(["ticket:*"]) as rings:
        with pytest.raises(ZeroDivisionError):
            await failing(store)
        ticket = await opened(store)
        assert await anext(rings) == f"ticket:{ticket.id}"


async def failing(store):
    async with store.work() as work:
        work._touch(7)
        raise ZeroDivisionError


@pytest.mark.postgresql
async def test_another_process_hears_rings_and_commits(postgresql, postgresql_template):
    url = postgresql.create("bells", postgresql_template)
    here, there = await Database.open(url), await Database.open(url)
    running = [asyncio.create_task(one.bell.run()) for one in (here, there)]
    try:
        async with there.bell.listen(["inward", "files"]) as rings:
            await until_heard(here, rings)
            await Journal(here).accept([envelope(1)])
            while await asyncio.wait_for(anext(rings), SOON) != "inward":
                pass
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        await here.close()
        await there.close()
        postgresql.drop("bells")


@pytest.mark.postgresql
async def test_a_bell_that_was_cut_off_listens_again(postgresql, postgresql_template, monkeypatch):
    monkeypatch.setattr("store.bell.RECONNECT_WITHIN", 0.01)
    url = postgresql.create("cut_bell", postgresql_template)
    here, there = await Database.open(url), await Database.open(url)
    running = [asyncio.create_task(one.bell.run()) for one in (here, there)]
    try:
        async with there.bell.listen(["files"]) as rings:
            await until_heard(here, rings)
            await here.fetch(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = 'cut_bell' AND query LIKE 'LISTEN%'"
            )
            await until_heard(here, rings)
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        await here.close()
        await there.close()
        postgresql.drop("cut_bell")


async def until_heard(here, rings):
    """Rings again and again, since listening begins at a moment nobody knows."""
    heard = asyncio.create_task(anext(rings))
    async with asyncio.timeout(SOON):
        while not heard.done():
            here.bell.ring("files")
            await asyncio.wait([heard], timeout=0.05)
    assert heard.result() == "files"
