"""Deliveries and files whose account nobody serves: a bot given up, a mailbox switched off.

Nobody claims them, so that nobody would ever end them. After the day that anything is tried they
end here, and their tickets come before an agent's eyes. Served is what holds its lease just now.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from intake.flow.retrying import GIVE_UP_AFTER
from intake.ports import Clock
from intake.speech import DeliveryState, Operation
from intake.undelivered import UNDELIVERED, UNSERVED
from store.database import Database
from store.moments import to_micros
from store.session import Row, Session
from store.undelivered import UndeliveredWork

BATCH = 100
SERVED = """
    EXISTS (SELECT 1 FROM lease
        WHERE name = {table}.channel || ':' || {table}.account || ':out' AND expires_at > {now})
"""
DELIVERIES = """
    SELECT id FROM delivery
    WHERE state IN ('waiting', 'sending') AND posted_at < $1 AND NOT {served}
    ORDER BY id LIMIT $2 {locked}
"""
# What had begun when its sender went away may have arrived.
END = """
    UPDATE delivery SET reason = $2, settled_at = $3,
        state = CASE WHEN operation = 'send' AND begun_at IS NOT NULL
            THEN 'unknown' ELSE 'failed' END
    WHERE {among} RETURNING ticket_id, state, operation, is_automatic
"""
FILES = """
    SELECT file.id, entry.ticket_id FROM file JOIN entry ON entry.id = file.entry_id
    WHERE file.state = 'waiting' AND entry.happened_at < $1 AND NOT {served}
    ORDER BY file.id LIMIT $2
"""
FAIL = "UPDATE file SET state = 'failed', error = $2 WHERE {among} AND state = 'waiting'"

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stranded:
    """One at a time (a lease, in `desk.runtime`). `bot_name` signs what becomes of tickets."""

    database: Database
    clock: Clock
    bot_name: str

    async def step(self) -> int:
        """One batch; returns how many it ended."""
        now = self.clock.now()
        async with self.database.transaction() as session:
            work = UndeliveredWork(session, self.clock)
            sends = await self._end_sends(session, now)
            said = [row for row in sends if _is_said(row)]
            lost = {row["ticket_id"]: DeliveryState(row["state"]) for row in said}
            await work.bring_back(lost, now, self.bot_name)
            files = await self._end_files(session, now)
            await work.lack_files([row["ticket_id"] for row in files], now, self.bot_name)
            numbers = {row["ticket_id"] for row in (*sends, *files)} - {None}
            session.rings |= {f"ticket:{number}" for number in numbers}
        if sends or files:
            log.warning("nobody serves their account", sends=len(sends), files=len(files))
        return len(sends) + len(files)

    async def _end_sends(self, session: Session, now: datetime) -> Sequence[Row]:
        rows = await self._old(session, DELIVERIES, "delivery", now)
        sql = END.format(among=session.dialect.among("id", 1))
        ids = session.dialect.listed(row["id"] for row in rows)
        return await session.fetch(sql, ids, UNSERVED, to_micros(now)) if rows else ()

    async def _end_files(self, session: Session, now: datetime) -> Sequence[Row]:
        rows = await self._old(session, FILES, "file", now)
        if rows:
            sql = FAIL.format(among=session.dialect.among("id", 1))
            ids = session.dialect.listed(row["id"] for row in rows)
            await session.execute(sql, ids, UNSERVED)
        return rows

    async def _old(self, session: Session, sql: str, table: str, now: datetime) -> Sequence[Row]:
        dialect = session.dialect
        served = SERVED.format(table=table, now=dialect.now)
        asked = sql.format(served=served, locked=dialect.locked(skips=True))
        return await session.fetch(asked, to_micros(now - GIVE_UP_AFTER), BATCH)


def _is_said(row: Row) -> bool:
    """Whether an agent has: as `undelivered.is_lost` has it of a delivery."""
    is_send = row["operation"] == Operation.SEND and not row["is_automatic"]
    return is_send and row["ticket_id"] is not None and row["state"] in UNDELIVERED
