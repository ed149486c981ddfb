"""A process that is held up says so, and blames nobody else."""

import asyncio

import pytest
import structlog

from desk.lag import LATELY, Lag
from desk.runtime import Runtime
from intake.errors import Unavailable


class Time:
    """Passes by what a rest takes, and by what holds the loop up meanwhile."""

    def __init__(self, *held_up):
        self.moment, self.held_up = 1000.0, list(held_up)

    def now(self):
        return self.moment

    async def rest(self, seconds):
        if not self.held_up:
            raise asyncio.CancelledError
        self.moment += seconds + self.held_up.pop(0)


async def test_the_longest_time_of_late_counts_for_a_while():
    time = Time(0.0, 3.0, 0.2)
    lag = Lag(time.rest, time.now)
    with pytest.raises(asyncio.CancelledError):
        await lag.watch()
    assert lag.worst() == 3.0
    time.moment += LATELY
    assert lag.worst() == 0.0
    lag.note(0.1)
    assert lag.worst() == 0.1


@pytest.mark.parametrize(
    ("held_up", "cause", "event"),
    [
        (4.0, TimeoutError(), "held up, by itself or by other processes"),
        (0.2, TimeoutError(), "database away"),
        (4.0, ConnectionRefusedError(), "database away"),
    ],
)
async def test_a_late_answer_is_the_databases_fault_only_where_somebody_listened(
    held_up, cause, event
):
    async def step():
        raise Unavailable("too late") from cause

    runtime = Runtime(None, None, "one", rest=Time().rest)
    runtime.lag.note(held_up)
    with structlog.testing.capture_logs() as lines, pytest.raises(asyncio.CancelledError):
        await runtime.repeat_interruptible(step, name="inward")
    assert [(line["event"], line["reason"]) for line in lines] == [(event, "too late")]
