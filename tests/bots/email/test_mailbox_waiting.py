"""Waiting for mail: news that came while the wait began are news too."""

import asyncio
from threading import Event

import pytest

from bots.email.mailbox import Mailbox
from simulators import mail_imap
from simulators.mail_imap import ImapSession
from tests.conftest import Clock


@pytest.fixture
async def mailbox(access):
    box = Mailbox(access)
    await asyncio.to_thread(box.open)
    yield box
    await asyncio.to_thread(box.close)


async def test_a_mail_between_search_and_wait_ends_the_wait_at_once(server, mailbox):
    await asyncio.to_thread(mailbox.start_of, None, Clock().now())
    server.write("olena@firma.example", "Принтер", "не друкує")
    async with asyncio.timeout(2):
        await asyncio.to_thread(mailbox.wait, 8.0, Event())


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
    async with asyncio.timeout(2):
        await asyncio.to_thread(mailbox.wait, 8.0, Event())


async def test_without_mail_the_wait_ends_when_it_is_told_to(mailbox):
    stop = Event()
    stop.set()
    async with asyncio.timeout(2):
        await asyncio.to_thread(mailbox.wait, 8.0, stop)


async def test_a_server_without_idle_is_searched_again_soon(access, monkeypatch):
    monkeypatch.setattr(mail_imap, "CAPABILITIES", "IMAP4rev1")
    box, stop = Mailbox(access), Event()
    await asyncio.to_thread(box.open)
    waiting = asyncio.create_task(asyncio.to_thread(box.wait, 8.0, stop))
    stop.set()
    async with asyncio.timeout(2):
        await waiting
    await asyncio.to_thread(box.close)
