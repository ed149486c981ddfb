"""What platforms tell of our messages later: delivered, seen, or failed after all."""

from intake.errors import Conflict
from intake.messages import Address, Fate, Receipt
from intake.speech import DeliveryState
from store.keys import keyed
from store.undelivered import UndeliveredWork

# They come in any order, and one for each device: a later state is never taken back.
EARLIER = {
    Fate.DELIVERED: "('sent', 'unknown')",
    Fate.SEEN: "('sent', 'delivered', 'unknown')",
    Fate.FAILED: "('sent', 'unknown')",
}
NOTE = """
    UPDATE delivery SET state = $5, reason = CASE WHEN $6 <> '' THEN $6 ELSE reason END,
        settled_at = $7
    WHERE channel = $1 AND account = $2 AND provider_id = $4 AND provider_id <> '' AND address = $3
        AND operation = 'send' AND state IN {earlier}
    RETURNING ticket_id, is_automatic
"""
KNOWN = """
    SELECT id FROM delivery
    WHERE channel = $1 AND account = $2 AND provider_id = $4 AND provider_id <> '' AND address = $3
    LIMIT 1
"""
ON_THE_WAY = """
    SELECT id FROM delivery
    WHERE channel = $1 AND account = $2 AND address = $3 AND state = 'sending' LIMIT 1
"""


class ReceiptWork(UndeliveredWork):
    async def note_receipt(self, address: Address, receipt: Receipt, by: str) -> None:
        """A receipt may be faster than the note that its message was taken: then Conflict."""
        now = self._now()
        reached = (address.channel, address.account, keyed(address.external_id))
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

    async def _require_known(self, named: tuple[str, str, str, str]) -> None:
        known = await self._session.fetch_one(KNOWN, *named)
        if known is None and await self._session.fetch_one(ON_THE_WAY, *named[:3]):
            raise Conflict("not_settled_yet")
