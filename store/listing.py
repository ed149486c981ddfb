"""What pages read: lists, one ticket, its timeline. Each is one query, or a fixed few.

Lists are paged by key over an index of their own, so that the millionth page costs what the first
does. Words are left to `search`.
"""

from collections.abc import Callable, Collection, Mapping, Sequence

from intake.errors import NotFound
from intake.links import Found
from intake.lists import FilePage, HeldEnvelope, HeldPage, TicketLine, TicketPage
from intake.people import Handle, Person
from intake.tickets import Entry, StoredFile, Ticket
from store import mapping
from store.database import Database
from store.entries import ENTRIES, FILES
from store.heirs import heirs
from store.moments import from_micros, maybe_moment
from store.part import checked_id
from store.people import HANDLES_OF, PERSON
from store.refusals import refused_accounts
from store.search import Search
from store.session import Row

COUNTED = 100  # a count says "100 or more" at most

LINE = """id, subject, requester, channel, status, priority, category, assignee, preview,
    is_complete, asked, card_id, waits_for_agent, flag,
    undelivered, is_held, updated_at"""
LIVE = "status NOT IN ('solved', 'closed')"
VIEWS = {
    "new": "status = 'new'",
    "mine": f"assignee_id = $1 AND {LIVE}",
    "open": LIVE,
    "all": "1 = 1",
}
PAGE = """
    SELECT {line} FROM ticket WHERE {view} AND (updated_at, id) < (${at}, ${id})
    ORDER BY updated_at DESC, id DESC LIMIT ${limit}
"""
COUNTS = f"""
    SELECT
    (SELECT count(*) FROM (SELECT 1 FROM ticket WHERE status = 'new' LIMIT $2) AS a) AS "new",
    (SELECT count(*) FROM (SELECT 1 FROM ticket WHERE assignee_id = $1 AND {LIVE}
        LIMIT $2) AS b) AS mine,
    (SELECT count(*) FROM (SELECT 1 FROM ticket WHERE {LIVE} LIMIT $2) AS c) AS "open",
    (SELECT count(*) FROM (SELECT 1 FROM envelope WHERE state = 'quarantined'
        LIMIT $2) AS d) AS quarantined
"""  # noqa: S608 - made of constants
FOUND = "SELECT {line} FROM ticket WHERE {among}"
FILE = """
    SELECT file.*, entry.ticket_id FROM file JOIN entry ON entry.id = file.entry_id
    WHERE file.id = $1
"""
OF_PERSON = f"""
    SELECT {LINE} FROM ticket WHERE person_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3
"""  # noqa: S608 - made of constants
# Read as it is sorted, so that a page costs no more with more tickets after it.
FILES_OF_PERSON = """
    SELECT file.*, entry.ticket_id
    FROM ticket JOIN entry ON entry.ticket_id = ticket.id JOIN file ON file.entry_id = entry.id
    WHERE ticket.person_id = $1 AND ticket.id <= $2
        AND (ticket.id, entry.id, file.id) < ($2, $3, $4)
    ORDER BY ticket.id DESC, entry.id DESC, file.id DESC LIMIT $5
"""
HELD = """id, channel, account, key, received_at, attempts, error, payload, dismissed_at,
    dismissed_by"""
QUARANTINED = f"""
    SELECT {HELD} FROM envelope
    WHERE state = 'quarantined' AND id < $1 ORDER BY id DESC LIMIT $2
"""  # noqa: S608 - made of constants
DISMISSED = f"""
    SELECT {HELD} FROM envelope WHERE state = 'dismissed' AND (dismissed_at, id) < ($1, $2)
    ORDER BY dismissed_at DESC, id DESC LIMIT $3
"""  # noqa: S608 - made of constants
# Whose work mail it is that somebody writes from, whom nothing has shown to be that employee.
PROBABLY = """
    SELECT employee.id, employee.name,
        (SELECT MIN(known.id) FROM person known WHERE known.employee_id = employee.id) AS person_id
    FROM person JOIN handle ON handle.person_id = person.id AND handle.channel = 'email'
    JOIN employee_contact ON employee_contact.kind = 'mail'
        AND employee_contact.value = handle.address
    JOIN employee ON employee.id = employee_contact.employee_id AND employee.is_active
    WHERE person.id = $1 AND person.employee_id IS NULL
    GROUP BY employee.id, employee.name LIMIT 2
"""
NEWEST = 2**63 - 1
NOTHING = "[]"


def page_sql(view: str) -> str:
    """Raises NotFound for a view that is none."""
    if view not in VIEWS:
        raise NotFound("no_view", view=view)
    first = 2 if view == "mine" else 1
    return PAGE.format(line=LINE, view=VIEWS[view], at=first, id=first + 1, limit=first + 2)


class Listing:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._search = Search(database)

    async def tickets(
        self, view: str, agent_id: int, cursor: str = "", limit: int = 50
    ) -> TicketPage:
        """`view` is "new", "mine", "open" or "all"; newest activity first, keyset cursor."""
        at, number = _place(cursor, 2)
        sql = page_sql(view)
        given = [agent_id] if view == "mine" else []
        rows = await self._database.fetch(sql, *given, at, number, limit + 1)
        return _page(rows, limit, lambda row: f"{row['updated_at']}.{row['id']}")

    async def search(self, words: str, cursor: str = "", limit: int = 50) -> TicketPage:
        """By number, requester or words in subject and messages; newest tickets first."""
        ids = await self._search.find(words, cursor, limit + 1)
        if not ids:
            return TicketPage(lines=(), older="")
        dialect = self._database.dialect
        sql = FOUND.format(line=LINE, among=dialect.among("id", 1))
        rows = {row["id"]: row for row in await self._database.fetch(sql, dialect.listed(ids))}
        ordered = [rows[number] for number in ids if number in rows]
        return _page(ordered, limit, lambda row: str(row["id"]))

    async def counts(self, agent_id: int) -> Mapping[str, int]:
        """Tickets per view ("new", "mine", "open") and "quarantined", each capped at 100."""
        rows = await self._database.fetch(COUNTS, agent_id, COUNTED)
        return {name: rows[0][name] for name in ("new", "mine", "open", "quarantined")}

    async def ticket(self, number: int) -> Ticket:
        """Raises NotFound."""
        row = await self._database.fetch_one(
            "SELECT * FROM ticket WHERE id = $1", checked_id(number, "no_ticket")
        )
        if row is None:
            raise NotFound("no_ticket", number=str(number))
        return mapping.ticket(row)

    async def heir(self, number: int) -> int | None:
        """The ticket that has taken along all that was said there."""
        return (await heirs(self._database, [number])).get(number)

    async def timeline(self, number: int) -> Sequence[Entry]:
        """In the order in which things came to us."""
        checked_id(number, "no_ticket")
        rows = await self._database.fetch(
            f"{ENTRIES} WHERE entry.ticket_id = $1 ORDER BY entry.id, delivery.id", number
        )
        files: dict[int, list[StoredFile]] = {}
        for row in await self._database.fetch(
            f"{FILES} WHERE entry.ticket_id = $1 ORDER BY file.id", number
        ):
            files.setdefault(row["entry_id"], []).append(mapping.stored_file(row))
        newest = {row["id"]: row for row in rows}  # of several deliveries the last
        return [mapping.entry(row, files.get(row["id"], ())) for row in newest.values()]

    async def file(self, file_id: int) -> StoredFile:
        """One that stands on a timeline; what a form has brought and not sent is nobody's yet.

        Raises NotFound.
        """
        row = await self._database.fetch_one(FILE, checked_id(file_id, "no_file"))
        if row is None:
            raise NotFound("no_file")
        return mapping.stored_file(row)

    async def person(self, person_id: int) -> Person:
        """Raises NotFound."""
        row = await self._database.fetch_one(PERSON, checked_id(person_id, "no_person"))
        if row is None:
            raise NotFound("no_person")
        return mapping.person(row)

    async def probably(self, person_id: int) -> Found | None:
        """The one employee whose address they write from, where nothing proves that."""
        rows = await self._database.fetch(PROBABLY, person_id)
        if len(rows) != 1:
            return None
        (row,) = rows
        return Found(name=row["name"], person_id=row["person_id"], employee_id=row["id"])

    async def tickets_of(self, person_id: int, cursor: str = "", limit: int = 50) -> TicketPage:
        """All of a person, the newest first, keyset cursor."""
        (before,) = _place(cursor, 1)
        rows = await self._database.fetch(OF_PERSON, person_id, before, limit + 1)
        return _page(rows, limit, lambda row: str(row["id"]))

    async def files_of(self, person_id: int, cursor: str = "", limit: int = 50) -> FilePage:
        """All that stand on a person's tickets, the newest ticket's first, keyset cursor."""
        sql, place = FILES_OF_PERSON, _place(cursor, 3)
        rows = await self._database.fetch(sql, person_id, *place, limit + 1)
        shown, older = _cut(
            rows, limit, lambda row: f"{row['ticket_id']}.{row['entry_id']}.{row['id']}"
        )
        return FilePage(files=tuple(map(mapping.stored_file, shown)), older=older)

    async def handles(self, person_id: int) -> Sequence[Handle]:
        return [mapping.handle(row) for row in await self._database.fetch(HANDLES_OF, person_id)]

    async def refused(self) -> Collection[tuple[str, str]]:
        return await refused_accounts(self._database)

    async def quarantined(self, cursor: str = "", limit: int = 50) -> HeldPage:
        """Newest first, keyset cursor."""
        (before,) = _place(cursor, 1)
        rows = await self._database.fetch(QUARANTINED, before, limit + 1)
        return _held_page(rows, limit, lambda row: str(row["id"]))

    async def dismissed(self, cursor: str = "", limit: int = 50) -> HeldPage:
        """Those dismissed last first, keyset cursor."""
        rows = await self._database.fetch(DISMISSED, *_place(cursor, 2), limit + 1)
        return _held_page(rows, limit, lambda row: f"{row['dismissed_at']}.{row['id']}")


def _page(rows: Sequence[Row], limit: int, key: Callable[[Row], str]) -> TicketPage:
    shown, older = _cut(rows, limit, key)
    return TicketPage(lines=tuple(_line(row) for row in shown), older=older)


def _held_page(rows: Sequence[Row], limit: int, key: Callable[[Row], str]) -> HeldPage:
    shown, older = _cut(rows, limit, key)
    return HeldPage(envelopes=tuple(_held(row) for row in shown), older=older)


def _cut(rows: Sequence[Row], limit: int, key: Callable[[Row], str]) -> tuple[Sequence[Row], str]:
    """One row more than asked for tells that there is an older page."""
    shown = rows[:limit]
    return shown, key(shown[-1]) if len(rows) > limit else ""


def _held(row: Row) -> HeldEnvelope:
    return HeldEnvelope(
        id=row["id"],
        channel=row["channel"],
        account=row["account"],
        key=row["key"],
        received_at=from_micros(row["received_at"]),
        tries=row["attempts"],
        error=row["error"],
        payload=bytes(row["payload"]),
        dismissed_at=maybe_moment(row["dismissed_at"]),
        dismissed_by=row["dismissed_by"],
    )


def _line(row: Row) -> TicketLine:
    return TicketLine(
        id=row["id"],
        subject=row["subject"],
        requester=row["requester"],
        channel=row["channel"],
        status=row["status"],
        priority=row["priority"],
        category=row["category"],
        assignee=row["assignee"],
        preview=row["preview"],
        is_complete=bool(row["is_complete"]),
        awaits_answers=row["card_id"] is not None and row["asked"] != NOTHING,
        waits_for_agent=bool(row["waits_for_agent"]),
        flag=row["flag"],
        undelivered=row["undelivered"],
        is_held=bool(row["is_held"]),
        updated_at=from_micros(row["updated_at"]),
    )


def _place(cursor: str, count: int) -> Sequence[int]:
    """The numbers of a cursor; one that is none shows the first page."""
    numbers = cursor.split(".")
    if len(numbers) != count or not all(number.isdecimal() for number in numbers):
        return [NEWEST] * count
    return [min(int(number), NEWEST) for number in numbers]
