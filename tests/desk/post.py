"""A desk with a mailbox and no server: mails are put where the mailbox's would be."""

from contextlib import asynccontextmanager
from dataclasses import replace

import orjson

from desk import mailbox
from desk.channels import EmailSettings
from desk.settings import Settings
from desk.wiring import build_desk
from intake.flow.pace import Pace
from intake.messages import Envelope
from intake.tickets import Author
from tests.desk.phone import FREE

OURS, OLENA, PETRO = "support@firma.example", "olena@firma.example", "petro@firma.example"
MINUTE = 60  # seconds


@asynccontextmanager
async def a_desk(folder, database, smtp_port=1, **more):
    mail = EmailSettings(
        address=OURS,
        imap_host="127.0.0.1",
        imap_port=1,
        smtp_host="127.0.0.1",
        smtp_port=smtp_port,
        smtp_tls="none",
        password="x",
        vouching_server="mx.firma.example",
    )
    desk = await build_desk(Settings(folder=folder, database=database, email=mail, **more))
    yield desk
    await desk.close()


def a_mailbox(server, folder, address=OURS, **more):
    """The settings of a desk whose mailbox is that of a simulated server."""
    mail = EmailSettings(
        address=address,
        imap_host=server.host,
        imap_port=server.imap_port,
        imap_tls=False,
        smtp_host=server.host,
        smtp_port=server.smtp_port,
        smtp_tls="none",
        password=server.password,
    )
    return Settings(folder=folder, email=mail, **more)


class MailDesk:
    """A whole desk with one mailbox, worked by hand."""

    def __init__(self, desk, address, executor):
        self.desk = desk
        self.poller = mailbox.poller(desk, executor)
        self.outward = replace(
            desk.outward("email", address, mailbox.sender(desk)),
            pace=Pace(account=FREE, address=FREE),
        )

    async def work(self):
        await self.poller.step()
        while await self.desk.inward.step() or await self.outward.step():
            pass

    async def tickets(self):
        return (await self.desk.listing.tickets("all", 0)).lines

    async def said(self, number):
        """By people, not by the bot."""
        timeline = await self.desk.listing.timeline(number)
        return [entry for entry in timeline if entry.author is Author.REQUESTER and entry.text]


class Post:
    """Mails as the mailbox brings them."""

    def __init__(self, desk, clock):
        self.desk, self.clock = desk, clock
        clock.moment = desk.clock.now()  # by which what it says is posted
        self.inward = replace(desk.inward, clock=clock)

    async def bring(self, sender, subject, above="", body="\r\nIt does not work.\r\n"):
        """Returns where its bytes lie. `above`: what servers on its way have written."""
        raw = f"{above}From: {sender}\r\nTo: {OURS}\r\nSubject: {subject}\r\n{body}"
        now = self.clock.now()
        digest = self.desk.blobs.write(raw.encode())
        facts = {"uid": 1, "received_at": now.isoformat(), "size": len(raw), "sha256": digest,
                 "is_whole": True, "from": sender, "subject": subject}  # fmt: skip
        mail = Envelope(
            channel="email",
            account=OURS,
            key=subject,
            conversation=f"email:{OURS}:{sender}",
            payload=orjson.dumps(facts),
            received_at=now,
        )
        await self.desk.service.accept([mail])
        return self.desk.settings.blobs / digest[:2] / digest[2:]

    async def work(self):
        for _ in range(MINUTE):
            while await self.inward.step():
                pass
            self.clock.advance(1)

    async def subjects(self):
        return {line.subject for line in (await self.desk.listing.tickets("all", 0)).lines}
