"""A poller with a real journal, real blobs and its own thread, for tests that read mailboxes."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from threading import Event

import orjson

from bots.email.mailbox import Mailbox, MailboxAccess
from bots.email.receive import MailPoller
from intake.errors import Away
from intake.messages import Envelope
from store.blobs import Blobs
from store.journal import Journal

SUPPORT = "support@firma.example"
JOURNALED = "SELECT * FROM envelope ORDER BY id"


class Now:
    """Servers stamp mails with the real time."""

    def now(self):
        return datetime.now(UTC)


class WatchedMailbox(Mailbox):
    """Tells when it begins to wait for news."""

    def __init__(self, access):
        super().__init__(access)
        self.waits = Event()

    def wait(self, within, stop):
        self.waits.set()
        super().wait(within, stop)


class Reading:
    """Steps a poller; `restart` is a new process on the same database."""

    def __init__(self, access: MailboxAccess, database, folder):
        self.access, self.database = access, database
        self.journal, self.blobs = Journal(database), Blobs(folder)
        self.executor = ThreadPoolExecutor(max_workers=1)
        self.poller = self.made()

    def made(self) -> MailPoller:
        return MailPoller(
            account=SUPPORT,
            mailbox=WatchedMailbox(self.access),
            executor=self.executor,
            journal=self.journal,
            blobs=self.blobs,
            clock=Now(),
        )

    async def restart(self, **access):
        await asyncio.to_thread(self.poller.mailbox.close)
        self.access = replace(self.access, **access)
        self.poller = self.made()

    async def step(self) -> int:
        async with asyncio.timeout(10):
            return await self.poller.step()

    async def wait_for_news(self) -> "asyncio.Task[int]":
        """A step that has found nothing and waits."""
        self.poller.mailbox.waits.clear()
        step = asyncio.create_task(self.poller.step())
        assert await asyncio.to_thread(self.poller.mailbox.waits.wait, 5)
        return step

    async def on_from(self, step: "asyncio.Task[int]") -> None:
        """Steps until one fails: a notice from before may come ahead of the failure."""
        while True:
            await step
            step = asyncio.create_task(self.poller.step())

    async def steps_until(self, count: int) -> int:
        """Steps as the runtime does it, failures and all; returns how many failed."""
        failures = 0
        async with asyncio.timeout(10):
            while len(await self.envelopes()) < count:
                try:
                    await self.poller.step()
                except Away:
                    failures += 1
        return failures

    async def envelopes(self) -> list[Envelope]:
        rows = await self.database.fetch(JOURNALED)
        named = ("channel", "account", "key", "conversation", "payload")
        return [
            Envelope(received_at=Now().now(), id=row["id"], **{name: row[name] for name in named})
            for row in rows
        ]

    async def facts(self) -> list[dict]:
        return [orjson.loads(envelope.payload) for envelope in await self.envelopes()]

    async def close(self):
        await asyncio.to_thread(self.poller.mailbox.close)
        self.executor.shutdown()
