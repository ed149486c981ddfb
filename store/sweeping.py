"""Takes away what is done and old: payloads of envelopes, raw mails, uploads that nothing took.

Files that their senders have taken back go soon.

An envelope's row stays with its key, so that a repeat is still known years later. Bytes go before
the commit that forgets them: a crash in between leaves a name without bytes, which the next step
takes away, never bytes without a name. Bytes that can't be taken away keep their row and hold up
no other; the next round tries them again. How long things are kept is left to the settings.
"""

import asyncio
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from intake.ports import Clock
from store.blobs import Blobs
from store.database import Database
from store.moments import to_micros
from store.raw_mails import raw_mails
from store.session import Row, Session

BATCH = 200
UPLOADS = re.compile(rb'"uploads":\[([0-9,]+)\]')

DONE = """
    SELECT id, channel, payload FROM envelope WHERE state = 'done' AND received_at < $1
    ORDER BY received_at LIMIT $2 {locked}
"""
DISMISSED = """
    SELECT id, channel, payload FROM envelope WHERE state = 'dismissed' AND dismissed_at < $1
    ORDER BY dismissed_at LIMIT $2 {locked}
"""
EMPTY = "UPDATE envelope SET state = 'swept', payload = $2 WHERE {among}"
FORGET = "UPDATE entry SET original = '' WHERE {among} AND original <> ''"
# Forms name their uploads, and may still be received. A SELECT for each state, since each state
# has an index of its own, and an IN would use none of them.
FORMS = """
    SELECT payload FROM envelope WHERE state = 'waiting' AND channel = 'portal'
    UNION ALL
    SELECT payload FROM envelope WHERE state = 'quarantined' AND channel = 'portal'
    UNION ALL
    SELECT payload FROM envelope WHERE state = 'dismissed' AND channel = 'portal'
"""
UNTAKEN = """
    SELECT id, sha256 FROM file
    WHERE entry_id IS NULL AND {which} AND next_try_at < $3 AND NOT ({named})
    ORDER BY id LIMIT $2 {locked}
"""
UPLOADED = "state <> 'erased'"
ERASED = "state = 'erased'"  # by who had sent it; where it was still being fetched, without bytes
ERASED_WITHIN = timedelta(hours=1)  # and whatever this step's pause is
DROP = "DELETE FROM file WHERE {among}"
STILL_SHOWN = "SELECT sha256 FROM file WHERE {among} AND NOT ({going})"

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweeping:
    """`kept_within`: how long everything stays after it came."""

    database: Database
    blobs: Blobs
    clock: Clock
    kept_within: timedelta
    _stuck: set[str] = field(default_factory=set)  # digests that this round could not take away

    async def step(self) -> int:
        """One batch; returns how many rows it dealt with, 0 when nothing more is old enough."""
        before = self.clock.now() - self.kept_within
        async with self.database.transaction() as session:
            done = await self._envelopes(session, DONE, before)
            dismissed = await self._envelopes(session, DISMISSED, before)
            untaken = await self._loose(session, UPLOADED, before)
            soon = self.clock.now() - ERASED_WITHIN
            count = done + dismissed + untaken + await self._loose(session, ERASED, soon)
        if not count:
            self._stuck.clear()
        return count

    async def _envelopes(self, session: Session, old: str, before: datetime) -> int:
        dialect = session.dialect
        sql = old.format(locked=dialect.locked(skips=True))
        old_enough = await session.fetch(sql, to_micros(before), BATCH + len(self._stuck))
        rows = [row for row in old_enough if not raw_mails([row]) & self._stuck]
        if not rows:
            return 0
        await self._remove(session, raw_mails(rows), before)
        ids = dialect.listed(row["id"] for row in rows if not raw_mails([row]) & self._stuck)
        await session.execute(FORGET.format(among=dialect.among("envelope_id", 1)), ids)
        await session.execute(EMPTY.format(among=dialect.among("id", 1)), ids, b"")
        return len(rows)

    async def _loose(self, session: Session, which: str, before: datetime) -> int:
        """Files of no timeline."""
        dialect = session.dialect
        forms = await session.fetch(FORMS)
        named = dialect.among("id", 1)
        sql = UNTAKEN.format(which=which, named=named, locked=dialect.locked(skips=True))
        limit = BATCH + len(self._stuck)
        rows = await session.fetch(sql, dialect.listed(_uploads(forms)), limit, to_micros(before))
        untried = [row for row in rows if row["sha256"] not in self._stuck]
        old = [row for row in untried if self._is_older(row["sha256"], before)]
        if not old:
            return 0
        going = [row["id"] for row in old]
        await self._remove(session, {row["sha256"] for row in old} - {""}, before, going)
        drop = DROP.format(among=dialect.among("id", 1))
        gone = [row["id"] for row in old if row["sha256"] not in self._stuck]
        await session.execute(drop, dialect.listed(gone))
        return len(old)

    def _is_older(self, digest: str, before: datetime) -> bool:
        try:
            return not digest or self.blobs.is_older(digest, before)
        except OSError:
            return True  # its removal will tell

    async def _remove(
        self, session: Session, digests: set[str], before: datetime, going: Sequence[int] = ()
    ) -> None:
        """Where no timeline shows the same bytes as a file, but for the files that are `going`."""
        if not digests:
            return
        dialect = session.dialect
        among, spared = dialect.among("sha256", 1, "text"), dialect.among("id", 2)
        shown = STILL_SHOWN.format(among=among, going=spared)
        rows = await session.fetch(shown, dialect.listed(sorted(digests)), dialect.listed(going))
        unused = digests - {row["sha256"] for row in rows}
        await asyncio.to_thread(self._unlink, sorted(unused), before)

    def _unlink(self, digests: Iterable[str], before: datetime) -> None:
        for digest in digests:
            try:
                self.blobs.remove(digest, before)
            except OSError as error:
                log.warning("old bytes stay", sha256=digest, reason=str(error.strerror))
                self._stuck.add(digest)


def _uploads(forms: Iterable[Row]) -> set[int]:
    named = (UPLOADS.search(bytes(row["payload"])) for row in forms)
    return {int(number) for found in named if found for number in found[1].split(b",")}
