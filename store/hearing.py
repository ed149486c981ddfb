"""When somebody was last heard at an address: some platforms take answers for a while only."""

from datetime import datetime

from intake.messages import Address
from store.database import Database
from store.keys import keyed
from store.moments import from_micros

LAST = """
    SELECT heard_at FROM handle
    WHERE channel = $1 AND account = $2 AND address = $3 AND heard_at IS NOT NULL
"""


class Hearing:
    """Meets `intake.ports.Hearing`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def last_at(self, address: Address) -> datetime | None:
        sought = (address.channel, address.account, keyed(address.external_id))
        rows = await self._database.fetch(LAST, *sought)
        return from_micros(rows[0]["heard_at"]) if rows else None
