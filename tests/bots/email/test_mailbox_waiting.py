"""Waiting for mail: news that came while the wait began are news too."""

import asyncio
from threading import Event

import pytest

from bots.email.mailbox import SEARCH_PAUSE, Mailbox
from simulators import mail_imap
from simulators.mail_imap import ImapSession
from tests.conftest import Clock

LONG, LONGER = 8.0, 60.0  # seconds that nobody waits for who hears the news


@pytest.fixture
async def mailbox(access):
    box = Mailbox(access)
    await asyncio.to_thread(box.open)
    yield box
    await asyncio.to_thread(box.close)


async def test_a_mail_between_search_and_wait_ends_the_wait_at_once(server, mailbox):
    await asyncio.to_thread(mailbox.start_of, None, Clock().now())
    server.write("olena@firma.example", "Принтер", "не друкує")
    assert await asyncio.to_thread(mailbox.wait, LONG, Event())


async def test_news_in_one_piece_with_the_answer_end_the_wait_at_once(
    server, mailbox, monkeypatch
):
    say = ImapSession._say
    held = []

    def say_together(session, line):
        held.append(line if isinstance(line, bytes) else line.encode())
        if held != [b"+ idling"]:
            say(session, b"\r\n".join(held))
            held.clear()

    monkeypatch.setattr(ImapSession, "_say", say_together)
    server.write("olena@firma.example", "Принтер", "не друкує")
    assert await asyncio.to_thread(mailbox.wait, LONG, Event())


class Told(Event):
    """Set from the beginning; remembers how often it was looked at, and how long waited for."""

    def __init__(self):
        super().__init__()
        self.set()
        self.looks, self.waits = 0, []

    def is_set(self):
        self.looks += 1
        return super().is_set()

    def wait(self, timeout=None):
        self.waits.append(timeout)
        return super().wait(timeout)


async def test_without_mail_the_wait_ends_when_it_is_told_to(mailbox):
    stop = Told()
    assert not await asyncio.to_thread(mailbox.wait, LONG, stop)
    assert stop.looks == 1


async def test_a_server_without_idle_is_searched_again_soon(access, monkeypatch):
    monkeypatch.setattr(mail_imap, "CAPABILITIES", "IMAP4rev1")
    box, stop = Mailbox(access), Told()
    await asyncio.to_thread(box.open)
    for within in (LONG, LONGER):
        assert not await asyncio.to_thread(box.wait, within, stop)
    await asyncio.to_thread(box.close)
    assert stop.waits == [LONG, SEARCH_PAUSE]
