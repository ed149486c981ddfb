"""People without a name, and what they are called once that is known.

Each is asked about once: a cursor holds the newest of them, account by account.
"""

from collections.abc import Sequence

from intake.people import Handle
from store import mapping
from store.database import Database
from store.journal import KEEP_CURSOR, READ_CURSOR

NAMELESS = """
    SELECT handle.* FROM handle JOIN person ON person.id = handle.person_id
    WHERE person.name = '' AND handle.channel = $1 AND handle.account = $2 AND person.id > $3
    ORDER BY person.id LIMIT $4
"""
CALL = "UPDATE person SET name = $2 WHERE id = $1 AND name = ''"
# Whoever has the ticket at hand sees that it has changed, and looks again.
CALL_IN_TICKETS = """
    UPDATE ticket SET requester = $2, version = version + 1, is_dirty = true
    WHERE person_id = $1 AND requester = '' RETURNING id
"""
CALL_IN_ENTRIES = """
    UPDATE entry SET author_name = $2 WHERE author = 'requester' AND author_name = ''
        AND ticket_id IN (SELECT id FROM ticket WHERE person_id = $1)
"""


class Nameless:
    """Meets `intake.ports.Nameless`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def people(self, channel: str, account: str, limit: int) -> Sequence[Handle]:
        asked = await self._database.fetch_one(READ_CURSOR, _asked(channel, account))
        asked_until = 0 if asked is None else int(asked["position"])
        rows = await self._database.fetch(NAMELESS, channel, account, asked_until, limit)
        return [mapping.handle(row) for row in rows]

    async def call(self, handle: Handle, name: str) -> None:
        person_id, address = handle.person_id, handle.address
        async with self._database.transaction() as session:
            asked = _asked(address.channel, address.account)
            await session.execute(KEEP_CURSOR, asked, str(person_id))
            if not name:
                return
            await session.execute(CALL, person_id, name)
            tickets = await session.fetch(CALL_IN_TICKETS, person_id, name)
            await session.execute(CALL_IN_ENTRIES, person_id, name)
            session.rings |= {"tickets", *(f"ticket:{row['id']}" for row in tickets)}


def _asked(channel: str, account: str) -> str:
    return f"{channel}:{account}:names"
