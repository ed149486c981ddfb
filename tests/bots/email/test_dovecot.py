"""The same poller against a real IMAP server: what a simulator forgives, Dovecot does not."""

import asyncio

import pytest

from bots.email.mailbox import MailboxAccess
from intake.errors import Away
from tests.bots.email.reading import SUPPORT, Reading
from tests.tools.dovecot import Dovecot

MAIL = (
    "From: Olena <olena@firma.example>\r\nTo: {support}\r\nMessage-ID: <{number}@firma>\r\n"
    "Date: Mon, 23 Nov 2026 09:00:00 +0200\r\nSubject: =?utf-8?q?=D0=9F_{number}?=\r\n\r\n"
    "E5 {number}\r\n"
)
DAY = 86_400.0


@pytest.fixture
def dovecot():
    server = Dovecot()
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture
async def reading(dovecot, sqlite, tmp_path):
    access = MailboxAccess(
        host="127.0.0.1",
        port=dovecot.port,
        has_tls=False,
        login=SUPPORT,
        password=dovecot.password,
    )
    found = Reading(access, sqlite, tmp_path / "blobs")
    yield found
    await found.close()


def deliver(dovecot, *numbers, age=0.0):
    for number in numbers:
        dovecot.deliver(MAIL.format(support=SUPPORT, number=number).encode(), age=age)


async def numbers(reading):
    facts = await reading.facts()
    return sorted(int(reading.blobs.read(each["sha256"]).split()[-1]) for each in facts)


async def test_200_mails_come_once_through_push_restart_and_new_uids(dovecot, reading):
    deliver(dovecot, 0, age=2 * DAY)  # before us
    step = await reading.wait_for_news()
    deliver(dovecot, 1)
    async with asyncio.timeout(30):  # pushed: the wait itself takes a minute
        assert await step == 0
    deliver(dovecot, *range(2, 81))
    await reading.steps_until(80)
    step = await reading.wait_for_news()
    dovecot.stop()
    with pytest.raises(Away):
        await reading.on_from(step)
    deliver(dovecot, *range(81, 141))
    dovecot.start()
    await reading.steps_until(140)
    dovecot.forget_uids()  # under an open session
    deliver(dovecot, *range(141, 201))
    await reading.steps_until(200)
    assert await numbers(reading) == list(range(1, 201))
    dovecot.stop()
    dovecot.forget_uids()
    dovecot.start()
    deliver(dovecot, 201)
    await reading.steps_until(201)
    assert await numbers(reading) == list(range(1, 202))
    assert not list(dovecot.folder.glob("Maildir/*/*:2,*S*"))  # none is marked as read
