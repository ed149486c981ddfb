"""The journal: what arrives is committed before it is acknowledged.

Accepts of the same moment share one commit. Receiving what was accepted is left to `work`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from intake.messages import Envelope
from store.database import Database
from store.gathering import Gathering
from store.keys import keyed
from store.moments import to_micros
from store.session import Session

INSERT = """
    INSERT INTO envelope (channel, account, key, conversation, payload, received_at)
    VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (channel, account, key) DO NOTHING
"""
INSERT_MANY = """
    INSERT INTO envelope (channel, account, key, conversation, payload, received_at)
    SELECT channel, account, key, conversation, payload, received_at
    FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bytea[], $6::bigint[])
        WITH ORDINALITY
        AS new (channel, account, key, conversation, payload, received_at, position)
    ORDER BY position
    ON CONFLICT (channel, account, key) DO NOTHING
    RETURNING channel, account, key
"""
KEEP_CURSOR = """
    INSERT INTO cursor (name, position) VALUES ($1, $2)
    ON CONFLICT (name) DO UPDATE SET position = excluded.position
"""
READ_CURSOR = "SELECT position FROM cursor WHERE name = $1"

Columns = tuple[str, str, str, str, bytes, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What one caller wants kept: rows of the journal and perhaps a cursor."""

    rows: Sequence[Columns]
    cursor: tuple[str, str] | None = None


class Journal:
    """Everything that ever arrived, as it arrived."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._gathering: Gathering[Arrival, int] = Gathering(self._flush)

    async def accept(self, envelopes: Sequence[Envelope]) -> int:
        """Commit these; returns how many were new. Raises Unavailable."""
        if not envelopes:
            return 0
        return await self._gathering.add(Arrival(rows=_rows(envelopes)))

    async def cursor(self, name: str) -> str:
        row = await self._database.fetch_one(READ_CURSOR, name)
        return "" if row is None else str(row["position"])

    async def accept_with_cursor(
        self, envelopes: Sequence[Envelope], name: str, cursor: str
    ) -> int:
        """The same commit keeps the new cursor."""
        return await self._gathering.add(Arrival(rows=_rows(envelopes), cursor=(name, cursor)))

    async def _flush(self, arrivals: Sequence[Arrival]) -> Sequence[int]:
        async with self._database.transaction() as session:
            if session.dialect.is_postgresql:
                counts = await _insert_at_once(session, arrivals)
            else:
                counts = await _insert_each(session, arrivals)
            cursors = [arrival.cursor for arrival in arrivals if arrival.cursor is not None]
            if cursors:
                await session.execute_many(KEEP_CURSOR, cursors)
            if any(counts):
                session.rings.add("inward")
        return counts


async def _insert_each(session: Session, arrivals: Sequence[Arrival]) -> list[int]:
    rows = [row for arrival in arrivals for row in arrival.rows]
    added = iter(await session.execute_each(INSERT, rows))
    return [sum(islice(added, len(arrival.rows))) for arrival in arrivals]


async def _insert_at_once(session: Session, arrivals: Sequence[Arrival]) -> list[int]:
    rows = [row for arrival in arrivals for row in arrival.rows]
    if not rows:
        return [0] * len(arrivals)
    added = await session.fetch(INSERT_MANY, *zip(*rows, strict=True))
    new = {(row["channel"], row["account"], row["key"]) for row in added}
    counts = []
    for arrival in arrivals:
        found = new & {row[:3] for row in arrival.rows}
        new -= found
        counts.append(len(found))
    return counts


def _rows(envelopes: Sequence[Envelope]) -> list[Columns]:
    return [
        (
            envelope.channel,
            keyed(envelope.account),
            keyed(envelope.key),
            keyed(envelope.conversation),
            envelope.payload,
            to_micros(envelope.received_at),
        )
        for envelope in envelopes
    ]
