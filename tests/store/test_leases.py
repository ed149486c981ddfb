"""One owner at a time, and a successor when the owner is gone."""

import asyncio
from datetime import timedelta

from store.leases import Leases
from tests.store.cast import NOW


async def test_a_lease_is_held_renewed_and_taken_over_when_it_is_over(database):
    leases = Leases(database)
    assert await leases.take("telegram:7", "one", NOW, 30)
    assert not await leases.take("telegram:7", "two", NOW + timedelta(seconds=29), 30)
    assert await leases.take("telegram:7", "one", NOW + timedelta(seconds=20), 30)
    assert not await leases.take("telegram:7", "two", NOW + timedelta(seconds=49), 30)
    assert await leases.take("telegram:7", "two", NOW + timedelta(seconds=50), 30)
    assert not await leases.take("telegram:7", "one", NOW + timedelta(seconds=51), 30)


async def test_a_released_lease_is_free_and_only_its_owner_releases_it(database):
    leases = Leases(database)
    await leases.take("telegram:7", "one", NOW, 30)
    await leases.release("telegram:7", "two")
    assert not await leases.take("telegram:7", "two", NOW, 30)
    await leases.release("telegram:7", "one")
    assert await leases.take("telegram:7", "two", NOW, 30)


async def test_of_many_who_want_a_lease_at_once_one_gets_it(database):
    leases = Leases(database)
    taken = await asyncio.gather(
        *(leases.take("mail:it", str(owner), NOW, 30) for owner in range(8))
    )
    assert sum(taken) == 1
