"""The support mailbox into the journal: raw mail stored, journaled with the cursor, in that order.

A crash at any point repeats at most a fetch: the same mail has the same key. What a mail says is
left to `translate`.
"""

import asyncio
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from threading import Event
from typing import TypeVar

import orjson
import structlog
from imapclient.exceptions import IMAPClientError, LoginError

from bots.email import mime
from bots.email.mailbox import BATCH_MAILS, FetchedMail, Mailbox
from bots.email.mime import Identity
from bots.email.places import Place
from intake.errors import Away
from intake.messages import Envelope
from intake.ports import Blobs, Clock, Journal

CHANNEL = "email"
WAIT_WITHIN = 60.0  # seconds of IDLE before the mailbox is searched anyway
CLOSE_WITHIN = 3.0  # seconds that a server has to let us go
LOGIN_PAUSE = 300.0  # seconds after a refused login: no hammering
WRITERS = 4
LONGEST_SUBJECT = 200  # in an envelope, for whoever looks at it in quarantine
LONGEST_REASON = 200
TRIES = 3  # for a mail that would not come

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
    login_pause: float = LOGIN_PAUSE
    close_within: float = CLOSE_WITHIN
    _stop: Event = field(default_factory=Event)
    _alone_until: int = 0  # a batch up to this uid failed: its mails come one by one
    _tries: Counter[int] = field(default_factory=Counter)  # of mails asked for alone
    _turn: int = -1

    async def step(self) -> int:
        """Bring what is new, or wait for news up to a minute; returns how many mails were new.

        Raises Away when the mailbox does not answer as it should.
        """
        try:
            return await self._round()
        except LoginError as error:
            log.error(  # noqa: TRY400 - one line says it
                "mailbox refuses the login", reason=str(error), next_in=self.login_pause
            )
            await asyncio.sleep(self.login_pause)
            return 0
        except BaseException as error:
            self._stop.set()  # a wait in the thread must not outlive us
            await asyncio.shield(self._close())
            self._stop.clear()
            if isinstance(error, OSError | IMAPClientError):
                raise Away(f"{type(error).__name__}: {error}"[:LONGEST_REASON]) from error
            raise

    async def _close(self) -> None:
        """A server that says nothing is not waited for: nobody waits for us so long.

        Where it has not even greeted us there is nothing to hang up: the thread sees to it later.
        """
        loop = asyncio.get_running_loop()
        closed = loop.run_in_executor(self.executor, self.mailbox.close)
        await asyncio.wait([closed], timeout=self.close_within)
        if not closed.done() and self.mailbox.hang_up():
            await asyncio.wait([closed], timeout=self.close_within)

    async def _round(self) -> int:
        await self._run(self.mailbox.open)
        cursor = await self.journal.cursor(self._name)
        now = self.clock.now()
        known = Place.parse(cursor)
        place, uids = await self._run(lambda: self.mailbox.start_of(known, now))
        if known is not None and not known.is_of(place.mailbox):
            log.warning(
                "another mailbox is read",
                mailbox=place.mailbox,
                before=known.mailbox,
                since=place.begins_at.isoformat(),
            )
        if known is None or known.uidvalidity != place.uidvalidity:
            self._alone_until = 0  # uids begin anew
            self._tries.clear()
        if not uids:
            if str(place) != cursor:
                await self.journal.accept_with_cursor((), self._name, str(place))
            await self._run(lambda: self.mailbox.wait(WAIT_WITHIN, self._stop))
            return 0
        return await self._bring(place, list(uids))

    async def _bring(self, place: Place, uids: list[int]) -> int:
        """All of `uids`, batch by batch; `place` is where reading has come then."""
        count, newest_at = 0, place.newest_at
        while uids:
            mails, last = await self._run(partial(self._fetch, uids))
            envelopes = await self._run(partial(self._envelopes, place, mails))
            uids = [uid for uid in uids if uid > last]
            arrivals = (min(mail.received_at, self.clock.now()) for mail in mails)
            newest_at = max([newest_at, *arrivals])
            come = replace(place, uid=last if uids else max(last, place.uid), newest_at=newest_at)
            count += await self.journal.accept_with_cursor(envelopes, self._name, str(come))
        self._tries.clear()
        return count

    def _fetch(self, uids: list[int]) -> tuple[list[FetchedMail], int]:
        """The next mails, and the last uid that is dealt with. Raises when one would not come.

        Then the next step asks again, one by one. A mail that would not come three times, while
        the server handed over another, is passed over, and a person is told.
        """
        first, is_alone = uids[0], uids[0] <= self._alone_until
        if self._tries[first] >= TRIES:
            log.error("mail cannot be fetched", uid=first)
            return [self._unfetchable(first)], first
        asked = uids[: 1 if is_alone else BATCH_MAILS]
        before = self._alone_until
        self._alone_until = max(before, asked[-1])  # unless this works
        if is_alone and self._is_its_own_fault(first):
            self._tries[first] += 1
        mails = self.mailbox.fetch(asked)
        self._alone_until = before
        # Those that are missing were deleted meanwhile.
        return mails, mails[-1].uid if mails else asked[-1]

    def _is_its_own_fault(self, uid: int) -> bool:
        """Else the server hands over nothing just now, which must not cost us a mail."""
        if not self._tries[uid]:
            return True
        self._turn += 1
        return self.mailbox.gives_another(uid, self._turn)

    def _unfetchable(self, uid: int) -> FetchedMail:
        return FetchedMail(uid=uid, size=0, received_at=self.clock.now(), raw=None)

    def _envelopes(self, place: Place, mails: list[FetchedMail]) -> list[Envelope]:
        # Most of a small mail's time is waiting for the disk, and disks take several at once;
        # what only computes would but get in the way of those who wait.
        with ThreadPoolExecutor(WRITERS) as writers:
            kept = list(writers.map(self._keep, mails))
        pairs = zip(mails, kept, strict=True)
        return [self._envelope(place, mail, sha256) for mail, sha256 in pairs]

    def _keep(self, mail: FetchedMail) -> str:
        """The SHA-256 of its bytes, which are safe among the blobs; "" where none would come."""
        return "" if mail.raw is None else self.blobs.write(mail.raw)

    def _envelope(self, place: Place, mail: FetchedMail, sha256: str) -> Envelope:
        facts = {"uid": mail.uid, "received_at": mail.received_at.isoformat(), "size": mail.size}
        if mail.raw is None:
            key, sender = f"unfetchable:{place.uidvalidity}:{mail.uid}", "unfetchable"
        else:
            identity = mime.identify(mail.raw)
            key, sender = _key(identity, mail.received_at), identity.sender
            facts |= {"sha256": sha256, "is_whole": mail.is_whole}
            facts |= {"from": sender, "subject": identity.subject[:LONGEST_SUBJECT]}
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


def _key(identity: Identity, received_at: datetime) -> str:
    """A machine's mail that names neither itself nor a moment is another one on another day."""
    return (
        identity.key
        if identity.is_lone
        else f"{identity.key}:{received_at.astimezone(UTC):%Y-%m-%d}"
    )
