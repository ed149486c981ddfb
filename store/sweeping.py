"""Takes away what is done and old: payloads of envelopes, raw mails, uploads that nothing took.

An envelope's row stays with its key, so that a repeat is still known years later. Bytes go before
the commit that forgets them: a crash in between leaves a name without bytes, which the next step
takes away, never bytes without a name. How long things are kept is left to the settings.
"""

import asyncio
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from intake.ports import Clock
from store.blobs import Blobs
from store.database import Database
from store.moments import to_micros
from store.session import Row, Session

BATCH = 200
RAW_MAIL = re.compile(rb'"sha256":"([0-9a-f]{64})"')
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
# Forms name their uploads, and may still be received.
FORMS = """
    SELECT payload FROM envelope WHERE state = 'waiting' AND channel = 'portal'
    UNION ALL
    SELECT payload FROM envelope WHERE state = 'quarantined' AND channel = 'portal'
    UNION ALL
    SELECT payload FROM envelope WHERE state = 'dismissed' AND channel = 'portal'
"""
UNTAKEN = """
    SELECT id, sha256 FROM file WHERE entry_id IS NULL AND NOT ({named})
    ORDER BY id LIMIT $2 {locked}
"""
DROP = "DELETE FROM file WHERE {among}"
STILL_SHOWN = "SELECT sha256 FROM file WHERE {among}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweeping:
    """`kept_within`: how long everything stays after it came."""

    database: Database
    blobs: Blobs
    clock: Clock
    kept_within: timedelta

    async def step(self) -> int:
        """One batch; returns how many rows it dealt with, 0 when nothing is old enough."""
        before = self.clock.now() - self.kept_within
        async with self.database.transaction() as session:
            done = await self._envelopes(session, DONE, before)
            dismissed = await self._envelopes(session, DISMISSED, before)
            return done + dismissed + await self._uploads(session, before)

    async def _envelopes(self, session: Session, old: str, before: datetime) -> int:
        dialect = session.dialect
        sql = old.format(locked=dialect.locked(skips=True))
        rows = await session.fetch(sql, to_micros(before), BATCH)
        if not rows:
            return 0
        ids = dialect.listed(row["id"] for row in rows)
        await session.execute(FORGET.format(among=dialect.among("envelope_id", 1)), ids)
        await session.execute(EMPTY.format(among=dialect.among("id", 1)), ids, b"")
        await self._remove(session, _raw_mails(rows), before)
        return len(rows)

    async def _uploads(self, session: Session, before: datetime) -> int:
        dialect = session.dialect
        forms = await session.fetch(FORMS)
        named = dialect.among("id", 1)
        sql = UNTAKEN.format(named=named, locked=dialect.locked(skips=True))
        rows = await session.fetch(sql, dialect.listed(_uploads(forms)), BATCH)
        old = [row for row in rows if self.blobs.is_older(row["sha256"], before)]
        if not old:
            return 0
        drop = DROP.format(among=dialect.among("id", 1))
        await session.execute(drop, dialect.listed(row["id"] for row in old))
        await self._remove(session, {row["sha256"] for row in old}, before)
        return len(old)

    async def _remove(self, session: Session, digests: set[str], before: datetime) -> None:
        """Where no timeline shows the same bytes as a file."""
        if not digests:
            return
        dialect = session.dialect
        shown = STILL_SHOWN.format(among=dialect.among("sha256", 1, "text"))
        rows = await session.fetch(shown, dialect.listed(sorted(digests)))
        unused = digests - {row["sha256"] for row in rows}
        await asyncio.to_thread(self._unlink, sorted(unused), before)

    def _unlink(self, digests: Iterable[str], before: datetime) -> None:
        for digest in digests:
            self.blobs.remove(digest, before)


def _uploads(forms: Iterable[Row]) -> set[int]:
    named = (UPLOADS.search(bytes(row["payload"])) for row in forms)
    return {int(number) for found in named if found for number in found[1].split(b",")}


def _raw_mails(rows: Iterable[Row]) -> set[str]:
    named = (RAW_MAIL.search(bytes(row["payload"])) for row in rows if row["channel"] == "email")
    return {found[1].decode() for found in named if found}
