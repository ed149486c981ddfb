"""Envelopes in work: which are taken, and how they end.

Only the head of a conversation is taken, so that its envelopes are received one after the other.
Heads are found by hopping from conversation to conversation over the partial index: neither a long
backlog nor a long history costs anything. On PostgreSQL an advisory lock holds the conversation
itself until the commit: an envelope that another process commits late can't slip in beside it.

An envelope whose next try is further ahead than any pause is due: the clock was put back.

Taking writes nothing, so that a crash leaves the envelopes to be taken again. Those that a process
may have died of are begun instead: their try is counted in a commit of its own before it is made.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from intake.companion.showings import CHANNEL
from intake.errors import NotFound
from intake.flow.setbacks import LONGEST_PAUSE
from intake.messages import Envelope, Message
from store import mapping
from store.keys import keyed
from store.moments import to_micros
from store.part import WorkPart, checked_id
from store.people import columns_of
from store.session import Dialect, Row, Stage, Write

# Each step finds the first waiting envelope of the next conversation.
HEADS = """
    WITH RECURSIVE head (id, channel, account, conversation, next_try_at) AS (
        SELECT * FROM (
            SELECT id, channel, account, conversation, next_try_at FROM envelope
            WHERE state = 'waiting' AND (channel, account, conversation) > ($1, $2, $3)
            ORDER BY channel, account, conversation, id LIMIT 1) AS start
        UNION ALL
        SELECT following.id, following.channel, following.account, following.conversation,
            following.next_try_at
        FROM head, {lateral}
    ), due AS {materialized} (
        SELECT id, channel, account, conversation FROM head
        WHERE (next_try_at <= $4 OR next_try_at > $6) AND channel <> 'agents' AND {is_ours}
        LIMIT $5)
    SELECT id, channel, account, conversation FROM due
"""
LATERAL = """LATERAL (
            SELECT id, channel, account, conversation, next_try_at FROM envelope
            WHERE state = 'waiting' AND (channel, account, conversation)
                > (head.channel, head.account, head.conversation)
            ORDER BY channel, account, conversation, id LIMIT 1) AS following"""
# SQLite has no LATERAL: the next head's id is looked up, then its row. Nor does it compare rows by
# an index here, so the next conversation is sought in the same account, then in the next ones.
JOINED = """envelope AS following WHERE following.id = COALESCE(
            (SELECT id FROM envelope
                WHERE state = 'waiting' AND channel = head.channel AND account = head.account
                    AND conversation > head.conversation ORDER BY conversation, id LIMIT 1),
            (SELECT id FROM envelope
                WHERE state = 'waiting' AND channel = head.channel AND account > head.account
                ORDER BY account, conversation, id LIMIT 1),
            (SELECT id FROM envelope
                WHERE state = 'waiting' AND channel > head.channel
                ORDER BY channel, account, conversation, id LIMIT 1))"""
# What agents write to their bot is received apart: few of them, by the one process that serves it.
OF_AGENTS = """
    SELECT envelope.id FROM envelope JOIN (
        SELECT min(id) AS id FROM envelope WHERE state = 'waiting' AND channel = $1
        GROUP BY channel, account, conversation) AS head ON head.id = envelope.id
    WHERE envelope.next_try_at <= $2 OR envelope.next_try_at > $4 ORDER BY envelope.id LIMIT $3
"""
BESIDE = """
    SELECT id, channel, account, key, conversation, payload, received_at, attempts,
        requeued_by
    FROM envelope WHERE state = 'waiting' AND channel = $1 AND account = $2
        AND conversation = $3 AND id > $4
    ORDER BY id LIMIT $5
"""
TRY_LOCK = """pg_try_advisory_xact_lock(
        hashtextextended(channel || ' ' || account || ' ' || conversation, 0))"""
TAKE = """
    SELECT id, channel, account, key, conversation, payload, received_at, attempts,
        requeued_by
    FROM envelope WHERE {among} AND state = 'waiting' ORDER BY id {locked}
"""
# A try that begins is counted, and nobody else takes what it is about before a moment.
BEGIN = """
    UPDATE envelope SET attempts = attempts + 1, next_try_at = $2 WHERE {among}
"""
TAKE_BEGUN = """
    SELECT id, channel, account, key, conversation, payload, received_at, requeued_by,
        attempts - 1 AS attempts
    FROM envelope WHERE {among} AND state = 'waiting' AND {is_ours} ORDER BY id {locked}
"""
FORGET_TRY = """
    UPDATE envelope SET attempts = attempts - 1, next_try_at = 0
    WHERE {among} AND state = 'waiting' AND attempts > 0
"""
FINISH = Write(
    stage=Stage.ENVELOPES,
    sql="""
        UPDATE envelope SET state = 'done', error = ''
        WHERE id = $1 AND state = 'waiting' RETURNING id
    """,
    conflict="received_already",
)
POSTPONE = "UPDATE envelope SET attempts = $2, error = $3, next_try_at = $4 WHERE id = $1"
QUARANTINE = """
    UPDATE envelope SET state = 'quarantined', attempts = $2, error = $3 WHERE id = $1
"""
FILE = """
    UPDATE envelope SET state = 'dismissed', attempts = $2, error = $3, dismissed_at = $4
    WHERE id = $1
"""
DISMISS = """
    UPDATE envelope SET state = 'dismissed', dismissed_by = $2, dismissed_at = $3
    WHERE id = $1 AND state = 'quarantined'
"""
REQUEUE = """
    UPDATE envelope SET state = 'waiting', attempts = 0, next_try_at = 0, dismissed_by = '',
        dismissed_at = NULL, requeued_by = $2
    WHERE id = $1 AND state IN ('quarantined', 'dismissed')
"""

# A key is as long remembered as its row: for good.
ENDED = """
    SELECT CAST($4 AS INTEGER) AS place FROM envelope
    WHERE channel = $1 AND account = $2 AND {among} AND state IN ('done', 'swept') LIMIT 1
"""
EMPTY = "UPDATE envelope SET payload = $2 WHERE id = $1"

ENTRIES_EACH = 2  # what most envelopes become: the message and the card
Conversation = tuple[str, str, str]
START: Conversation = ("", "", "")


@dataclass(slots=True)
class Round:
    """Where the last take stopped: under a backlog each conversation has its turn."""

    after: Conversation = START


def heads_sql(dialect: Dialect) -> str:
    return HEADS.format(
        lateral=LATERAL if dialect.is_postgresql else JOINED,
        materialized="MATERIALIZED" if dialect.is_postgresql else "",
        is_ours=_is_ours(dialect),
    )


def _is_ours(dialect: Dialect) -> str:
    return TRY_LOCK if dialect.is_postgresql else "true"


def _ids(envelopes: Sequence[Envelope]) -> Sequence[int]:
    return [envelope.id for envelope in envelopes]


class EnvelopeWork(WorkPart):
    round: Round

    async def take_envelopes(self, now: datetime, limit: int) -> Sequence[Envelope]:
        """The oldest due envelope of up to `limit` conversations, locked until the commit."""
        # Who begins in the middle of all conversations comes to their end, and then begins at the
        # top once more before nothing is due.
        ends = 1 if self.round.after == START else 2
        while ends:
            heads = await self._heads(now, limit)
            taken = await self._take([head["id"] for head in heads])
            if taken:
                return taken
            if self.round.after == START:
                ends -= 1
        return ()

    async def take_agents_envelopes(self, now: datetime, limit: int) -> Sequence[Envelope]:
        """The same, of what agents wrote to their bot."""
        heads = await self._session.fetch(
            OF_AGENTS, CHANNEL, to_micros(now), limit, to_micros(now + LONGEST_PAUSE)
        )
        return await self._take([head["id"] for head in heads])

    async def envelopes_beside(self, envelope: Envelope, limit: int) -> Sequence[Envelope]:
        """What waits behind it in its conversation."""
        place = (envelope.channel, envelope.account, envelope.conversation)
        rows = await self._session.fetch(BESIDE, *place, envelope.id, limit)
        return [mapping.envelope(row) for row in rows]

    async def _heads(self, now: datetime, limit: int) -> Sequence[Row]:
        sql = heads_sql(self._session.dialect)
        latest = to_micros(now + LONGEST_PAUSE)
        heads = await self._session.fetch(sql, *self.round.after, to_micros(now), limit, latest)
        last = heads[-1] if len(heads) == limit else None
        self.round.after = (
            START if last is None else (last["channel"], last["account"], last["conversation"])
        )
        return heads

    async def _take(self, ids: Sequence[int]) -> Sequence[Envelope]:
        if not ids:
            return ()
        dialect = self._session.dialect
        sql = TAKE.format(among=dialect.among("id", 1), locked=dialect.locked(skips=True))
        return self._given(await self._session.fetch(sql, dialect.listed(ids)))

    def _given(self, rows: Sequence[Row]) -> Sequence[Envelope]:
        self._numbers.at_once = max(1, ENTRIES_EACH * len(rows))
        return [mapping.envelope(row) for row in rows]

    async def begin_envelopes(self, envelopes: Sequence[Envelope], until: datetime) -> None:
        """Count a try of each before it is made; till then only `take_begun` gives them out."""
        await self._of_each(BEGIN, envelopes, to_micros(until))

    async def take_begun(self, envelopes: Sequence[Envelope]) -> Sequence[Envelope]:
        """Those that wait still, locked until the commit; their try is not among `attempts`."""
        dialect = self._session.dialect
        sql = TAKE_BEGUN.format(
            among=dialect.among("id", 1),
            is_ours=_is_ours(dialect),
            locked=dialect.locked(skips=True),
        )
        return self._given(await self._session.fetch(sql, dialect.listed(_ids(envelopes))))

    async def forget_tries(self, envelopes: Sequence[Envelope]) -> None:
        """What began and was ended by the surroundings was no try."""
        await self._of_each(FORGET_TRY, envelopes)

    async def _of_each(self, sql: str, envelopes: Sequence[Envelope], *more: object) -> None:
        dialect = self._session.dialect
        among = sql.format(among=dialect.among("id", 1))
        await self._session.execute(among, dialect.listed(_ids(envelopes)), *more)

    async def finish_envelope(self, envelope: Envelope) -> None:
        self._session.later(FINISH, envelope.id)

    async def overtaken(self, messages: Sequence[Message]) -> Collection[int]:
        dialect = self._session.dialect
        runs = [
            (*columns_of(one.address)[:2], dialect.listed(map(keyed, one.ended_by)), place)
            for place, one in enumerate(messages)
            if one.ended_by
        ]
        sql = ENDED.format(among=dialect.among("key", 3, "text"))
        return {row["place"] for row in await self._session.fetch_each(sql, runs)}

    async def empty_envelope(self, envelope: Envelope) -> None:
        await self._session.execute(EMPTY, envelope.id, b"")

    async def postpone_envelope(
        self, envelope: Envelope, error: str, next_try_at: datetime
    ) -> None:
        await self._again(envelope, envelope.attempts + 1, error, next_try_at)

    async def hold_envelope(self, envelope: Envelope, error: str, next_try_at: datetime) -> None:
        await self._again(envelope, envelope.attempts, error, next_try_at)

    async def _again(
        self, envelope: Envelope, attempts: int, error: str, next_try_at: datetime
    ) -> None:
        moment = to_micros(next_try_at)
        await self._session.execute(POSTPONE, envelope.id, attempts, error, moment)

    async def quarantine_envelope(self, envelope: Envelope, error: str) -> None:
        await self._session.execute(QUARANTINE, envelope.id, envelope.attempts + 1, error)
        self._session.rings.add("tickets")

    async def file_envelope(self, envelope: Envelope, reason: str, now: datetime) -> None:
        """Among the dismissed at once, by the desk itself."""
        tries = envelope.attempts + 1
        await self._session.execute(FILE, envelope.id, tries, reason, to_micros(now))

    async def dismiss_envelope(self, envelope_id: int, by: str, now: datetime) -> None:
        """Out of quarantine, kept with who looked at it. Raises NotFound."""
        number = checked_id(envelope_id, "no_envelope")
        if not await self._session.execute(DISMISS, number, by, to_micros(now)):
            raise NotFound("no_envelope")
        self._session.rings.add("tickets")

    async def requeue_envelope(self, envelope_id: int, by: str) -> None:
        """Out of quarantine or from the dismissed, to be received again. Raises NotFound."""
        number = checked_id(envelope_id, "no_envelope")
        if not await self._session.execute(REQUEUE, number, by):
            raise NotFound("no_envelope")
        self._session.rings |= {"inward", "tickets"}
