"""The outbox: deliveries are claimed, begun, sent by somebody else, and settled, each in a commit.

Which are due is left to `claiming`; how a claimed one goes on after a send is decided here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from intake.companion.showings import CHANNEL
from intake.errors import Conflict
from intake.flow.retrying import GIVE_UP_AFTER, pause_after
from intake.ports import Clock
from intake.speech import (
    Accepted,
    Delivery,
    DeliveryState,
    Operation,
    Permanent,
    RetryAfter,
    SendResult,
    Unknown,
    UserGone,
    is_asking,
)
from intake.undelivered import is_lost
from store import mapping
from store.claiming import Claiming
from store.database import Database
from store.gathering import Gathering
from store.keys import keyed
from store.moments import from_micros, to_micros
from store.posting import ANEW
from store.refusals import Refusals
from store.session import Row, Session
from store.showings import doubt
from store.undelivered import UndeliveredWork

Beginning = tuple[int, int, int]  # which delivery, which send of it, when

HARMLESS_TRIES = 5  # an edit or a tap's answer may be repeated
LONGEST_REASON = 500

SENT_SINCE = """
    SELECT address, operation, parts, COALESCE(settled_at, begun_at) AS sent_at
    FROM (SELECT * FROM delivery ORDER BY id DESC LIMIT 1000) AS newest
    WHERE channel = $1 AND account = $2 AND COALESCE(settled_at, begun_at) > $3
        AND operation <> 'answer_tap' AND state NOT IN ('waiting', 'sending')
    ORDER BY sent_at
"""
# `attempts` tells this send from a later one of the same delivery.
BEGIN = """
    UPDATE delivery SET begun_at = $3 WHERE id = $1 AND attempts = $2 AND state = 'sending'
    RETURNING id
"""
# What is settled while it is being sent (a receipt has named it) has arrived, however that ends.
SETTLE = """
    UPDATE delivery SET provider_id = CASE WHEN $3 <> '' THEN $3 ELSE provider_id END,
        state = CASE WHEN $2 <> 'accepted' AND state = 'sending' AND settled_at > 0 THEN 'sent'
            WHEN $2 = 'waiting' AND posted_at < $6 THEN 'failed' ELSE $2 END,
        reason = $4, next_try_at = $5, settled_at = $7,
        parts = CASE WHEN $9 <> '' THEN $9 ELSE parts END
    WHERE id = $1 AND attempts = $8 AND state IN ('sending', 'unknown') RETURNING state
"""
CLOSE_HANDLE = """
    UPDATE handle SET is_reachable = false WHERE channel = $1 AND account = $2 AND address = $3
"""
RELEASE = """
    UPDATE delivery SET reason = 'cut off', settled_at = $3,
        state = CASE WHEN operation <> 'send' OR begun_at IS NULL THEN 'waiting'
            WHEN settled_at > 0 THEN 'sent' ELSE 'unknown' END
    WHERE channel = $1 AND account = $2 AND state = 'sending' AND NOT ({spared})
    RETURNING id, address, ticket_id, state, is_automatic
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a delivery goes on after one send."""

    state: DeliveryState
    provider_id: str = ""
    parts: tuple[str, ...] = ()
    reason: str = ""
    next_try_at: datetime | None = None


def _calls_of(row: Row) -> int:
    """How many calls it may have been: its parts, and what was made for it before."""
    parts = len(mapping.words_of(row["parts"])) if row["parts"] else 0
    return parts + (2 if row["operation"] == Operation.SEND else 1)


def outcome(delivery: Delivery, result: SendResult, now: datetime) -> Outcome:
    """What follows from a result; `delivery.attempts` counts this send."""
    match result:
        case Accepted(provider_id=provider_id, parts=parts, reason=reason):
            state = DeliveryState.SENT if result.has_receipts else DeliveryState.ACCEPTED
            last = keyed(provider_id)
            return Outcome(state=state, provider_id=last, parts=parts, reason=reason)
        case RetryAfter(seconds=seconds, reason=reason):
            return _later(delivery, reason, now, seconds)
        case Unknown(reason=reason) if (
            delivery.operation is not Operation.SEND and delivery.attempts < HARMLESS_TRIES
        ):
            return _later(delivery, reason, now, 0)
        case Unknown(reason=reason, parts=parts):
            return Outcome(state=DeliveryState.UNKNOWN, parts=parts, reason=reason)
        case Permanent() | UserGone():
            return Outcome(state=_ENDS[type(result)], reason=result.reason)


_ENDS = {
    Permanent: DeliveryState.FAILED,
    UserGone: DeliveryState.GONE,
}


def _later(delivery: Delivery, reason: str, now: datetime, seconds: float) -> Outcome:
    pause = max(timedelta(seconds=seconds), pause_after(delivery.attempts))
    return Outcome(state=DeliveryState.WAITING, reason=reason, next_try_at=now + pause)


class Outbox:
    """Deliveries on their way. `bot_name` signs what happens to a ticket when words are lost."""

    def __init__(self, database: Database, clock: Clock, bot_name: str) -> None:
        self._database = database
        self._clock = clock
        self._bot_name = bot_name
        self._after: dict[tuple[str, str], str] = {}  # where each account's last claim stopped
        self._refusals = Refusals()
        self._beginning: Gathering[Beginning, bool] = Gathering(self._begin_all)

    async def claim(
        self, account: tuple[str, str], now: datetime, limit: int, resting: Sequence[str] = ()
    ) -> Sequence[Delivery]:
        """Due heads of addresses, now `sending`, with what a sender needs to send them.

        An edit whose target is not out there (it failed, or nobody knows) fails here and now;
        what it asks goes in the target's place.
        """
        claiming = Claiming(account=account, now=to_micros(now), resting=resting)
        async with self._database.transaction() as session:
            after = self._after.get(account, "")
            claimed, self._after[account] = await claiming.claim(session, limit, after)
            lost = [delivery for delivery in claimed if _is_pointless(delivery)]
            for delivery in lost:
                ended = Outcome(state=DeliveryState.FAILED, reason="its message was never sent")
                await _settle(session, delivery, ended, now)
        return [delivery for delivery in claimed if delivery not in lost]

    async def begin(self, delivery: Delivery, now: datetime) -> None:
        """Sends that begin at the same moment share a commit."""
        if not await self._beginning.add((delivery.id, delivery.attempts, to_micros(now))):
            raise Conflict("sent_elsewhere")

    async def settle(self, delivery: Delivery, result: SendResult, now: datetime) -> None:
        """Store how it ended; RetryAfter puts it back with a back-off, for 24 hours at most."""
        async with self._database.transaction() as session:
            state = await _settle(session, delivery, outcome(delivery, result, now), now)
            account = (delivery.address.channel, delivery.address.account)
            await self._refusals.note(session, account, result, now)
            if delivery.ticket_id is not None and state is not None and is_lost(delivery, state):
                await self._bring_back(session, {delivery.ticket_id: state}, now)
            if state is DeliveryState.UNKNOWN and delivery.address.channel == CHANNEL:
                await doubt(session, _told_of(delivery))
            if isinstance(result, UserGone):
                address = delivery.address
                await session.execute(
                    CLOSE_HANDLE, address.channel, address.account, address.external_id
                )

    async def sent_since(
        self, channel: str, account: str, since: datetime
    ) -> Sequence[tuple[str, datetime]]:
        rows = await self._database.fetch(SENT_SINCE, channel, account, to_micros(since))
        return [
            (row["address"], from_micros(row["sent_at"]))
            for row in rows
            for _ in range(_calls_of(row))
        ]

    async def release_stale(
        self, channel: str, account: str, now: datetime, spared: Sequence[int] = ()
    ) -> int:
        """After a crash: sends that had begun become unknown, all others wait again.

        Called by the process that holds the account's lease: what is in flight is in `spared`.
        """
        self._refusals.look_again((channel, account))
        async with self._database.transaction() as session:
            dialect = session.dialect
            sql = RELEASE.format(spared=dialect.among("id", 4))
            rows = await session.fetch(
                sql, channel, account, to_micros(now), dialect.listed(spared)
            )
            known = [row for row in rows if row["ticket_id"]]
            session.rings |= {f"ticket:{row['ticket_id']}" for row in known}
            lost = {
                row["ticket_id"]: DeliveryState.UNKNOWN
                for row in known
                if row["state"] == DeliveryState.UNKNOWN and not row["is_automatic"]
            }
            await self._bring_back(session, lost, now)
            if channel == CHANNEL:
                unclear = [row for row in known if row["state"] == DeliveryState.UNKNOWN]
                told = [(account, one["address"], one["ticket_id"], one["id"]) for one in unclear]
                await doubt(session, told)
        return len(rows)

    async def _bring_back(
        self, session: Session, lost: Mapping[int, DeliveryState], now: datetime
    ) -> None:
        work = UndeliveredWork(session, self._clock)
        await work.bring_back(lost, now, self._bot_name)

    async def _begin_all(self, beginnings: Sequence[Beginning]) -> Sequence[bool]:
        async with self._database.transaction() as session:
            rows = await session.fetch_each(BEGIN, beginnings)
        begun = {row["id"] for row in rows}
        return [number in begun for number, _, _ in beginnings]


async def _settle(
    session: Session, delivery: Delivery, ended: Outcome, now: datetime
) -> DeliveryState | None:
    """How it is now; None where another send of it has begun since."""
    next_try_at = to_micros(ended.next_try_at) if ended.next_try_at else 0
    row = await session.fetch_one(
        SETTLE,
        delivery.id,
        ended.state.value,
        ended.provider_id,
        ended.reason[:LONGEST_REASON],
        next_try_at,
        to_micros(now - GIVE_UP_AFTER),
        to_micros(now),
        delivery.attempts,
        mapping.to_json([keyed(part) for part in ended.parts]) if ended.parts else "",
    )
    if delivery.ticket_id is not None:
        session.rings.add(f"ticket:{delivery.ticket_id}")
    if row is not None and ended.state is DeliveryState.FAILED:
        await _send_anew(session, delivery, now)
    return DeliveryState(row["state"]) if row is not None else None


async def _send_anew(session: Session, edit: Delivery, now: datetime) -> None:
    """A card that can't be changed out there, and asks what nobody would see: once more, below."""
    if edit.operation is not Operation.EDIT or not is_asking(edit.body):
        return
    body = mapping.speech_to_json(edit.body)
    await session.execute(ANEW.sql, edit.target_id, body, edit.language, to_micros(now))
    session.rings.add("outward")


def _told_of(delivery: Delivery) -> list[tuple[str, str, int, int]]:
    """As `showings.doubt` wants it; what is about no ticket stands nowhere."""
    address, number = delivery.address, delivery.ticket_id
    place = (address.account, keyed(address.external_id))
    return [(*place, number, delivery.id)] if number is not None else []


def _is_pointless(delivery: Delivery) -> bool:
    return delivery.operation is Operation.EDIT and not delivery.target_provider_id
