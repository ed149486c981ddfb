"""A mail whose file can't be read holds up nobody else."""

from contextlib import asynccontextmanager
from datetime import UTC, datetime

from intake.errors import Unavailable
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


def translate(envelope):
    if envelope.id == 1:
        raise Unavailable("PermissionError")
    return ()


async def test_an_unreadable_file_postpones_its_own_mail_only():
    work = Work()
    inward = Inward(
        store=work,
        translators={"email": translate},
        dialogue=None,
        effects=None,
        clock=Clock(),
    )
    assert await inward.step() == 2
    assert work.ended == {1: "postponed", 2: "done"}
