"""Deliveries in work: posted in the same commit as their cause. Sending is left to `outbox`."""

from datetime import datetime

from intake.errors import Conflict, NotFound
from intake.speech import NewDelivery
from store import mapping
from store.keys import keyed
from store.moments import to_micros
from store.part import WorkPart, checked_id

POST = """
    INSERT INTO delivery (channel, account, address, operation, body, ticket_id, entry_id,
        target_id, target_external_id, subject, quoted_id, thread, is_automatic, language,
        posted_at, reason)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, '')
    RETURNING id
"""
REPLACE_EDIT = """
    UPDATE delivery SET body = $2, language = $3
    WHERE target_id = $1 AND operation = 'edit' AND state = 'waiting' RETURNING id
"""
# What is not out there yet, or perhaps never came: whoever sends it (again) sends the new words.
REPLACE_TARGET = """
    UPDATE delivery SET body = $2, language = $3
    WHERE id = $1 AND operation = 'send'
        AND state IN ('waiting', 'failed', 'gone', 'unknown') RETURNING id
"""
# `attempts` goes on counting: late news of an earlier try must not settle this one.
RETRY = """
    UPDATE delivery SET state = 'waiting', next_try_at = 0, posted_at = $2,
        reason = '', claimed_at = NULL, settled_at = NULL
    WHERE id = $1 AND state IN ('failed', 'unknown', 'gone') RETURNING ticket_id
"""


class DeliveryWork(WorkPart):
    async def post(self, delivery: NewDelivery) -> int:
        """Into the outbox; returns its id. Its entry finds it by `entry_id`."""
        rows = await self._session.fetch(
            POST,
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
        delivery_id: int = rows[0]["id"]
        return delivery_id

    async def replace_waiting_edit(self, target_id: int, delivery: NewDelivery) -> int:
        """Like `post` of an edit, but takes the place of one that still waits.

        Where the message to edit is not out itself (it waits, failed, or is unknown) its own
        words change instead, and its own id is returned: then one message goes out, not two.
        """
        body = mapping.speech_to_json(delivery.body)
        for sql in (REPLACE_EDIT, REPLACE_TARGET):
            row = await self._session.fetch_one(sql, target_id, body, delivery.language)
            if row is not None:
                self._announce(delivery.ticket_id)
                replaced: int = row["id"]
                return replaced
        return await self.post(delivery)

    async def retry_delivery(self, delivery_id: int, now: datetime) -> int | None:
        """Failed, gone or unknown back to waiting; returns its ticket."""
        checked_id(delivery_id, "no_delivery")
        row = await self._session.fetch_one(RETRY, delivery_id, to_micros(now))
        if row is not None:
            self._announce(row["ticket_id"])
            number: int | None = row["ticket_id"]
            return number
        known = await self._session.fetch_one("SELECT id FROM delivery WHERE id = $1", delivery_id)
        if known is None:
            raise NotFound("no_delivery")
        raise Conflict("sent_already")

    def _announce(self, ticket_id: int | None) -> None:
        self._session.rings.add("outward")
        if ticket_id is not None:
            self._session.rings.add(f"ticket:{ticket_id}")
