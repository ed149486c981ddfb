"""Tickets in work: opened, locked for a change, saved by compare and set."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter

from intake.errors import NotFound
from intake.tickets import NewTicket, Status, Ticket
from store import mapping
from store.keys import keyed
from store.moments import maybe_micros, to_micros
from store.part import WorkPart, checked_id
from store.session import Stage, Write

OPEN = """
    INSERT INTO ticket (person_id, requester, channel, account, address, language, subject,
        status, kind, category, priority, created_at, updated_at, answers, declined, asked,
        assignee, preview, is_held)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12, $13, '[]', '[]', '', $14, $15)
    RETURNING *
"""
LOAD = "SELECT * FROM ticket WHERE id = $1 "
# Columns of a ticket that are saved: as they stand in it, and those that are made of it.
PLAIN = (
    "person_id", "requester", "language", "subject", "category", "card_id", "is_complete",
    "assignee_id", "assignee", "preview", "waits_for_agent", "flag", "undelivered", "is_held",
)  # fmt: skip
MADE: Mapping[str, Callable[[Ticket], object]] = {
    "status": lambda ticket: ticket.status.value,
    "kind": lambda ticket: ticket.kind.value,
    "priority": lambda ticket: ticket.priority.value,
    "updated_at": lambda ticket: to_micros(ticket.updated_at),
    "answers": lambda ticket: mapping.to_json(dict(ticket.answers)),
    "declined": lambda ticket: mapping.to_json(sorted(ticket.declined)),
    "asked": lambda ticket: mapping.to_json(ticket.asked),
    "ask": lambda ticket: mapping.ask_to_json(ticket.ask),
    "assumed": lambda ticket: mapping.to_json(sorted(ticket.assumed)),
    "numbered": lambda ticket: mapping.to_json(ticket.numbered),
    "correcting_since": lambda ticket: maybe_micros(ticket.correcting_since),
    "first_response_at": lambda ticket: maybe_micros(ticket.first_response_at),
    "channel": lambda ticket: ticket.address.channel,
    "account": lambda ticket: ticket.address.account,
    "address": lambda ticket: keyed(ticket.address.external_id),
}
SAVED = ", ".join(f"{name} = ${at}" for at, name in enumerate((*PLAIN, *MADE), 3))
SAVE = Write(
    stage=Stage.TICKETS,
    sql=f"""
        UPDATE ticket SET {SAVED}, version = version + 1, is_dirty = true, is_told = false
        WHERE id = $1 AND version = $2 RETURNING id
    """,  # noqa: S608 - made of constants
    conflict="stale_ticket",
)
_plain = attrgetter(*PLAIN)


class TicketWork(WorkPart):
    async def open_tickets(self, news: Sequence[NewTicket]) -> Sequence[Ticket]:
        """In the order they are given; each has its number."""
        rows = await self._session.fetch_each(OPEN, [_opening(new) for new in news])
        opened = [mapping.ticket(row) for row in rows]
        for ticket in opened:
            self._touch(ticket.id)
            self._clean.add(ticket.id)
        return opened

    async def ticket(self, number: int) -> Ticket:
        """For a change: on PostgreSQL the row is locked. Raises NotFound."""
        return await self._lock_ticket(number)

    async def save_ticket(self, ticket: Ticket) -> Ticket:
        """Writes all of it, with version + 1. A stale version is a Conflict when it is written."""
        self._session.later(SAVE, *_columns(ticket))
        self._touch(ticket.id)
        self._clean.add(ticket.id)
        return replace(ticket, version=ticket.version + 1)

    async def _lock_ticket(self, number: int) -> Ticket:
        sql = LOAD + self._session.dialect.locked()
        row = await self._session.fetch_one(sql, checked_id(number, "no_ticket"))
        if row is None:
            raise NotFound("no_ticket", number=str(number))
        return mapping.ticket(row)


def _opening(new: NewTicket) -> tuple[object, ...]:
    return (
        new.person_id,
        new.requester,
        new.address.channel,
        new.address.account,
        keyed(new.address.external_id),
        new.language,
        new.subject,
        Status.NEW.value,
        new.kind.value,
        new.category,
        new.priority.value,
        to_micros(new.opened_at),
        mapping.to_json(dict(new.answers)),
        new.preview,
        new.is_held,
    )


def _columns(ticket: Ticket) -> tuple[object, ...]:
    made = (make(ticket) for make in MADE.values())
    return (ticket.id, ticket.version, *_plain(ticket), *made)
