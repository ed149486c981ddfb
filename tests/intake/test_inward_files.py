"""A mail that can't be received now, or need not be, holds up nobody else."""

from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from intake.errors import Needless, Unavailable
from intake.inward import Inward
from intake.messages import Envelope


class Clock:
    def now(self):
        return datetime(2026, 11, 23, 9, tzinfo=UTC)


class Work:
    """Two envelopes wait; remembers how they ended."""

    def __init__(self):
        self.ended = {}

    @asynccontextmanager
    async def work(self):
        yield self

    @asynccontextmanager
    async def savepoint(self):
        yield

    async def take_envelopes(self, _now, _limit):
        return [an_envelope(1), an_envelope(2)]

    async def finish_envelope(self, envelope):
        self.ended[envelope.id] = "done"

    async def postpone_envelope(self, envelope, _reason, _next_try_at):
        self.ended[envelope.id] = "postponed"

    async def file_envelope(self, envelope, reason, _now):
        self.ended[envelope.id] = f"filed: {reason}"


def an_envelope(number):
    return Envelope(
        id=number,
        channel="email",
        account="support@firma.example",
        key=str(number),
        conversation=str(number),
        payload=b"{}",
        received_at=Clock().now(),
    )


@pytest.mark.parametrize(
    ("error", "end"),
    [
        (Unavailable("PermissionError"), "postponed"),
        (Needless("a report of no mail of ours"), "filed: a report of no mail of ours"),
    ],
)
async def test_what_the_first_mail_is_kept_for_is_its_own_affair(error, end):
    def translate(envelope):
        if envelope.id == 1:
            raise error
        return ()

    work = Work()
    inward = Inward(
        store=work,
        translators={"email": translate},
        dialogue=None,
        effects=None,
        clock=Clock(),
    )
    assert await inward.step() == 2
    assert work.ended == {1: end, 2: "done"}
