"""A lease through an outage: what it guards goes on when the database is back."""

import asyncio

import pytest

from desk import runtime
from desk.runtime import Runtime
from intake.errors import Unavailable


class Leases:
    """Away as long as it is told to be."""

    def __init__(self):
        self.is_away = False

    async def take(self, *_):
        self._check()
        return True

    async def release(self, *_):
        self._check()

    def _check(self):
        if self.is_away:
            raise Unavailable("away")


@pytest.fixture(autouse=True)
def _impatient(monkeypatch):
    monkeypatch.setattr(runtime, "LEASE_WITHIN", 0.02)


async def test_the_work_under_a_lease_begins_again_after_an_outage():
    leases, began, ended = Leases(), asyncio.Event(), asyncio.Event()

    async def work():
        began.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    held = Runtime(None, leases, "one")
    held.start("work", lambda: held.hold("telegram:7:out", work))
    async with asyncio.timeout(5):
        await began.wait()
        leases.is_away = True
        await ended.wait()
        began.clear()
        leases.is_away = False
        await began.wait()
    await held.stop()
