"""What the core must know to decide about one message: who writes, and what it may touch.

A message may only touch tickets of its own person; a guessed number or a copied quote finds
nothing. The exception is a token that only we can have made (`proven_ticket`).
"""

from dataclasses import dataclass

from intake.errors import NotFound
from intake.messages import Address, Message, MessageKind
from intake.people import LANGUAGES, Handle, Person
from intake.ports import Situation
from intake.tickets import Entry, Ticket
from store import mapping
from store.entries import ENTRIES, load_entry
from store.keys import keyed
from store.part import LARGEST_ID, WorkPart
from store.session import Row

MOST_LIVE = 20
MOST_QUOTED = 50  # external ids of one thread that are looked up
# Channels whose message ids are unique beyond one conversation: Message-IDs of mail.
UNIQUE_IDS = frozenset({"email"})

FIND_HANDLE = """
    SELECT handle.*, person.name, person.language
    FROM handle JOIN person ON person.id = handle.person_id
    WHERE handle.channel = $1 AND handle.account = $2 AND handle.address = $3
"""
MAKE_PERSON = """
    INSERT INTO person (name, language, created_at) VALUES ($1, $2, $3) RETURNING id
"""
MAKE_HANDLE = """
    INSERT INTO handle (person_id, channel, account, address, created_at)
    VALUES ($4, $1, $2, $3, $5) ON CONFLICT (channel, account, address) DO NOTHING RETURNING id
"""
DROP_PERSON = "DELETE FROM person WHERE id = $1"
LIVE_TICKETS = """
    SELECT * FROM ticket WHERE person_id = $1 AND status NOT IN ('solved', 'closed')
    ORDER BY updated_at DESC, id DESC LIMIT $2
"""
LAST_ENTRY = f"""{ENTRIES}
    WHERE entry.channel = $1 AND entry.account = $2 AND entry.address = $3
        AND entry.author = 'requester' AND entry.kind = 'message'
    ORDER BY entry.id DESC LIMIT 1
"""
QUOTED = """
    SELECT entry.external_id AS external_id, ticket.id AS number
    FROM entry JOIN ticket ON ticket.id = entry.ticket_id
    WHERE entry.channel = $1 AND entry.account = $2 AND entry.external_id <> '' AND {entries}
        AND (entry.address = $3 OR $5) AND ticket.person_id = $6
    UNION ALL
    SELECT delivery.provider_id, ticket.id
    FROM delivery JOIN ticket ON ticket.id = delivery.ticket_id
    WHERE delivery.channel = $1 AND delivery.account = $2 AND delivery.provider_id <> ''
        AND {deliveries} AND (delivery.address = $3 OR $5) AND ticket.person_id = $6
"""
SAVE_PERSON = "UPDATE person SET name = $2, language = $3 WHERE id = $1"
SET_REACHABLE = """
    UPDATE handle SET is_reachable = $4 WHERE channel = $1 AND account = $2 AND address = $3
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Who writes, as far as we know them."""

    person: Person
    handle: Handle
    is_new: bool


class PersonWork(WorkPart):
    async def situation(self, message: Message) -> Situation:
        """Loads or makes the person and handle of the sender, and what the message may touch."""
        if message.kind is MessageKind.FORM:
            return await self._form_situation(message)
        writer = await self._writer(message)
        live: tuple[Ticket, ...] = ()
        last: Entry | None = None
        if not writer.is_new:
            live = await self._live_tickets(writer.person.id)
            row = await self._session.fetch_one(LAST_ENTRY, *_columns(message.address))
            last = None if row is None else mapping.entry(row)
        known = await self._known_entry(message)
        named = await self._named_ticket(message, writer, known, live)
        return Situation(
            person=writer.person,
            handle=writer.handle,
            live_tickets=live,
            named_ticket=named,
            proven_ticket=await self._maybe_ticket(message.proven_ticket, live),
            known_entry=known,
            last_entry=last,
            is_first_contact=writer.is_new,
        )

    async def _form_situation(self, message: Message) -> Situation:
        """Its link named the ticket, and the ticket says whose it is. Raises NotFound."""
        ticket = await self._lock_ticket(message.proven_ticket or 0)
        row = await self._session.fetch_one(FIND_HANDLE, *_columns(ticket.address))
        if row is None:
            raise NotFound("no_handle", number=str(ticket.id))
        writer = _known(row)
        return Situation(
            person=writer.person, handle=writer.handle, live_tickets=(), proven_ticket=ticket
        )

    async def save_person(self, person: Person) -> None:
        await self._session.execute(SAVE_PERSON, person.id, person.name, person.language)

    async def set_reachable(self, address: Address, *, is_reachable: bool) -> None:
        await self._session.execute(SET_REACHABLE, *_columns(address), is_reachable)

    async def _writer(self, message: Message) -> Writer:
        columns = _columns(message.address)
        row = await self._session.fetch_one(FIND_HANDLE, *columns)
        if row is not None:
            return _known(row)
        name, language = message.sender.name, _language(message.sender.language)
        made = await self._session.fetch(MAKE_PERSON, name, language, self._now())
        person = Person(id=made[0]["id"], name=name, language=language)
        handle = await self._session.fetch_one(MAKE_HANDLE, *columns, person.id, self._now())
        if handle is None:  # another transaction made it at the same moment, and has committed
            await self._session.execute(DROP_PERSON, person.id)
            return _known((await self._session.fetch(FIND_HANDLE, *columns))[0])
        made_handle = Handle(id=handle["id"], person_id=person.id, address=message.address)
        return Writer(person=person, handle=made_handle, is_new=True)

    async def _live_tickets(self, person_id: int) -> tuple[Ticket, ...]:
        """Locked on PostgreSQL, since a message usually changes one of them."""
        sql = LIVE_TICKETS + self._session.dialect.locked()
        rows = await self._session.fetch(sql, person_id, MOST_LIVE)
        return tuple(mapping.ticket(row) for row in rows)

    async def _known_entry(self, message: Message) -> Entry | None:
        """The message that an edit rewrites, or the first of an album."""
        at = "entry.channel = $1 AND entry.account = $2 AND entry.address = $3"
        if message.kind is MessageKind.EDIT and message.external_id:
            condition = f"{at} AND entry.external_id <> '' AND entry.external_id = $4"
            key = message.external_id
        elif message.album:
            condition = f"{at} AND entry.album <> '' AND entry.album = $4"
            key = message.album
        else:
            return None
        ordered = f"{condition} ORDER BY entry.id LIMIT 1"
        return await load_entry(self._session, ordered, *_columns(message.address), keyed(key))

    async def _named_ticket(
        self, message: Message, writer: Writer, known: Entry | None, live: tuple[Ticket, ...]
    ) -> Ticket | None:
        """By tap, then by quote and thread, then by album; never somebody else's."""
        if writer.is_new:
            return None
        number = _tapped(message.tap)
        if number is None:
            number = await self._quoted(message, writer.person.id)
        if number is None and known is not None and message.album:
            number = known.ticket_id
        ticket = await self._maybe_ticket(number, live)
        return ticket if ticket and ticket.person_id == writer.person.id else None

    async def _quoted(self, message: Message, person_id: int) -> int | None:
        """The ticket of the nearest message that this one answers."""
        ids = [keyed(text) for text in (message.quoted_id, *message.thread) if text]
        wanted = list(dict.fromkeys(ids))[:MOST_QUOTED]
        if not wanted:
            return None
        dialect = self._session.dialect
        sql = QUOTED.format(
            entries=dialect.among("entry.external_id", 4, "text"),
            deliveries=dialect.among("delivery.provider_id", 4, "text"),
        )
        columns = _columns(message.address)
        is_unique = message.address.channel in UNIQUE_IDS
        rows = await self._session.fetch(
            sql, *columns, dialect.listed(wanted), is_unique, person_id
        )
        numbers: dict[str, int] = {row["external_id"]: row["number"] for row in rows}
        return next((numbers[key] for key in wanted if key in numbers), None)

    async def _maybe_ticket(self, number: int | None, live: tuple[Ticket, ...]) -> Ticket | None:
        if number is None or not 0 < number <= LARGEST_ID:
            return None
        for ticket in live:
            if ticket.id == number:
                return ticket
        try:
            return await self._lock_ticket(number)
        except NotFound:
            return None


def _columns(address: Address) -> tuple[str, str, str]:
    return (address.channel, address.account, keyed(address.external_id))


def _known(row: Row) -> Writer:
    return Writer(person=mapping.person(row), handle=mapping.handle(row), is_new=False)


def _language(hint: str) -> str:
    primary = hint.replace("_", "-").split("-")[0].lower()
    return primary if primary in LANGUAGES else "en"


def _tapped(tap: str) -> int | None:
    """Button data is `verb|number|...`."""
    words = tap.split("|")
    if len(words) > 1 and words[1].isdecimal() and len(words[1]) < len(str(LARGEST_ID)):
        return int(words[1])
    return None
