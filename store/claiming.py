"""Which deliveries are due, and what a sender needs to send them.

Order is kept per address: whatever is unsettled there blocks what was posted after it. Answers to
taps are outside of that order. Heads are found by hopping from address to address over the partial
index, so that neither a backlog nor a history costs anything. A wait that began at a moment yet to
come began before the clock was put back: it is over.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from intake.speech import Delivery, Enclosure, Text
from store import mapping
from store.keys import keyed
from store.session import Dialect, Row, Session

HEADS = """
    WITH RECURSIVE head (id, address, state, next_try_at, settled_at) AS (
        SELECT * FROM (
            SELECT id, address, state, next_try_at, settled_at FROM delivery
            WHERE state IN ('waiting', 'sending') AND operation <> 'answer_tap'
                AND channel = $1 AND account = $2 AND address > $3
            ORDER BY address, id LIMIT 1) AS start
        UNION ALL
        SELECT following.id, following.address, following.state, following.next_try_at,
            following.settled_at
        FROM head, {following}
    ), due AS {materialized} (
        SELECT id, address FROM head
        WHERE state = 'waiting' AND (next_try_at <= $4 OR settled_at > $4)
            AND NOT ({resting}) LIMIT $5)
    SELECT id, address FROM due
"""
LATERAL = """LATERAL (
            SELECT id, address, state, next_try_at, settled_at FROM delivery
            WHERE state IN ('waiting', 'sending') AND operation <> 'answer_tap'
                AND channel = $1 AND account = $2 AND address > head.address
            ORDER BY address, id LIMIT 1) AS following"""
# SQLite has no LATERAL: the next head's id is looked up, then its row.
JOINED = """delivery AS following WHERE following.id = (
            SELECT id FROM delivery
            WHERE state IN ('waiting', 'sending') AND operation <> 'answer_tap'
                AND channel = $1 AND account = $2 AND address > head.address
            ORDER BY address, id LIMIT 1)"""
TAPS = """
    SELECT id FROM delivery
    WHERE state = 'waiting' AND operation = 'answer_tap' AND channel = $1 AND account = $2
        AND (next_try_at <= $3 OR settled_at > $3)
    ORDER BY id LIMIT $4
"""
CLAIM = """
    UPDATE delivery
    SET state = 'sending', begun_at = NULL, settled_at = NULL, attempts = attempts + 1
    WHERE {among} AND state = 'waiting' RETURNING *
"""
TARGETS = "SELECT id, provider_id FROM delivery WHERE {among}"
ENCLOSURES = """
    SELECT id, name, media_type, size, sha256 FROM file WHERE {among} AND state = 'stored'
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claiming:
    """For one account, at a moment in microseconds; `resting` addresses get nothing."""

    account: tuple[str, str]
    now: int
    resting: Sequence[str] = ()

    async def claim(
        self, session: Session, limit: int, after: str
    ) -> tuple[Sequence[Delivery], str]:
        """At most `limit`, of addresses behind `after` first; gives what to go on after."""
        taps = await self._due_taps(session, limit)
        heads, last = await self._due_heads(session, limit - len(taps), after)
        if not (taps or heads):
            return (), last
        dialect = session.dialect
        sql = CLAIM.format(among=dialect.among("id", 1))
        rows = await session.fetch(sql, dialect.listed([*taps, *heads]))
        return await _completed(session, sorted(rows, key=lambda row: int(row["id"]))), last

    async def _due_taps(self, session: Session, limit: int) -> Sequence[int]:
        return [row["id"] for row in await session.fetch(TAPS, *self.account, self.now, limit)]

    async def _due_heads(
        self, session: Session, room: int, after: str
    ) -> tuple[Sequence[int], str]:
        """Round and round: whoever comes first in the alphabet must not hold up the others."""
        if room <= 0:
            return (), after
        sql = heads_sql(session.dialect)
        listed = session.dialect.listed([keyed(one) for one in self.resting])
        heads = await session.fetch(sql, *self.account, after, self.now, room, listed)
        if not heads and after:
            heads = await session.fetch(sql, *self.account, "", self.now, room, listed)
        last = heads[-1]["address"] if len(heads) == room else ""
        return [row["id"] for row in heads], last


def heads_sql(dialect: Dialect) -> str:
    return HEADS.format(
        following=LATERAL if dialect.is_postgresql else JOINED,
        materialized="MATERIALIZED" if dialect.is_postgresql else "",
        resting=dialect.among("address", 6, "text"),
    )


async def _completed(session: Session, rows: Sequence[Row]) -> Sequence[Delivery]:
    """Rows as deliveries, with the targets of edits and the files of texts."""
    claimed = [mapping.delivery(row) for row in rows]
    targets = {one.target_id for one in claimed if one.target_id is not None}
    files = {number for one in claimed for number in _files_of(one)}
    providers = {row["id"]: row["provider_id"] for row in await _among(session, TARGETS, targets)}
    enclosures = {
        row["id"]: mapping.enclosure(row) for row in await _among(session, ENCLOSURES, files)
    }
    return [
        replace(
            one,
            target_provider_id=providers.get(one.target_id, ""),
            attachments=_enclosed(one, enclosures),
        )
        for one in claimed
    ]


def _files_of(delivery: Delivery) -> Sequence[int]:
    return delivery.body.files if isinstance(delivery.body, Text) else ()


def _enclosed(delivery: Delivery, known: Mapping[int, Enclosure]) -> tuple[Enclosure, ...]:
    return tuple(known[number] for number in _files_of(delivery) if number in known)


async def _among(session: Session, sql: str, ids: set[int]) -> Sequence[Row]:
    if not ids:
        return ()
    dialect = session.dialect
    return await session.fetch(sql.format(among=dialect.among("id", 1)), dialect.listed(ids))
