"""The journal: what arrives is committed before it is acknowledged.

Accepts of the same moment share one commit. Receiving what was accepted is left to `work`.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from intake.messages import Envelope
from store.database import Database
from store.gathering import Gathering
from store.keys import keyed
from store.moments import to_micros
from store.session import Row

INSERT = """
    INSERT INTO envelope (channel, account, key, conversation, payload, received_at)
    VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (channel, account, key) DO NOTHING
"""
NEWEST = "SELECT channel, account, key FROM envelope ORDER BY id DESC LIMIT $1"
KEEP_CURSOR = """
    INSERT INTO cursor (name, position) VALUES ($1, $2)
    ON CONFLICT (name) DO UPDATE SET position = excluded.position
"""
# On PostgreSQL all of it is one statement, and so one round trip: rows in their order, cursors,
# and the ring, which sounds only if a row was new.
COMMIT = """
    WITH added AS (
        INSERT INTO envelope (channel, account, key, conversation, payload, received_at)
        SELECT channel, account, key, conversation, payload, received_at
        FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bytea[], $6::bigint[])
            WITH ORDINALITY
            AS new (channel, account, key, conversation, payload, received_at, position)
        ORDER BY position
        ON CONFLICT (channel, account, key) DO NOTHING
        RETURNING channel, account, key
    ), kept AS (
        INSERT INTO cursor (name, position)
        SELECT * FROM unnest($7::text[], $8::text[])
        ON CONFLICT (name) DO UPDATE SET position = excluded.position
    )
    SELECT channel, account, key,
        (SELECT count(pg_notify('firstline', topic)) FROM unnest($9::text[]) AS topic) AS rung
    FROM added
"""
READ_CURSORS = "SELECT name, position FROM cursor WHERE substr(name, 1, $2) = $1"
READ_CURSOR = "SELECT position FROM cursor WHERE name = $1"
RINGS = frozenset({"inward"})
ACCEPT_WITHIN = 5.0  # seconds; platforms hang up soon, and what waits lies in memory

Columns = tuple[str, str, str, str, bytes, int]
Key = tuple[str, str, str]


class Arrival(NamedTuple):
    """What one caller wants kept: rows of the journal and perhaps a cursor."""

    rows: Sequence[Columns]
    cursor: tuple[str, str] | None = None


class Journal:
    """Everything that ever arrived, as it arrived."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._gathering: Gathering[Arrival, int] = Gathering(self._flush)

    async def accept(self, envelopes: Sequence[Envelope]) -> int:
        """Commit these; returns how many were new. Raises Unavailable, also when it takes long."""
        if not envelopes:
            return 0
        return await self._gathering.add(Arrival(rows=_rows(envelopes)), ACCEPT_WITHIN)

    async def cursor(self, name: str) -> str:
        row = await self._database.fetch_one(READ_CURSOR, name)
        return "" if row is None else str(row["position"])

    async def cursors(self, channel: str) -> Mapping[str, str]:
        """All of a channel, by account."""
        beginning = f"{channel}:"
        rows = await self._database.fetch(READ_CURSORS, beginning, len(beginning))
        return {row["name"].removeprefix(beginning): row["position"] for row in rows}

    async def accept_with_cursor(
        self, envelopes: Sequence[Envelope], name: str, cursor: str
    ) -> int:
        """The same commit keeps the new cursor."""
        return await self._gathering.add(Arrival(rows=_rows(envelopes), cursor=(name, cursor)))

    async def _flush(self, arrivals: Sequence[Arrival]) -> Sequence[int]:
        rows = [row for arrival in arrivals for row in arrival.rows]
        cursors = dict(arrival.cursor for arrival in arrivals if arrival.cursor is not None)
        commit = (
            self._commit_at_once if self._database.dialect.is_postgresql else self._commit_rows
        )
        new = await commit(rows, cursors)
        if len(new) == len(rows):
            return [len(arrival.rows) for arrival in arrivals]
        return _counts(arrivals, set(new))

    async def _commit_rows(
        self, rows: Sequence[Columns], cursors: Mapping[str, str]
    ) -> Sequence[Key]:
        """Returns the keys that were new."""
        async with self._database.transaction() as session:
            added = await session.insert_many(INSERT, rows)
            if cursors:
                await session.execute_many(KEEP_CURSOR, cursors.items())
            if added:
                session.rings |= RINGS
            # Known ones are rare: as a rule nothing needs to be read back.
            if added == len(rows):
                return [row[:3] for row in rows]
            return _keys(await session.fetch(NEWEST, added))

    async def _commit_at_once(
        self, rows: Sequence[Columns], cursors: Mapping[str, str]
    ) -> Sequence[Key]:
        """The same in one statement, which is a transaction of its own."""
        bell = self._database.bell
        columns = zip(*rows, strict=True) if rows else ([],) * 6
        new = await self._database.fetch(
            COMMIT, *columns, list(cursors), list(cursors.values()), bell.outgoing(RINGS)
        )
        if new:
            bell.echo(RINGS)
        return _keys(new)


def _keys(rows: Sequence[Row]) -> list[Key]:
    return [(row["channel"], row["account"], row["key"]) for row in rows]


def _counts(arrivals: Sequence[Arrival], new: set[Key]) -> list[int]:
    """Of a key that came more than once the first was new."""
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
