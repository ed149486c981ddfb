"""The support mailbox into the journal: raw mail stored, journaled with the cursor, in that order.

A crash at any point repeats at most a fetch: the same mail has the same key. What a mail says is
left to `translate`. Rules S1.1 to S1.12.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import partial
from threading import Event
from typing import TypeVar

import orjson
import structlog
from imapclient.exceptions import LoginError

from bots.email import mime
from bots.email.mailbox import BATCH_MAILS, FetchedMail, Mailbox, Place
from intake.messages import Envelope
from intake.ports import Blobs, Clock, Journal

CHANNEL = "email"
WAIT_WITHIN = 60.0  # seconds of IDLE before the mailbox is searched anyway
LOGIN_PAUSE = 300.0  # seconds after a refused login: no hammering

T = TypeVar("T")
log = structlog.get_logger()


@dataclass(slots=True, kw_only=True)
class MailPoller:
    """Brings one mailbox's mail. Only the holder of the mailbox's lease may step."""

    account: str  # the support address
    mailbox: Mailbox
    executor: Executor  # of one thread: the mailbox's own
    journal: Journal
    blobs: Blobs
    clock: Clock
    _stop: Event = field(default_factory=Event)

    async def step(self) -> int:
        """Bring what is new, or wait for news up to a minute; returns how many mails were new."""
        try:
            return await self._round()
        except LoginError as error:
            log.error("mailbox refuses the login", reason=str(error))  # noqa: TRY400 - one line says it
            await asyncio.sleep(LOGIN_PAUSE)
            return 0
        except BaseException:
            self._stop.set()  # a wait in the thread must not outlive us
            await asyncio.shield(self._run(self.mailbox.close))
            self._stop.clear()
            raise

    async def _round(self) -> int:
        await self._run(self.mailbox.open)
        cursor = await self.journal.cursor(self._name)
        now = self.clock.now()
        known = Place.parse(cursor)
        place, uids = await self._run(lambda: self.mailbox.start_of(known, now))
        if not uids:
            if str(place) != cursor:
                await self.journal.accept_with_cursor((), self._name, str(place))
            await self._run(lambda: self.mailbox.wait(WAIT_WITHIN, self._stop))
            return 0
        return await self._bring(place, list(uids))

    async def _bring(self, place: Place, uids: list[int]) -> int:
        count = 0
        while uids:
            envelopes, last = await self._run(partial(self._fetch, place, uids))
            place = Place(uidvalidity=place.uidvalidity, uid=last)
            count += await self.journal.accept_with_cursor(envelopes, self._name, str(place))
            uids = [uid for uid in uids if uid > last]
        return count

    def _fetch(self, place: Place, uids: list[int]) -> tuple[list[Envelope], int]:
        """The envelopes of the next mails, and the last uid that is dealt with."""
        mails = self.mailbox.fetch(uids)
        asked = uids[:BATCH_MAILS]
        last = mails[-1].uid if mails else asked[-1]  # all of them were deleted meanwhile
        return [self._envelope(place, mail) for mail in mails], last

    def _envelope(self, place: Place, mail: FetchedMail) -> Envelope:
        """The mail's envelope, its bytes already safe among the blobs."""
        facts = {"uid": mail.uid, "received_at": mail.received_at.isoformat(), "size": mail.size}
        if mail.raw is None:
            key, sender = f"unfetchable:{place.uidvalidity}:{mail.uid}", "unfetchable"
        else:
            key, sender = mime.identify(mail.raw)
            facts |= {"sha256": self.blobs.write(mail.raw), "is_whole": mail.is_whole}
        return Envelope(
            channel=CHANNEL,
            account=self.account,
            key=key,
            conversation=f"{CHANNEL}:{self.account}:{sender}",
            payload=orjson.dumps(facts),
            received_at=self.clock.now(),
        )

    @property
    def _name(self) -> str:
        return f"{CHANNEL}:{self.account}"

    async def _run(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self.executor, work)
