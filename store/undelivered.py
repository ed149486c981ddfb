"""Tickets whose agents' words did not arrive, in the transaction that settles how a send ended.

What becomes of such a ticket is decided in `intake.undelivered`.
"""

from collections.abc import Mapping
from datetime import datetime

from intake.speech import DeliveryState
from intake.undelivered import brought_back, noted
from store import mapping
from store.entries import EntryWork
from store.situations import TICKETS
from store.ticketing import TicketWork


class UndeliveredWork(TicketWork, EntryWork):
    async def bring_back(
        self, ended: Mapping[int, DeliveryState], now: datetime, bot_name: str
    ) -> None:
        """Of each ticket, how the sending of an agent's words to it ended. Any number at once."""
        if not ended:
            return
        dialect = self._session.dialect
        sql = TICKETS.format(among=dialect.among("id", 1), locked=dialect.locked())
        for row in await self._session.fetch(sql, dialect.listed(sorted(ended))):
            ticket, changes = brought_back(mapping.ticket(row), ended[row["id"]], now)
            for change in changes:
                await self.add_entry(noted(ticket, change, now, bot_name))
            await self.save_ticket(ticket)
        await self._session.flush()
