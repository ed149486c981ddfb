"""What platforms tell of our messages later: delivered, seen, or failed after all."""

from datetime import datetime

from intake.errors import NotYet
from intake.messages import Address, Fate, Receipt
from intake.speech import DeliveryState
from intake.undelivered import tried_again
from store.files import FileWork
from store.keys import keyed
from store.moments import to_micros
from store.part import LARGEST_ID
from store.undelivered import UndeliveredWork

# They come in any order, and one for each device: a later state is never taken back.
EARLIER = {
    Fate.SENT: "('unknown')",
    Fate.DELIVERED: "('sent', 'unknown')",
    Fate.SEEN: "('sent', 'delivered', 'unknown')",
    Fate.FAILED: "('sent', 'unknown')",
}
NOTE = """
    UPDATE delivery SET state = $5, settled_at = $7,
        reason = CASE WHEN $6 <> '' THEN $6 WHEN state = 'unknown' THEN '' ELSE reason END
    WHERE channel = $1 AND account = $2 AND provider_id = $4 AND provider_id <> '' AND address = $3
        AND operation = 'send' AND state IN {earlier}
    RETURNING ticket_id, is_automatic
"""
NOTE_UNTIL = """
    UPDATE delivery SET state = $4, settled_at = $5
    WHERE channel = $1 AND account = $2 AND address = $3 AND begun_at <= $6
        AND state IN ('sent', 'delivered', 'unknown') AND state NOT IN ('unknown', $4)
    RETURNING ticket_id
"""
# While it is being sent, that is only noted: how the send ends is not known yet.
NOTE_SENT = """
    UPDATE delivery SET provider_id = $5, reason = '', settled_at = $6,
        state = CASE WHEN state = 'unknown' THEN 'sent' ELSE state END
    WHERE id = $1 AND channel = $2 AND account = $3 AND address = $4
        AND operation = 'send' AND state IN ('sending', 'unknown')
    RETURNING ticket_id, state
"""
KNOWN = """
    SELECT id FROM delivery
    WHERE channel = $1 AND account = $2 AND provider_id = $4 AND provider_id <> '' AND address = $3
    LIMIT 1
"""
ON_THE_WAY = """
    SELECT id FROM delivery
    WHERE channel = $1 AND account = $2 AND address = $3 AND state = 'sending'
        AND (begun_at <= $4 OR $4 IS NULL) LIMIT 1
"""


class ReceiptWork(UndeliveredWork, FileWork):
    async def note_receipt(self, address: Address, receipt: Receipt, by: str) -> None:
        """A receipt may be faster than the note that its message was taken: then NotYet."""
        now = self._now()
        reached = (address.channel, address.account, keyed(address.external_id))
        if receipt.until is not None:
            await self._note_until(reached, receipt.fate, receipt.until)
            return
        if receipt.delivery_id is not None:
            await self._note_sent(receipt.delivery_id, reached, receipt.provider_id)
            return
        named = (*reached, keyed(receipt.provider_id))
        sql = NOTE.format(earlier=EARLIER[receipt.fate])
        news = (receipt.fate.value, receipt.reason, now)
        row = await self._session.fetch_one(sql, *named, *news)
        if row is None:
            await self._require_known(named)
            return
        number = row["ticket_id"]
        if number is not None:
            self._session.rings.add(f"ticket:{number}")
        if number is not None and receipt.fate is Fate.FAILED and not row["is_automatic"]:
            await self.bring_back({number: DeliveryState.FAILED}, self._clock.now(), by)

    async def _note_until(
        self, reached: tuple[str, str, str], fate: Fate, until: datetime
    ) -> None:
        if await self._session.fetch_one(ON_THE_WAY, *reached, to_micros(until)):
            raise NotYet("a send has not ended")
        news = (fate.value, self._now(), to_micros(until))
        rows = await self._session.fetch(NOTE_UNTIL, *reached, *news)
        self._session.rings |= {f"ticket:{row['ticket_id']}" for row in rows if row["ticket_id"]}

    async def _note_sent(
        self, delivery_id: int, reached: tuple[str, str, str], provider_id: str
    ) -> None:
        """Of a send that nobody knew to have arrived; its ticket need not be looked at for it."""
        if delivery_id > LARGEST_ID:
            return
        news = (keyed(provider_id), self._now())
        row = await self._session.fetch_one(NOTE_SENT, delivery_id, *reached, *news)
        if row is None or row["ticket_id"] is None or row["state"] != DeliveryState.SENT:
            return
        ticket = await self.ticket(row["ticket_id"])
        self._session.rings.add(f"ticket:{ticket.id}")
        if ticket.undelivered == DeliveryState.UNKNOWN:
            await self.save_ticket(
                tried_again(ticket, lacks_file=await self.lacks_file(ticket.id))
            )

    async def _require_known(self, named: tuple[str, str, str, str]) -> None:
        known = await self._session.fetch_one(KNOWN, *named)
        if known is None and await self._session.fetch_one(ON_THE_WAY, *named[:3], None):
            raise NotYet("a send has not ended")
