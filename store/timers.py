"""Timers in work: what is due, locked with its ticket until the commit.

A row is dropped when it has done its work; a spent one stays, so that it never rings again.
"""

from collections.abc import Sequence
from datetime import datetime

from intake.timers import NewTimer, Purpose, Timer
from store import mapping
from store.moments import to_micros
from store.part import WorkPart

# What has arrived counts before the clock: while any of it waits, no timer rings.
TAKE = """
    SELECT ticket.*, timer.id AS timer_id, timer.purpose
    FROM timer JOIN ticket ON ticket.id = timer.ticket_id
    WHERE NOT timer.is_spent AND timer.due_at <= $1 AND NOT EXISTS (
        SELECT 1 FROM envelope WHERE envelope.state = 'waiting' AND envelope.next_try_at <= $1
            AND envelope.channel <> 'agents')
    ORDER BY timer.due_at, timer.id LIMIT $2 {locked}
"""
# Asked once the tickets are locked: nobody can answer there any more without our knowing.
HEARD = """
    SELECT timer.id FROM timer JOIN ticket ON ticket.id = timer.ticket_id
    WHERE {among} AND (
        EXISTS (SELECT 1 FROM entry WHERE entry.ticket_id = ticket.id
            AND entry.id > timer.after_entry AND (entry.author = 'requester'
                OR (entry.author = 'agent' AND entry.kind = 'message')))
        OR EXISTS (SELECT 1 FROM entry WHERE entry.channel = ticket.channel
            AND entry.account = ticket.account AND entry.address = ticket.address
            AND entry.id > timer.after_entry AND entry.author = 'requester'
            AND entry.kind = 'message'))
"""
SET = """
    INSERT INTO timer (ticket_id, purpose, due_at, after_entry) VALUES ($1, $2, $3, $4)
    ON CONFLICT (ticket_id, purpose) DO UPDATE
        SET due_at = excluded.due_at, after_entry = excluded.after_entry
        WHERE NOT timer.is_spent
    RETURNING id
"""
POSTPONE = "UPDATE timer SET due_at = $2 WHERE id = $1"
SPEND = "UPDATE timer SET is_spent = true WHERE id = $1"
DROP = "DELETE FROM timer WHERE id = $1"


class TimerWork(WorkPart):
    async def take_timers(self, now: datetime, limit: int) -> Sequence[Timer]:
        """Due timers, oldest first, locked with their tickets; those of others are left alone."""
        dialect = self._session.dialect
        sql = TAKE.format(locked=dialect.locked(skips=True))
        rows = await self._session.fetch(sql, to_micros(now), limit)
        if not rows:
            return ()
        ids = dialect.listed([row["timer_id"] for row in rows])
        found = await self._session.fetch(HEARD.format(among=dialect.among("timer.id", 1)), ids)
        heard = {row["id"] for row in found}
        return [
            Timer(
                id=row["timer_id"],
                ticket=mapping.ticket(row),
                purpose=Purpose(row["purpose"]),
                has_been_heard=row["timer_id"] in heard,
            )
            for row in rows
        ]

    async def set_timer(self, new: NewTimer) -> bool:
        """In the place of one that waits for the same; False where it is spent."""
        return await self.set_timers([new]) > 0

    async def set_timers(self, news: Sequence[NewTimer]) -> int:
        """Like `set_timer` for each; returns how many are not spent. What is due rings at once."""
        runs = [
            (new.ticket_id, new.purpose.value, to_micros(new.due_at), new.after_entry)
            for new in news
        ]
        if any(due_at <= self._now() for _, _, due_at, _ in runs):
            self._session.rings.add("timers")
        return len(await self._session.fetch_each(SET, sorted(runs)))

    async def postpone_timer(self, timer: Timer, due_at: datetime) -> None:
        await self._session.execute(POSTPONE, timer.id, to_micros(due_at))

    async def spend_timer(self, timer: Timer) -> None:
        """It has rung and never will again, whatever is set."""
        await self._session.execute(SPEND, timer.id)

    async def drop_timer(self, timer: Timer) -> None:
        await self._session.execute(DROP, timer.id)
