"""What takes too much of the CPU is broken off, wherever it is; nothing else is."""

import asyncio
import re
from contextlib import suppress

import pytest
import uvloop

from desk.limits import CpuLimit
from intake.errors import Unreadable

BACKTRACKING = re.compile(r"(?:a+)+b")
ENDLESS = "a" * 40  # the pattern would try for hours


def search_in_vain():
    with CpuLimit(0.1):
        BACKTRACKING.match(ENDLESS)


@pytest.mark.parametrize("new_loop", [asyncio.new_event_loop, uvloop.new_event_loop])
def test_a_search_without_end_is_broken_off_on_the_event_loop(new_loop):
    async def work():
        with pytest.raises(Unreadable):
            search_in_vain()
        await asyncio.sleep(0)
        return "goes on"

    with asyncio.Runner(loop_factory=new_loop) as runner:
        assert runner.run(work()) == "goes on"


def test_what_swallows_the_first_signal_is_broken_off_by_the_next():
    def stubborn():
        with CpuLimit(0.1):
            with suppress(Unreadable):
                BACKTRACKING.match(ENDLESS)
            BACKTRACKING.match(ENDLESS)

    with pytest.raises(Unreadable):
        stubborn()


def test_after_its_block_nothing_is_broken_off():
    with CpuLimit(0.05):
        found = 1
    for number in range(3_000_000):
        found += number
    assert found


def test_of_two_limits_each_is_heard_after_the_other():
    one, other = CpuLimit(0.1), CpuLimit(0.1)
    for limit in (one, other, one):
        with pytest.raises(Unreadable), limit:
            BACKTRACKING.match(ENDLESS)
