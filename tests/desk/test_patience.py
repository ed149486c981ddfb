"""What is away is tried again ever more slowly, and fills no log."""

import asyncio

import pytest
import structlog

from bots.failures import NotSent
from desk.runtime import LONGEST_PAUSE, Runtime
from intake.errors import Away, DiskAway, OutOfReach, Unavailable


class Pauses:
    """Ends the loop after some of them, and keeps how long each was."""

    def __init__(self, most):
        self.most, self.taken = most, []

    async def rest(self, seconds):
        self.taken.append(seconds)
        if len(self.taken) == self.most:
            raise asyncio.CancelledError


async def failed(error, most=8):
    """The pauses and lines of a loop whose every step ends so."""
    pauses = Pauses(most)

    async def step():
        raise error

    runtime = Runtime(None, None, "one", rest=pauses.rest)
    with structlog.testing.capture_logs() as lines, pytest.raises(asyncio.CancelledError):
        await runtime.repeat_interruptible(step, name="telegram in")
    return pauses.taken, lines


@pytest.mark.parametrize(
    "error", [Away("nobody there"), NotSent("ClientConnectorError"), Unavailable("disk full")]
)
async def test_what_is_away_costs_one_line_a_try_that_says_why_and_when_next(error):
    pauses, lines = await failed(error)
    assert len(lines) == len(pauses)
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST_PAUSE > pauses[0]
    for pause, line in zip(pauses, lines, strict=True):
        assert (line["loop"], line["reason"], line["next_in"]) == (
            "telegram in",
            str(error),
            pause,
        )
        assert line["log_level"] == "warning"
        assert "exc_info" not in line


@pytest.mark.parametrize(
    ("error", "event"),
    [
        (Unavailable("TimeoutError: no answer in time"), "database away"),
        (DiskAway("No space left on device"), "disk away"),
        (OutOfReach("Input/output error"), "file away"),
        (Away("nobody there"), "nobody answers"),
    ],
)
async def test_the_line_names_what_is_away(error, event):
    _, lines = await failed(error, most=1)
    assert [line["event"] for line in lines] == [event]


async def test_what_nobody_expected_shows_where_it_came_from():
    error = KeyError("surprise")
    _, lines = await failed(error, most=2)
    assert [line["exc_info"] for line in lines] == [error, error]


async def test_what_is_to_be_done_once_is_done_once_whatever_came_before():
    pauses, tries = Pauses(9), []

    async def tell():
        tries.append(len(pauses.taken))
        if len(tries) < 3:
            raise Away("nobody there")

    await Runtime(None, None, "one", rest=pauses.rest).until_done(tell, name="telegram webhook")
    assert tries == [0, 1, 2]


class Told:
    """A bell that rings whenever anybody waits."""

    async def wait(self, topic, within):
        return True


async def test_news_gathers_before_a_step_that_is_cheaper_for_many():
    pauses, done = Pauses(1), iter([50, 0])

    async def step():
        return next(done)

    runtime = Runtime(Told(), None, "one", rest=pauses.rest)
    with pytest.raises(asyncio.CancelledError):
        await runtime.repeat(step, topic="tickets", poll_within=1, gathering=0.5)
    assert pauses.taken == [0.5]
