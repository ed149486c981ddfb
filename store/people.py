"""People and their handles in work: found by where they write from, or made at first contact.

Which handles are one person's, and how that is shown, is left to `links`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from intake.directory import Employee, plain_mail
from intake.errors import NotFound
from intake.messages import Address, Message
from intake.people import LANGUAGES, Handle, Person
from store import mapping
from store.directory import Directory
from store.keys import keyed
from store.moments import to_micros
from store.part import WorkPart, checked_id
from store.session import Row, Stage, Write

HANDLE = "SELECT * FROM handle WHERE id = $1"
HANDLE_AT = "SELECT * FROM handle WHERE channel = $1 AND account = $2 AND address = $3"
HANDLES_OF = "SELECT * FROM handle WHERE person_id = $1 ORDER BY id "
PERSON = "SELECT *, id AS person_id FROM person WHERE id = $1"
PERSON_OF = "SELECT *, id AS person_id FROM person WHERE employee_id = $1 ORDER BY id LIMIT 1"
EMPLOYEE = "SELECT id FROM employee WHERE id = $1 "
WRITER_AT = """
    SELECT handle.*, person.name, person.language, person.employee_id, person.approved_at
    FROM handle JOIN person ON person.id = handle.person_id
    WHERE handle.channel = $1 AND handle.account = $2 AND handle.address = $3
"""
MAKE_PERSON = """
    INSERT INTO person (name, language, employee_id, created_at) VALUES ($1, $2, $3, $4)
    RETURNING *, id AS person_id
"""
MAKE_HANDLE = """
    INSERT INTO handle (channel, account, address, person_id, created_at)
    VALUES ($1, $2, $3, $4, $5) ON CONFLICT (channel, account, address) DO NOTHING RETURNING *
"""
DROP_PEOPLE = "DELETE FROM person WHERE {among}"
SAVE_PERSON = Write(
    stage=Stage.PEOPLE,
    sql="UPDATE person SET name = $2, language = $3 WHERE id = $1 RETURNING id",
    conflict="no_person",
)
SET_REACHABLE = """
    UPDATE handle SET is_reachable = $4 WHERE channel = $1 AND account = $2 AND address = $3
"""
NOTE_HEARD = """
    UPDATE handle SET heard_at = $4
    WHERE channel = $1 AND account = $2 AND address = $3 AND COALESCE(heard_at, 0) < $4
"""
SET_LINK = "UPDATE handle SET link = $4 WHERE channel = $1 AND account = $2 AND address = $3"

PROVING = frozenset({"email"})  # channels whose addresses are work mails
Columns = tuple[str, str, str]
# Whatever the channel: the newest are few, and among millions of chats no mail is sought.
NEWCOMERS = """
    SELECT count(*) AS n FROM (SELECT channel, created_at FROM handle ORDER BY id DESC LIMIT $1)
        AS newest WHERE channel = 'email' AND created_at > $2
"""
MOST_NEWCOMERS = 2_000
NEW_WITHIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Who writes, as far as we know them."""

    person: Person
    handle: Handle
    is_new: bool


class PersonWork(WorkPart):
    async def count_newcomers(self, now: datetime) -> int:
        """Mail addresses that first wrote within an hour, of the `MOST_NEWCOMERS` newest."""
        since = to_micros(now - NEW_WITHIN)
        row = await self._session.fetch_one(NEWCOMERS, MOST_NEWCOMERS, since)
        return int(row["n"]) if row is not None else 0

    async def person(self, person_id: int) -> Person:
        """Raises NotFound."""
        row = await self._session.fetch_one(PERSON, checked_id(person_id, "no_person"))
        if row is None:
            raise NotFound("no_person")
        return mapping.person(row)

    async def person_of(self, employee_id: int) -> Person | None:
        """Who writes as this employee; until the commit nobody else becomes so."""
        await self._session.fetch(EMPLOYEE + self._session.dialect.locked(), employee_id)
        row = await self._session.fetch_one(PERSON_OF, employee_id)
        return None if row is None else mapping.person(row)

    async def make_person(self, employee: Employee, language: str) -> Person:
        told = (employee.name, employee.language or language, employee.id, self._now())
        row = await self._session.fetch_one(MAKE_PERSON, *told)
        assert row is not None  # noqa: S101 - it was just written
        return mapping.person(row)

    async def save_person(self, person: Person) -> None:
        self._session.later(SAVE_PERSON, person.id, person.name, person.language)

    async def handle(self, handle_id: int) -> Handle | None:
        row = await self._session.fetch_one(HANDLE, handle_id)
        return None if row is None else mapping.handle(row)

    async def handle_at(self, address: Address) -> Handle | None:
        row = await self._session.fetch_one(HANDLE_AT, *columns_of(address))
        return None if row is None else mapping.handle(row)

    async def handles_of(self, person_id: int) -> Sequence[Handle]:
        """Oldest first."""
        return [mapping.handle(row) for row in await self._session.fetch(HANDLES_OF, person_id)]

    async def handles(self, person_id: int) -> Sequence[Handle]:
        """Locked: until the commit nobody takes one from them."""
        rows = await self._session.fetch(HANDLES_OF + self._session.dialect.locked(), person_id)
        return [mapping.handle(row) for row in rows]

    async def set_reachable(self, address: Address, *, is_reachable: bool) -> None:
        await self._session.execute(SET_REACHABLE, *columns_of(address), is_reachable)

    async def note_heard(self, address: Address, at: datetime) -> None:
        await self._session.execute(NOTE_HEARD, *columns_of(address), to_micros(at))

    async def set_link(self, address: Address, link: str) -> None:
        await self._session.execute(SET_LINK, *columns_of(address), link)

    async def _writers(
        self, origins: Sequence[tuple[Address, Message | None]]
    ) -> Sequence[Writer]:
        """Who writes from each address; with a message, whoever is not known yet is made."""
        wanted = {columns_of(address): message for address, message in origins}
        writers = await self._known(sorted(wanted))
        missing = {
            columns: message
            for columns, message in sorted(wanted.items(), key=_columns)
            if columns not in writers and message is not None
        }
        if missing:
            writers |= await self._met(missing)
        try:
            return [writers[columns_of(address)] for address, _ in origins]
        except KeyError as error:
            raise NotFound("no_handle") from error

    async def _employees_of(
        self, senders: Iterable[tuple[Person, Message]]
    ) -> Mapping[int, Employee]:
        """Whom the directory knows each person as, without who has left.

        A mail that its server vouches for is of whoever has its address there.
        """
        directory, pointed, mails = Directory(self._session), {}, {}
        for person, message in senders:
            if person.employee_id is not None:
                pointed[person.id] = person.employee_id
            elif message.address.channel in PROVING and message.sender.is_proven:
                mails[person.id] = plain_mail(message.address.external_id)
        by_mail = await directory.ids_by_mails(set(mails.values())) if mails else {}
        pointed |= {one: by_mail[mail] for one, mail in mails.items() if mail in by_mail}
        found = await directory.employees(pointed.values()) if pointed else ()
        active = {one.id: one for one in found if one.is_active}
        return {one: active[number] for one, number in pointed.items() if number in active}

    async def _known(self, wanted: Sequence[Columns]) -> dict[Columns, Writer]:
        rows = await self._session.fetch_each(WRITER_AT, wanted)
        return {said_at(row): _writer(row, row, is_new=False) for row in rows}

    async def _met(self, missing: Mapping[Columns, Message]) -> dict[Columns, Writer]:
        """In the order of addresses: two workers that meet the same never wait in a circle."""
        now = self._now()
        senders = [message.sender for message in missing.values()]
        people = await self._session.fetch_each(
            MAKE_PERSON,
            [(one.name or one.known_as, _language(one.language), None, now) for one in senders],
        )
        made = {row["id"]: row for row in people}
        handles = await self._session.fetch_each(
            MAKE_HANDLE,
            [(*columns, row["id"], now) for columns, row in zip(missing, people, strict=True)],
        )
        met = {
            said_at(row): _writer(made.pop(row["person_id"]), row, is_new=True) for row in handles
        }
        if made:  # another transaction made their handles at the same moment, and has committed
            dialect = self._session.dialect
            drop = DROP_PEOPLE.format(among=dialect.among("id", 1))
            await self._session.execute(drop, dialect.listed(made))
            met |= await self._known([columns for columns in missing if columns not in met])
        return met


def columns_of(address: Address) -> Columns:
    return (address.channel, address.account, keyed(address.external_id))


def said_at(row: Row) -> Columns:
    return (row["channel"], row["account"], row["address"])


def _columns(item: tuple[Columns, object]) -> Columns:
    return item[0]


def _writer(person: Row, handle: Row, *, is_new: bool) -> Writer:
    return Writer(person=mapping.person(person), handle=mapping.handle(handle), is_new=is_new)


def _language(hint: str) -> str:
    primary = hint.replace("_", "-").split("-")[0].lower()
    return primary if primary in LANGUAGES else "en"
