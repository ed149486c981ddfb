"""Tickets as they stand in chats of agents, and which of them have moved on since.

A ticket that is saved, or spoken on, is marked as untold in the same transaction; its showings are
marked as behind then, and looked at one after the other, the urgent first. Both marks are set on
locked rows, so that nothing that happens in between is passed over.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from intake.companion.showings import CHANNEL, QUIET_PAUSE, OwnWords, Showing, Spoken
from intake.speech import Speech
from intake.tickets import Entry, EntryKind, StoredFile, Ticket
from store import mapping
from store.entries import ENTRIES, FILES
from store.listing import LIVE
from store.moments import from_micros, maybe_moment, to_micros
from store.part import WorkPart
from store.session import Row, Session

UNTOLD = "SELECT * FROM ticket WHERE NOT is_told ORDER BY id LIMIT $1 {locked}"
TELL = "UPDATE ticket SET is_told = true WHERE {among}"
OF_TICKETS = "SELECT * FROM showing WHERE account = $1 AND {among} ORDER BY id"
ADD = """
    INSERT INTO showing (ticket_id, account, chat, agent_id, is_followed, urgency)
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (account, chat, ticket_id) DO UPDATE
        SET is_behind = true, next_at = 0, is_followed = showing.is_followed
            OR excluded.is_followed, agent_id = excluded.agent_id
"""
ANEW = """
    INSERT INTO showing (ticket_id, account, chat, agent_id, is_followed, urgency)
    VALUES ($3, $1, $2, $4, true, -1)
    ON CONFLICT (account, chat, ticket_id) DO UPDATE
        SET is_behind = true, next_at = 0, is_followed = true, card_id = NULL, card_mark = '',
            agent_id = excluded.agent_id, urgency = -1
"""
FOLLOW = """
    UPDATE showing SET is_followed = true, is_behind = true, next_at = 0
    WHERE account = $1 AND chat = $2 AND ticket_id = $3 AND agent_id = $4 AND NOT is_followed
"""
MARK = """
    UPDATE showing SET is_behind = true, next_at = 0,
        urgency = CASE WHEN urgency = -1 AND card_id IS NULL THEN -1
            WHEN {urgent} THEN 0 ELSE 1 END
    WHERE {among}
"""
BEHIND = """
    SELECT * FROM showing
    WHERE account = $1 AND is_behind AND (next_at <= $2 OR next_at > $5) AND NOT ({resting})
    ORDER BY urgency, id LIMIT $4 {locked}
"""
TICKETS = "SELECT * FROM ticket WHERE {among}"
SAVE = """
    UPDATE showing SET topic = $2, name = $3, is_closed = $4, card_id = $5, card_mark = $6,
        card_at = $7, entry_id = $8, told_lost = $9, is_followed = $10, is_behind = $11,
        next_at = $12
    WHERE id = $1
"""
OF_TICKET = "SELECT * FROM showing WHERE account = $1 AND chat = $2 AND ticket_id = $3"
AT = "SELECT * FROM showing WHERE account = $1 AND chat = $2 AND topic = $3 AND topic <> ''"
SPOKEN = """
    SELECT id, ticket_id, subject FROM delivery
    WHERE channel = $1 AND account = $2 AND address = $3 AND provider_id = $4
        AND provider_id <> '' AND ticket_id IS NOT NULL AND operation = 'send' LIMIT 1
"""
SPOKEN_PART = """
    SELECT id, ticket_id, subject FROM delivery
    WHERE channel = $1 AND account = $2 AND address = $3 AND parts <> '' AND {contains}
        AND ticket_id IS NOT NULL ORDER BY id DESC LIMIT 1
"""
SHOWN_BODY = "SELECT body FROM delivery WHERE id = $1 OR target_id = $1 ORDER BY id DESC LIMIT 1"
WAITING = """
    SELECT address, count(*) AS waiting FROM delivery
    WHERE channel = $1 AND account = $2 AND state IN ('waiting', 'sending')
        AND operation <> 'answer_tap'
    GROUP BY address
"""
LOST = """
    SELECT id, ticket_id, address FROM delivery
    WHERE {among} AND channel = $2 AND account = $3
        AND operation = 'send' AND state IN ('failed', 'gone', 'unknown')
"""
NEWEST = """
    SELECT ticket_id, max(id) AS newest FROM entry
    WHERE {among} AND (kind <> 'change' OR change_what = 'edited') GROUP BY ticket_id
"""
AFTER = f"""{ENTRIES}
    WHERE entry.ticket_id = $1 AND entry.id > $2 AND (entry.kind <> 'change'
        OR entry.change_what = 'edited')
    ORDER BY entry.id, delivery.id LIMIT $3
"""
FILES_AFTER = f"""{FILES}
    WHERE entry.ticket_id = $1 AND entry.id > $2 ORDER BY file.id
"""
LOST_SINCE = f"""{ENTRIES}
    WHERE entry.ticket_id = $1 AND delivery.operation = 'send' AND NOT delivery.is_automatic
        AND delivery.state IN ('failed', 'gone', 'unknown') AND delivery.id >= $2
    ORDER BY delivery.id LIMIT $3
"""
ATTEMPTS = "SELECT id, attempts FROM delivery WHERE {among}"
SAID_IN = """
    SELECT ticket_id, kind, text FROM entry
    WHERE channel = $1 AND account = $2 AND external_id = $4 AND external_id <> ''
        AND address = $3
    ORDER BY id
"""
FREE = f"""
    SELECT * FROM ticket WHERE assignee_id IS NULL AND {LIVE} ORDER BY updated_at, id LIMIT $1
"""  # noqa: S608 - made of constants
MOMENTS = f"""
    SELECT assignee_id, created_at, first_response_at FROM ticket WHERE {LIVE}
    ORDER BY updated_at, id LIMIT $1
"""  # noqa: S608 - made of constants
MOST_COUNTED = 5_000
# What a sender finds out there.
SET_TOPIC = "UPDATE showing SET topic = $2, name = $3, is_closed = false WHERE id = $1"
LOSE_TOPIC = """
    UPDATE showing SET topic = '', is_closed = false, is_behind = true, next_at = 0,
        card_mark = '', card_id = CASE WHEN card_id = $2 OR EXISTS (
            SELECT 1 FROM delivery WHERE delivery.id = showing.card_id AND state = 'waiting')
            THEN card_id ELSE NULL END
    WHERE id = $1
"""
LOSE_CARD = """
    UPDATE showing SET card_id = NULL, card_mark = '', is_behind = true, next_at = 0
    WHERE account = $1 AND chat = $2 AND card_id = $3
"""


# That a message perhaps did not arrive is told on the card, unless it was the card itself.
DOUBT = """
    UPDATE showing SET is_behind = true, next_at = 0
    WHERE account = $1 AND chat = $2 AND ticket_id = $3 AND (card_id IS NULL OR card_id <> $4)
"""


async def doubt(session: Session, told: Sequence[tuple[str, str, int, int]]) -> None:
    """Of each message that perhaps did not arrive: account, chat, ticket, delivery."""
    if told:
        await session.execute_many(DOUBT, told)
        session.rings.add("tickets")


class ShowingWork(WorkPart):
    # tickets that have moved on

    async def untold(self, limit: int) -> Sequence[Ticket]:
        dialect = self._session.dialect
        rows = await self._session.fetch(UNTOLD.format(locked=dialect.locked()), limit)
        if rows:
            ids = dialect.listed([row["id"] for row in rows])
            await self._session.execute(TELL.format(among=dialect.among("id", 1)), ids)
        return [mapping.ticket(row) for row in rows]

    async def showings_of(self, account: str, numbers: Sequence[int]) -> Sequence[Showing]:
        dialect = self._session.dialect
        sql = OF_TICKETS.format(among=dialect.among("ticket_id", 2))
        return list(
            map(_showing, await self._session.fetch(sql, account, dialect.listed(numbers)))
        )

    async def add_showings(self, news: Sequence[Showing]) -> None:
        rows = [
            (one.ticket_id, one.account, one.chat, one.agent_id, one.is_followed, one.urgency)
            for one in news
        ]
        if rows:
            await self._session.execute_many(ADD, rows)

    async def mark_behind(self, numbers: Sequence[int], urgent: Sequence[int]) -> None:
        dialect = self._session.dialect
        sql = MARK.format(
            among=dialect.among("ticket_id", 1), urgent=dialect.among("ticket_id", 2)
        )
        await self._session.execute(sql, dialect.listed(numbers), dialect.listed(urgent))

    # showings

    async def behind(
        self, account: str, now: datetime, resting: Sequence[str], limit: int
    ) -> Sequence[Showing]:
        dialect = self._session.dialect
        sql = BEHIND.format(
            resting=dialect.among("chat", 3, "text"), locked=dialect.locked(skips=True)
        )
        given = (account, to_micros(now), dialect.listed(resting), limit)
        latest = to_micros(now + QUIET_PAUSE)  # after that the clock was put back
        return list(map(_showing, await self._session.fetch(sql, *given, latest)))

    async def shown_tickets(self, numbers: Sequence[int]) -> Mapping[int, Ticket]:
        dialect = self._session.dialect
        sql = TICKETS.format(among=dialect.among("id", 1))
        rows = await self._session.fetch(sql, dialect.listed(numbers))
        return {row["id"]: mapping.ticket(row) for row in rows}

    async def save_showings(self, seen: Sequence[tuple[Showing, datetime | None]]) -> None:
        rows = [
            (
                showing.id,
                showing.topic,
                showing.name,
                showing.is_closed,
                showing.card_id,
                showing.card_mark,
                None if showing.card_at is None else to_micros(showing.card_at),
                showing.entry_id,
                showing.told_lost,
                showing.is_followed,
                look_at is not None,
                0 if look_at is None else to_micros(look_at),
            )
            for showing, look_at in seen
        ]
        if rows:
            await self._session.execute_many(SAVE, rows)

    async def show_anew(self, account: str, chat: str, number: int, agent_id: int) -> None:
        await self._session.execute(ANEW, account, chat, number, agent_id)
        self._session.rings.add("tickets")

    async def follow(self, account: str, chat: str, number: int, agent_id: int) -> None:
        await self._session.execute(FOLLOW, account, chat, number, agent_id)

    async def showing_of(self, account: str, chat: str, number: int) -> Showing | None:
        row = await self._session.fetch_one(OF_TICKET, account, chat, number)
        return None if row is None else _showing(row)

    async def showing_at(self, account: str, chat: str, topic: str) -> Showing | None:
        row = await self._session.fetch_one(AT, account, chat, topic)
        return None if row is None else _showing(row)

    async def spoken(self, account: str, chat: str, message_id: str) -> Spoken | None:
        """By its own number, or by that of a part that went before."""
        place = (CHANNEL, account, chat)
        row = await self._session.fetch_one(SPOKEN, *place, message_id)
        if row is None:
            sql = SPOKEN_PART.format(contains=self._session.dialect.contains("parts", 4))
            row = await self._session.fetch_one(sql, *place, mapping.to_json(message_id))
        if row is None:
            return None
        purpose = row["subject"]
        return Spoken(delivery_id=row["id"], ticket_id=row["ticket_id"], purpose=purpose)

    async def shown_body(self, delivery_id: int) -> Speech | None:
        row = await self._session.fetch_one(SHOWN_BODY, delivery_id)
        return None if row is None else mapping.speech_from_json(row["body"])

    async def waiting_in(self, account: str) -> Mapping[str, int]:
        rows = await self._session.fetch(WAITING, CHANNEL, account)
        return {row["address"]: row["waiting"] for row in rows}

    async def lost(
        self, account: str, numbers: Sequence[int]
    ) -> Mapping[tuple[str, int], Collection[int]]:
        dialect = self._session.dialect
        sql = LOST.format(among=dialect.among("ticket_id", 1))
        lost: dict[tuple[str, int], set[int]] = {}
        for row in await self._session.fetch(sql, dialect.listed(numbers), CHANNEL, account):
            lost.setdefault((row["address"], row["ticket_id"]), set()).add(row["id"])
        return lost

    async def newest_entries(self, numbers: Sequence[int]) -> Mapping[int, int]:
        dialect = self._session.dialect
        sql = NEWEST.format(among=dialect.among("ticket_id", 1))
        rows = await self._session.fetch(sql, dialect.listed(numbers))
        return {row["ticket_id"]: row["newest"] for row in rows}

    async def entries_after(
        self, number: int, entry_id: int, limit: int
    ) -> Sequence[tuple[Entry, str]]:
        rows = await self._session.fetch(AFTER, number, entry_id, limit)
        if not rows:
            return ()
        files: dict[int, list[StoredFile]] = {}
        for row in await self._session.fetch(FILES_AFTER, number, entry_id):
            files.setdefault(row["entry_id"], []).append(mapping.stored_file(row))
        newest = {row["id"]: row for row in rows}
        return [
            (
                mapping.entry(row, files.get(row["id"], ())),
                row["address"] if row["channel"] == CHANNEL else "",
            )
            for row in newest.values()
        ]

    async def lost_since(
        self, number: int, delivery_id: int, limit: int
    ) -> Sequence[tuple[Entry, int]]:
        rows = await self._session.fetch(LOST_SINCE, number, delivery_id, limit)
        if not rows:
            return ()
        dialect = self._session.dialect
        ids = dialect.listed([row["delivery_id"] for row in rows])
        tried = await self._session.fetch(ATTEMPTS.format(among=dialect.among("id", 1)), ids)
        attempts = {row["id"]: row["attempts"] for row in tried}
        return [(mapping.entry(row), attempts[row["delivery_id"]]) for row in rows]

    async def said_in(self, account: str, chat: str, message_id: str) -> OwnWords | None:
        rows = await self._session.fetch(SAID_IN, CHANNEL, account, chat, message_id)
        if not rows:
            return None
        newest = {EntryKind(row["kind"]): row["text"] for row in rows}
        kind = EntryKind(rows[0]["kind"])
        return OwnWords(ticket_id=rows[0]["ticket_id"], kind=kind, newest=newest)

    async def free_tickets(self, limit: int) -> Sequence[Ticket]:
        return [mapping.ticket(row) for row in await self._session.fetch(FREE, limit)]

    async def open_moments(self, agent_id: int) -> Sequence[tuple[bool, bool, datetime | None]]:
        return [
            (
                row["assignee_id"] == agent_id,
                row["assignee_id"] is None,
                None if row["first_response_at"] is not None else from_micros(row["created_at"]),
            )
            for row in await self._session.fetch(MOMENTS, MOST_COUNTED)
        ]

    # what is found out there

    async def set_topic(self, showing_id: int, topic: str, name: str) -> None:
        await self._session.execute(SET_TOPIC, showing_id, topic, name)

    async def lose_topic(self, showing_id: int, delivery_id: int) -> None:
        """Somebody has deleted it, and its card; the one that is being sent is still to come."""
        await self._session.execute(LOSE_TOPIC, showing_id, delivery_id)
        self._session.rings.add("tickets")

    async def lose_card(self, account: str, chat: str, card_id: int) -> None:
        await self._session.execute(LOSE_CARD, account, chat, card_id)
        self._session.rings.add("tickets")


def _showing(row: Row) -> Showing:
    return Showing(
        id=row["id"],
        ticket_id=row["ticket_id"],
        account=row["account"],
        chat=row["chat"],
        agent_id=row["agent_id"],
        topic=row["topic"],
        name=row["name"],
        is_closed=bool(row["is_closed"]),
        card_id=row["card_id"],
        card_mark=row["card_mark"],
        card_at=maybe_moment(row["card_at"]),
        entry_id=row["entry_id"],
        told_lost=row["told_lost"],
        is_followed=bool(row["is_followed"]),
        urgency=row["urgency"],
    )
