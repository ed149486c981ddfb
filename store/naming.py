"""People without a name, and what they are called once that is known."""

from collections.abc import Sequence

from intake.people import Handle
from store import mapping
from store.database import Database

NAMELESS = """
    SELECT handle.* FROM handle JOIN person ON person.id = handle.person_id
    WHERE person.id > $3 AND person.name = '' AND handle.channel = $1 AND handle.account = $2
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

    async def people(
        self, channel: str, account: str, *, after: int, limit: int
    ) -> Sequence[Handle]:
        rows = await self._database.fetch(NAMELESS, channel, account, after, limit)
        return [mapping.handle(row) for row in rows]

    async def call(self, person_id: int, name: str) -> None:
        async with self._database.transaction() as session:
            await session.execute(CALL, person_id, name)
            tickets = await session.fetch(CALL_IN_TICKETS, person_id, name)
            await session.execute(CALL_IN_ENTRIES, person_id, name)
            session.rings |= {"tickets", *(f"ticket:{row['id']}" for row in tickets)}
