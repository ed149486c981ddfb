"""Tickets in work: opened, locked for a change, saved by compare and set."""

from collections.abc import Sequence
from dataclasses import replace

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
SAVE = Write(
    stage=Stage.TICKETS,
    sql="""
        UPDATE ticket SET person_id = $3, requester = $4, language = $5, subject = $6,
            status = $7, kind = $8, category = $9, priority = $10, updated_at = $11,
            answers = $12, declined = $13, asked = $14, card_id = $15, is_complete = $16,
            assignee_id = $17, assignee = $18, first_response_at = $19, preview = $20,
            waits_for_agent = $21, channel = $22, account = $23, address = $24,
            version = version + 1, is_dirty = $25, ask = $26, assumed = $27, flag = $28,
            numbered = $29, correcting_since = $30, undelivered = $31,
            is_held = $32, is_told = false
        WHERE id = $1 AND version = $2 RETURNING id
    """,
    conflict="stale_ticket",
)


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
    return (
        ticket.id,
        ticket.version,
        ticket.person_id,
        ticket.requester,
        ticket.language,
        ticket.subject,
        ticket.status.value,
        ticket.kind.value,
        ticket.category,
        ticket.priority.value,
        to_micros(ticket.updated_at),
        mapping.to_json(dict(ticket.answers)),
        mapping.to_json(sorted(ticket.declined)),
        mapping.to_json(ticket.asked),
        ticket.card_id,
        ticket.is_complete,
        ticket.assignee_id,
        ticket.assignee,
        maybe_micros(ticket.first_response_at),
        ticket.preview,
        ticket.waits_for_agent,
        ticket.address.channel,
        ticket.address.account,
        keyed(ticket.address.external_id),
        True,
        mapping.ask_to_json(ticket.ask),
        mapping.to_json(sorted(ticket.assumed)),
        ticket.flag,
        mapping.to_json(ticket.numbered),
        maybe_micros(ticket.correcting_since),
        ticket.undelivered,
        ticket.is_held,
    )
