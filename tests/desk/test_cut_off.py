"""A process dies with mails claimed: only those whose text was on the wire are unknown."""

import asyncio
import re
from collections import Counter

import pytest

from bots.email.send import CONNECTIONS
from desk import mailbox
from desk.channels import EmailSettings
from desk.settings import Settings
from desk.wiring import build_desk
from intake.messages import Address
from intake.speech import NewDelivery, Text

MAILS = 12


class Silent:
    """Takes mails and tells nobody, until it is released."""

    def __init__(self):
        self.texts, self.has_come, self.may_answer = [], asyncio.Event(), asyncio.Event()

    async def serve(self, reader, writer):
        writer.write(b"220 hi\r\n")
        while line := await reader.readline():
            word = line.split()[0].upper()
            writer.write(
                {b"DATA": b"354 go\r\n", b"QUIT": b"221 bye\r\n"}.get(word, b"250 ok\r\n")
            )
            if word == b"DATA":
                try:
                    text = await reader.readuntil(b"\r\n.\r\n")
                except asyncio.IncompleteReadError:
                    break  # cut off before its text came
                self.texts += re.findall(rb"^To: (.*?)\r", text, re.MULTILINE)
                self.has_come.set()
                await self.may_answer.wait()
                writer.write(b"250 taken\r\n")
        writer.close()

    async def have_come(self, count):
        while len(self.texts) < count:
            self.has_come.clear()
            await self.has_come.wait()


@pytest.fixture
async def silent():
    """The server, and where it listens."""
    speaking = Silent()
    server = await asyncio.start_server(speaking.serve, "127.0.0.1", 0)
    async with server:
        yield speaking, server.sockets[0].getsockname()[1]


@pytest.fixture
async def desk(store_url, tmp_path, silent):
    email = EmailSettings(
        address="support@firma.example",
        imap_host="127.0.0.1",
        smtp_host="127.0.0.1",
        smtp_port=silent[1],
        smtp_tls="none",
    )
    built = await build_desk(Settings(folder=tmp_path / "var", database=store_url, email=email))
    yield built
    await built.close()


def outward(desk):
    account = desk.mail_account
    return desk.outward("email", account, mailbox.sender(desk))


async def post(desk):
    account = desk.mail_account
    async with desk.store.work() as work:
        for number in range(MAILS):
            person = f"person{number:02}@firma.example"
            address = Address(channel="email", account=account, external_id=person)
            await work.post(NewDelivery(address=address, body=Text(text="Ok"), subject="Printer"))


async def states(desk):
    return Counter(row["state"] for row in await desk.database.fetch("SELECT state FROM delivery"))


async def test_mails_that_were_only_claimed_are_sent_after_the_crash_and_once(desk, silent):
    server, _ = silent
    await post(desk)
    dying, heir = outward(desk), outward(desk)
    async with asyncio.timeout(20):
        await dying.step()
        await server.have_come(CONNECTIONS)
        assert await states(desk) == {"sending": MAILS}
        assert await heir.recover() == MAILS
        assert await states(desk) == {"unknown": CONNECTIONS, "waiting": MAILS - CONNECTIONS}
        server.may_answer.set()
        await dying.finish()  # it lives after all: what it had only claimed is no longer its own
        assert len(server.texts) == CONNECTIONS
        while await heir.step():
            pass
    assert await states(desk) == {"accepted": MAILS}
    assert max(Counter(server.texts).values()) == 1
    assert len(server.texts) == MAILS
