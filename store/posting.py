"""Deliveries in work: posted in the same commit as their cause. Sending is left to `outbox`."""

from collections.abc import Sequence
from datetime import datetime

from intake.errors import Conflict, NotFound
from intake.messages import Address, Failure
from intake.speech import Answering, DeliveryState, NewDelivery, is_asking
from store import mapping
from store.keys import keyed
from store.moments import to_micros
from store.part import WorkPart, checked_id
from store.people import SET_REACHABLE, columns_of
from store.session import Row, Stage, Write

POST = Write(
    stage=Stage.DELIVERIES,
    sql="""
        INSERT INTO delivery (id, channel, account, address, operation, body, ticket_id, entry_id,
            target_id, target_external_id, subject, quoted_id, thread, is_automatic, language,
            posted_at, reason)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, '')
        RETURNING id
    """,
    conflict="posted_already",
)
# An edit that still waits; or the message itself, while it is not out there or perhaps never came:
# whoever sends it (again) sends the new words.
REPLACEABLE = """
    SELECT id, COALESCE(target_id, id) AS target, state FROM delivery
    WHERE id IN (
            SELECT id FROM delivery WHERE {targets} AND operation = 'edit' AND state = 'waiting'
            UNION ALL SELECT id FROM delivery WHERE {own} AND operation = 'send')
        AND (state = 'waiting' OR operation = 'send' AND state IN ('failed', 'gone', 'unknown'))
    ORDER BY id {locked}
"""
REPLACE = Write(
    stage=Stage.DELIVERIES,
    sql="UPDATE delivery SET body = $2, language = $3 WHERE id = $1 RETURNING id",
    conflict="no_delivery",
)
# The message that is out or perhaps is can't be changed, and what it asks must be seen.
ANEW = Write(
    stage=Stage.DELIVERIES,
    sql="""
        UPDATE delivery SET body = $2, language = $3, posted_at = $4, state = 'waiting',
            next_try_at = 0, provider_id = '', parts = '', reason = '', begun_at = NULL,
            settled_at = NULL
        WHERE id = $1 AND operation = 'send' AND state NOT IN ('waiting', 'sending')
        RETURNING id
    """,
    conflict="no_delivery",
)
# Of what somebody was to read: an edit may be overtaken by now. `attempts` goes on counting: late
# news of an earlier try must not settle this one.
RETRY = """
    UPDATE delivery SET state = 'waiting', next_try_at = 0, posted_at = $2,
        reason = '', begun_at = NULL, settled_at = NULL
    WHERE id = $1 AND operation = 'send' AND state IN ('failed', 'unknown', 'gone')
    RETURNING ticket_id
"""
# The same, to go elsewhere. What is unknown may have arrived: it is not said a second time there.
REDIRECT = """
    UPDATE delivery SET channel = $2, account = $3, address = $4, quoted_id = $5, thread = $6,
        state = 'waiting', next_try_at = 0, posted_at = $7, reason = '', provider_id = '',
        parts = '', begun_at = NULL, settled_at = NULL
    WHERE id = $1 AND operation = 'send' AND state IN ('failed', 'gone') RETURNING ticket_id
"""
OF_TICKET = """
    SELECT ticket_id, channel, account, address FROM delivery
    WHERE id = $1 AND operation = 'send' AND ticket_id IS NOT NULL
"""
SENDS = "SELECT id FROM delivery WHERE id = $1 AND operation = 'send'"
# A report may be faster than the note that the mail was taken.
FAIL = """
    UPDATE delivery SET state = 'failed', reason = $2, settled_at = $3
    WHERE id = $1 AND operation = 'send' AND state IN ('sending', 'accepted', 'unknown')
    RETURNING channel, account, address
"""


class DeliveryWork(WorkPart):
    async def post(self, delivery: NewDelivery) -> int:
        """Into the outbox; returns its id. Its entry finds it by `entry_id`."""
        delivery_id = await self._numbers.next("delivery")
        self._session.later(
            POST,
            delivery_id,
            delivery.address.channel,
            delivery.address.account,
            keyed(delivery.address.external_id),
            delivery.operation.value,
            mapping.speech_to_json(delivery.body),
            delivery.ticket_id,
            delivery.entry_id,
            delivery.target_id,
            delivery.target_external_id,
            delivery.subject,
            delivery.quoted_id,
            mapping.to_json(delivery.thread),
            delivery.is_automatic,
            delivery.language,
            self._now(),
        )
        self._announce(delivery.ticket_id)
        return delivery_id

    async def replace_waiting_edits(self, edits: Sequence[NewDelivery]) -> None:
        """Like `post` of each, but it takes the place of one that still waits.

        Where the message to edit is not out itself (it waits, failed, or is unknown) its own
        words change instead: then one message goes out, not two. What failed or is unknown goes
        once more where the new words ask something.
        """
        if not edits:
            return
        places = await self._replaceable([edit.target_id for edit in edits])
        for edit in edits:
            place = places.get(edit.target_id)
            if place is None:
                await self.post(edit)
                continue
            words = (place["id"], mapping.speech_to_json(edit.body), edit.language)
            if place["state"] != DeliveryState.WAITING and is_asking(edit.body):
                self._session.later(ANEW, *words, self._now())
            else:
                self._session.later(REPLACE, *words)
            self._announce(edit.ticket_id)

    async def _replaceable(self, targets: Sequence[int | None]) -> dict[int | None, Row]:
        """By target, the delivery whose words are to change; locked, the latest wins."""
        dialect = self._session.dialect
        sql = REPLACEABLE.format(
            targets=dialect.among("target_id", 1),
            own=dialect.among("id", 1),
            locked=dialect.locked(),
        )
        rows = await self._session.fetch(sql, dialect.listed(targets))
        return {row["target"]: row for row in rows}

    async def retry_delivery(self, delivery_id: int, now: datetime) -> int | None:
        """A failed, gone or unknown message back to waiting; returns its ticket."""
        checked_id(delivery_id, "no_delivery")
        row = await self._session.fetch_one(RETRY, delivery_id, to_micros(now))
        if row is not None:
            self._announce(row["ticket_id"])
            number: int | None = row["ticket_id"]
            return number
        known = await self._session.fetch_one(SENDS, delivery_id)
        if known is None:
            raise NotFound("no_delivery")
        raise Conflict("sent_already")

    async def place_of_delivery(self, delivery_id: int) -> tuple[int, Address]:
        """Its ticket, and where it goes."""
        checked_id(delivery_id, "no_delivery")
        row = await self._session.fetch_one(OF_TICKET, delivery_id)
        if row is None:
            raise NotFound("no_delivery")
        return row["ticket_id"], mapping.address(row)

    async def redirect_delivery(
        self, delivery_id: int, answering: Answering, now: datetime
    ) -> None:
        """A failed or gone message waits again, to go there."""
        row = await self._session.fetch_one(
            REDIRECT,
            delivery_id,
            *columns_of(answering.address),
            answering.quoted_id,
            mapping.to_json(answering.thread),
            to_micros(now),
        )
        if row is None:
            raise Conflict("sent_already")
        self._announce(row["ticket_id"])

    async def fail_delivery(self, failure: Failure, now: datetime) -> None:
        """It has not arrived; with a lasting failure its address can't be reached any more."""
        failed = (failure.delivery_id, failure.reason, to_micros(now))
        row = await self._session.fetch_one(FAIL, *failed)
        if row is not None and failure.is_lasting:
            reached = (row["channel"], row["account"], row["address"])
            await self._session.execute(SET_REACHABLE, *reached, False)  # noqa: FBT003 - a column

    def _announce(self, ticket_id: int | None) -> None:
        self._session.rings.add("outward")
        if ticket_id is not None:
            self._session.rings.add(f"ticket:{ticket_id}")
