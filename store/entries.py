"""Timelines in work: entries, their files, and where they stand."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from intake.errors import NotFound
from intake.messages import Address, IncomingFile
from intake.tickets import Entry, NewEntry
from store import mapping
from store.forgetting import erase
from store.keys import keyed
from store.moments import to_micros
from store.part import WorkPart, checked_id
from store.people import columns_of
from store.session import Reader, Stage, Write

# Channels whose message ids are unique beyond one conversation: Message-IDs of mail.
UNIQUE_IDS = frozenset({"email"})

ENTRIES = """
    SELECT entry.*, delivery.id AS delivery_id, delivery.state AS delivery_state,
        delivery.reason AS delivery_reason, delivery.channel AS delivery_channel,
        delivery.account AS delivery_account
    FROM entry LEFT JOIN delivery ON delivery.entry_id = entry.id
"""
FILES = """
    SELECT file.*, entry.ticket_id FROM file JOIN entry ON entry.id = file.entry_id
"""
INSERT = Write(
    stage=Stage.ENTRIES,
    sql="""
        INSERT INTO entry (id, ticket_id, kind, author, author_name, agent_id, happened_at,
            text, full_text, change_what, change_before, change_after, channel, account, address,
            external_id, thread, album, envelope_id, position, automatic, original, facts, once)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,
            $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)
        ON CONFLICT DO NOTHING RETURNING id
    """,
    conflict="said_already",
)
INSERT_FILE = Write(
    stage=Stage.FILES,
    sql="""
        INSERT INTO file (entry_id, channel, account, address, source, name, media_type, size,
            state, next_try_at, error)
        SELECT id, channel, account, address, $2, $3, $4, $5, 'waiting', 0, ''
        FROM entry WHERE id = $1 AND channel IS NOT NULL RETURNING id
    """,
    conflict="no_channel",
)
ATTACH = "UPDATE file SET entry_id = $1 WHERE {among} AND entry_id IS NULL"
EDIT = "UPDATE entry SET text = $2, edited_at = $3 WHERE id = $1 RETURNING ticket_id"
LOCATE = "SELECT ticket_id FROM entry WHERE id = $1"
MOVE = "UPDATE entry SET ticket_id = $2 WHERE id = $1"
NOTE = "UPDATE entry SET facts = $2 WHERE id = $1"
LAST_MESSAGE = f"""{ENTRIES}
    WHERE entry.ticket_id = $1 AND entry.kind = 'message' AND entry.author = 'requester'
        AND entry.external_id <> '' AND entry.channel = $2 AND entry.account = $3
        AND (entry.address = $4 OR $5)
    ORDER BY CASE WHEN entry.automatic IN ('no', 'list', 'bulk') THEN 0 ELSE 1 END,
        entry.id DESC LIMIT 1
"""


async def load_entry(reader: Reader, condition: str, *values: object) -> Entry | None:
    """The one entry that meets `condition`, with its files."""
    rows = await reader.fetch(f"{ENTRIES} WHERE {condition}", *values)
    if not rows:
        return None
    files = await reader.fetch(f"{FILES} WHERE file.entry_id = $1 ORDER BY file.id", rows[0]["id"])
    return mapping.entry(rows[0], [mapping.stored_file(row) for row in files])


class EntryWork(WorkPart):
    async def add_entry(self, new: NewEntry) -> int:
        """Raises Conflict when its one-time key `once` is known; the transaction stays usable."""
        entry_id = await self._numbers.next("entry")
        self._session.later(INSERT, entry_id, *self._columns(new))
        if new.once:  # the caller goes another way when it is known
            await self._session.flush()
        if new.envelope_id is not None:
            self._positions[new.envelope_id] += 1
        self._add_files(entry_id, new.files)
        if new.stored_files:
            await self._attach(entry_id, new.stored_files)
        self._touch(new.ticket_id)
        return entry_id

    async def edit_entry(self, entry_id: int, text: str, at: datetime) -> None:
        row = await self._session.fetch_one(EDIT, entry_id, text, to_micros(at))
        if row is None:
            raise NotFound("no_entry")
        self._touch(row["ticket_id"])

    async def erase_entry(self, entry_id: int, at: datetime, words: Sequence[str] = ()) -> None:
        """Its words and files, and how they came; that it was there stays.

        `words` go from our own cards and notes as well.
        """
        for ticket_id in await erase(self._session, entry_id, at, words):
            self._touch(ticket_id)

    async def add_files(self, entry_id: int, files: Sequence[IncomingFile]) -> None:
        """More files of a message that is on its timeline."""
        self._add_files(entry_id, files)
        located = await self._session.fetch_one(LOCATE, entry_id)
        if located is not None:
            self._touch(located["ticket_id"])

    async def move_entry(self, entry_id: int, ticket_id: int) -> None:
        located = await self._session.fetch_one(LOCATE, entry_id)
        if located is None:
            raise NotFound("no_entry")
        await self._session.execute(MOVE, entry_id, ticket_id)
        self._touch(located["ticket_id"])
        self._touch(ticket_id)

    async def note_facts(self, entry_id: int, facts: Mapping[str, str]) -> None:
        await self._session.execute(NOTE, entry_id, mapping.to_json(dict(facts)))

    async def entry(self, entry_id: int) -> Entry:
        """Raises NotFound."""
        found = await load_entry(self._session, "entry.id = $1", checked_id(entry_id, "no_entry"))
        if found is None:
            raise NotFound("no_entry")
        return found

    async def last_message_in(self, ticket_id: int, address: Address) -> Entry | None:
        """No form page; its files are left out. All mails of a person make one thread."""
        channel, account, there = columns_of(address)
        sought = (ticket_id, channel, account, there, channel in UNIQUE_IDS)
        row = await self._session.fetch_one(LAST_MESSAGE, *sought)
        return mapping.entry(row) if row is not None else None

    async def thread_of(self, entry_id: int) -> tuple[str, ...]:
        """External ids before that message, newest first."""
        row = await self._session.fetch_one("SELECT thread FROM entry WHERE id = $1", entry_id)
        return () if row is None else mapping.words_of(row["thread"])

    def _add_files(self, entry_id: int, files: Sequence[IncomingFile]) -> None:
        """What a channel brought, still to be fetched."""
        for file in files:
            row = (entry_id, file.source, file.name, file.media_type, file.size)
            self._session.later(INSERT_FILE, *row)
            self._session.rings.add("files")

    async def _attach(self, entry_id: int, files: Sequence[int]) -> None:
        """Uploads become files of the entry; what another entry has taken stays there."""
        dialect = self._session.dialect
        sql = ATTACH.format(among=dialect.among("id", 2))
        await self._session.execute(sql, entry_id, dialect.listed(files))

    def _columns(self, new: NewEntry) -> tuple[object, ...]:
        change, address = new.change, new.address
        return (
            new.ticket_id,
            new.kind.value,
            new.author.value,
            new.author_name,
            new.agent_id,
            to_micros(new.at),
            new.text,
            new.full_text,
            change.what if change else None,
            change.before if change else None,
            change.after if change else None,
            address.channel if address else None,
            address.account if address else None,
            keyed(address.external_id) if address else None,
            keyed(new.external_id),
            mapping.to_json(new.thread),
            keyed(new.album),
            new.envelope_id,
            self._positions[new.envelope_id] if new.envelope_id is not None else 0,
            new.automatic.value,
            new.original,
            mapping.to_json(dict(new.facts)),
            keyed(new.once) or None,
        )
