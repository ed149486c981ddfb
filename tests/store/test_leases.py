"""One owner at a time, and a successor when the owner is gone."""

import asyncio

from store.leases import Leases


async def pass_by(database, seconds):
    """As if so much time had gone since the leases were taken."""
    async with database.transaction() as session:
        sql = "UPDATE lease SET expires_at = expires_at - $1"
        await session.execute(sql, seconds * 1_000_000)


async def test_a_lease_is_held_renewed_and_taken_over_when_it_is_over(database):
    leases = Leases(database)
    assert await leases.take("telegram:7", "one", 30)
    await pass_by(database, 20)
    assert not await leases.take("telegram:7", "two", 30)
    assert await leases.take("telegram:7", "one", 30)
    await pass_by(database, 20)
    assert not await leases.take("telegram:7", "two", 30)
    await pass_by(database, 10)
    assert await leases.take("telegram:7", "two", 30)
    assert not await leases.take("telegram:7", "one", 30)


async def test_a_lease_runs_out_by_the_clock_of_the_database(database):
    """Nobody tells it the time, so whose clock is fast holds no longer than the others."""
    now = f"SELECT {database.dialect.now} AS now"
    before = (await database.fetch_one(now))["now"]
    await Leases(database).take("telegram:7", "one", 30)
    lease = await database.fetch_one("SELECT expires_at FROM lease")
    after = (await database.fetch_one(now))["now"]
    assert before <= lease["expires_at"] - 30_000_000 <= after


async def test_a_released_lease_is_free_and_only_its_owner_releases_it(database):
    leases = Leases(database)
    await leases.take("telegram:7", "one", 30)
    await leases.release("telegram:7", "two")
    assert not await leases.take("telegram:7", "two", 30)
    await leases.release("telegram:7", "one")
    assert await leases.take("telegram:7", "two", 30)


async def test_of_many_who_want_a_lease_at_once_one_gets_it(database):
    leases = Leases(database)
    taken = await asyncio.gather(*(leases.take("mail:it", str(owner), 30) for owner in range(8)))
    assert sum(taken) == 1


async def test_a_lease_tells_whose_it_is(database):
    leases = Leases(database)
    assert await leases.owner("telegram:7") == ""
    await leases.take("telegram:7", "one", 30)
    assert await leases.owner("telegram:7") == "one"
