"""Tickets whose agents' words did not arrive, in the transaction that settles how a send ended.

What becomes of such a ticket is decided in `intake.undelivered`.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from intake.bot_entries import changed_by_bot
from intake.speech import DeliveryState
from intake.tickets import Change, Ticket
from intake.undelivered import brought_back, without_file
from store import mapping
from store.entries import EntryWork
from store.situations import TICKETS
from store.ticketing import TicketWork

Decide = Callable[[Ticket], tuple[Ticket, tuple[Change, ...]]]


class UndeliveredWork(TicketWork, EntryWork):
    async def bring_back(
        self, ended: Mapping[int, DeliveryState], now: datetime, bot_name: str
    ) -> None:
        """Of each ticket, how the sending of an agent's words to it ended. Any number at once."""
        await self._change(
            ended, lambda ticket: brought_back(ticket, ended[ticket.id], now), now, bot_name
        )

    async def lack_files(self, numbers: Iterable[int], now: datetime, bot_name: str) -> None:
        """Each of these tickets lacks a file of its person."""
        await self._change(numbers, lambda ticket: without_file(ticket, now), now, bot_name)

    async def _change(
        self, numbers: Iterable[int], decide: Decide, now: datetime, bot_name: str
    ) -> None:
        wanted = sorted(set(numbers))
        if not wanted:
            return
        dialect = self._session.dialect
        sql = TICKETS.format(among=dialect.among("id", 1), locked=dialect.locked())
        for row in await self._session.fetch(sql, dialect.listed(wanted)):
            ticket, changes = decide(mapping.ticket(row))
            for change in changes:
                await self.add_entry(changed_by_bot(ticket.id, change, now, bot_name))
            await self.save_ticket(ticket)
        await self._session.flush()
