"""A lease through an outage: what it guards goes on when the database is back."""

import asyncio
import gc
import sys
from functools import partial

import pytest
import structlog

from desk import runtime
from desk.owners import own_name
from desk.runtime import Runtime
from intake.errors import Unavailable


class Leases:
    """Away as long as it is told to be."""

    def __init__(self):
        self.is_away = False
        self.missed = asyncio.Event()  # somebody has looked for them meanwhile

    async def take(self, *_):
        self._check()
        return True

    async def release(self, *_):
        self._check()

    async def owner(self, _):
        self._check()
        return ""

    def _check(self):
        if self.is_away:
            self.missed.set()
            raise Unavailable("away")


class Taken(Leases):
    """By somebody else, until it is released for them."""

    def __init__(self, owner):
        super().__init__()
        self.by = owner

    async def take(self, _, owner, __):
        self.by = self.by or owner
        self.missed.set()
        return self.by == owner

    async def owner(self, _):
        return self.by

    async def release(self, _, owner):
        if self.by == owner:
            self.by = ""


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


async def test_a_step_that_fails_when_its_lease_is_lost_is_one_line_in_the_log(monkeypatch):
    monkeypatch.setattr(runtime, "GRACE", 0.02)
    leases, began, ends = Leases(), asyncio.Event(), asyncio.Event()

    async def step():
        began.set()
        await ends.wait()
        raise Unavailable("TimeoutError: no answer in time")

    complaints = []
    asyncio.get_running_loop().set_exception_handler(lambda _, told: complaints.append(told))
    held = Runtime(None, leases, "one")
    send = partial(together_with_itself, partial(held.repeat, step, topic="out", poll_within=1))
    with structlog.testing.capture_logs() as lines:
        held.start("work", lambda: held.hold("telegram:7:out", send))
        async with asyncio.timeout(5):
            await began.wait()
            leases.is_away = True
            await leases.missed.wait()
        ends.set()
        await held.stop()
    gc.collect()
    assert not complaints
    told = [line for line in lines if line["event"] == "database away"]
    assert [(line["loop"], line["reason"]) for line in told] == [
        ("out", "TimeoutError: no answer in time")
    ] * 2


async def together_with_itself(body):
    await runtime.together(body(), body())


async def test_who_waits_takes_over_at_once_from_the_dead_of_this_machine():
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", "from desk.owners import own_name; print(own_name())",
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    said, _ = await child.communicate()
    leases, began = Taken(said.decode().strip()), asyncio.Event()

    async def work():
        began.set()
        await asyncio.Event().wait()

    held = Runtime(None, leases, own_name())
    held.start("work", lambda: held.hold("telegram:7:in", work))
    async with asyncio.timeout(5):
        await began.wait()
    await held.stop()


async def test_who_waits_leaves_alone_what_the_living_hold():
    leases = Taken(own_name())
    held = Runtime(None, leases, "one")
    held.start("work", lambda: held.hold("telegram:7:in", asyncio.Event().wait))
    async with asyncio.timeout(5):
        for _ in range(3):
            leases.missed.clear()
            await leases.missed.wait()
    await held.stop()
    assert leases.by != "one"
