"""A mail that can't be received now, or need not be, holds up nobody else."""

import errno
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from intake.errors import Needless, NotYet, OutOfReach, Unavailable, Unreadable
from intake.flow.inward import UNLIMITED, Inward
from intake.messages import Envelope

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
DISK_ERRORS = [
    Unavailable("PermissionError"),
    OSError(errno.ENOSPC, "No space left on device"),
    OSError(errno.EIO, "Input/output error"),
]


class Clock:
    def now(self):
        return NOW


class Work:
    """Two envelopes wait; remembers how they ended."""

    def __init__(self, *envelopes):
        self.envelopes = envelopes
        self.ended = {}
        self.is_open = False

    @asynccontextmanager
    async def work(self):
        self.is_open = True
        yield self
        self.is_open = False

    @asynccontextmanager
    async def savepoint(self):
        yield

    async def take_envelopes(self, _now, _limit):
        return self.envelopes

    async def begin_envelopes(self, envelopes, until):
        self.begun = [envelope.id for envelope in envelopes]

    async def take_begun(self, _envelopes):
        return [one for one in self.envelopes if one.id in self.begun]

    async def finish_envelope(self, envelope):
        self.ended[envelope.id] = "done"

    async def postpone_envelope(self, envelope, _reason, _next_try_at):
        self.ended[envelope.id] = "postponed"

    async def hold_envelope(self, envelope, _reason, next_try_at):
        self.ended[envelope.id] = next_try_at - NOW

    async def quarantine_envelope(self, envelope, _reason):
        self.ended[envelope.id] = "quarantined"

    async def file_envelope(self, envelope, reason, _now):
        self.ended[envelope.id] = f"filed: {reason}"


def an_envelope(number, *, waited=0, attempts=0):
    return Envelope(
        id=number,
        channel="email",
        account="support@firma.example",
        key=str(number),
        conversation=str(number),
        payload=b"{}",
        received_at=NOW - timedelta(seconds=waited),
        attempts=attempts,
    )


def received(work, error, limit=UNLIMITED):
    """Inward, for which the first mail is one that ends so."""

    def translate(envelope):
        if envelope.id == 1 and error:
            raise error
        return ()

    return Inward(
        store=work,
        translators={"email": translate},
        deciding=None,
        effects=None,
        clock=Clock(),
        reading_limit=limit,
    )


@pytest.mark.parametrize(
    ("error", "end"),
    [
        (Unavailable("PermissionError"), timedelta(seconds=2)),
        (ValueError("who knows"), "postponed"),
        (Needless("a report of no mail of ours"), "filed: a report of no mail of ours"),
    ],
)
async def test_what_the_first_mail_is_kept_for_is_its_own_affair(error, end):
    work = Work(an_envelope(1), an_envelope(2))
    assert await received(work, error).step() == 2
    assert work.ended == {1: end, 2: "done"}


@pytest.mark.parametrize("error", [*DISK_ERRORS, NotYet("a send has not ended")])
@pytest.mark.parametrize(("waited", "pause"), [(0, 2), (8, 8), (86_400, 60)])
async def test_a_disk_that_is_away_and_what_has_not_ended_are_waited_for_however_long(
    error, waited, pause
):
    work = Work(an_envelope(1, waited=waited, attempts=2))
    await received(work, error).step()
    assert work.ended == {1: timedelta(seconds=pause)}


@pytest.mark.parametrize(
    "error",
    [
        ValueError("no"),
        OSError(errno.EOVERFLOW, "so late a date"),
        OutOfReach("IsADirectoryError"),
    ],
)
async def test_what_the_content_does_counts_towards_quarantine(error):
    work = Work(an_envelope(1, attempts=2))
    await received(work, error).step()
    assert work.ended == {1: "quarantined"}


async def test_what_is_broken_off_while_it_is_read_is_for_a_person_to_see():
    @contextmanager
    def short():
        yield
        raise Unreadable("reading it took too long")

    work = Work(an_envelope(1))
    await received(work, None, short()).step()
    assert work.ended == {1: "quarantined"}


@pytest.mark.parametrize("waited", [0, 10])
async def test_what_waits_for_long_is_read_while_no_transaction_is_open(waited):
    work, read = Work(an_envelope(1, waited=waited), an_envelope(2, waited=waited)), []

    def translate(envelope):
        read.append((envelope.id, work.is_open))
        return ()

    inward = replace(received(work, None), translators={"email": translate})
    assert await inward.step() == 2
    assert read == [(1, not waited), (2, not waited)]
    assert work.ended == {1: "done", 2: "done"}
