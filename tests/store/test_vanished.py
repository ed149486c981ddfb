"""A process that stands still in the middle of a transaction does not keep others waiting."""

import asyncio

import pytest

from intake.errors import Unavailable
from store import database as opening
from store.database import Database

HOLD = "SELECT pg_advisory_xact_lock(17)"


async def stand_still(vanished, living):
    """One holds the lock and says no more; returns when the other has got it."""
    async with vanished.transaction() as session:
        await session.fetch(HOLD)
        async with asyncio.timeout(5), living.transaction() as other:
            await other.fetch(HOLD)


@pytest.mark.postgresql
async def test_what_a_vanished_process_holds_is_free_after_a_while(postgresql, monkeypatch):
    monkeypatch.setattr(opening, "IDLE_WITHIN", "100ms")
    url = postgresql.create("vanished")
    vanished, living = await Database.open(url), await Database.open(url)
    try:
        with pytest.raises(Unavailable):  # the one that stood still finds its transaction gone
            await stand_still(vanished, living)
    finally:
        await vanished.close()
        await living.close()
        postgresql.drop("vanished")
