"""Employees: found by their id, phone or work mail, and the pointer from a person to one of them.

A phone or mail that several active employees have finds nobody. Who may be linked, and the record
of it, are left to the core; filling the directory is left to `importing`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from intake.directory import Employee
from intake.tickets import Ticket
from store import mapping
from store.keys import keyed
from store.moments import to_micros
from store.part import LARGEST_ID, WorkPart
from store.session import Reader

EMPLOYEES = """
    SELECT employee.*, organization.name AS organization
    FROM employee JOIN organization ON organization.id = employee.organization_id
"""
CONTACTS = "SELECT employee_id, kind, value FROM employee_contact"
SOME = f"{EMPLOYEES} WHERE {{among}}"
THEIR_CONTACTS = f"{CONTACTS} WHERE {{among}} ORDER BY employee_id, position"
HAVING = """
    SELECT DISTINCT employee.id FROM employee_contact
    JOIN employee ON employee.id = employee_contact.employee_id
    WHERE employee_contact.kind = $1 AND employee_contact.value = $2 AND employee.is_active
    LIMIT 2
"""
LISTED = "SELECT id FROM employee_contact WHERE kind IN ('mail', 'former') AND {among} LIMIT 1"
HAVING_MAILS = """
    SELECT employee_contact.value, min(employee.id) AS id FROM employee_contact
    JOIN employee ON employee.id = employee_contact.employee_id
    WHERE employee_contact.kind = 'mail' AND {among} AND employee.is_active
    GROUP BY employee_contact.value HAVING count(*) = 1
"""
APPROVE = """
    UPDATE person SET approved_at = $2, approved_by = $3 WHERE id = $1 AND approved_at IS NULL
"""
HELD = """
    FROM ticket WHERE person_id = $1 AND is_held AND status NOT IN ('solved', 'closed')
        AND NOT EXISTS (
            SELECT 1 FROM timer WHERE timer.ticket_id = ticket.id AND timer.purpose = 'serve')
    ORDER BY id
"""
FIRST_HELD = f"SELECT * {HELD} LIMIT $2 "
HELD_NUMBERS = f"SELECT id {HELD}"
POINTED = "SELECT employee_id FROM person WHERE id = $1"
LINK = "UPDATE person SET employee_id = $2 WHERE id = $1"
MAIL, PHONE = "mail", "phone"
LOCK = 7_246_553_169  # any number that nobody else takes; SQLite has one writer anyway
HOLD = f"SELECT pg_advisory_xact_lock_shared({LOCK})"
CHANGE_ALONE = f"SELECT pg_advisory_xact_lock({LOCK})"
FORMER = "former"  # mails that they had: nobody new is found by them, and nobody joins by them


class Directory:
    """Reads what is committed, of a database, or what a transaction sees, of its session."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def find(self, employee_id: int) -> Employee | None:
        """Also who has left."""
        found = await self.employees([employee_id])
        return found[0] if found else None

    async def find_by_phone(self, phone: str) -> Employee | None:
        """`phone` in E.164; the one active employee who has it."""
        return await self._find_by(PHONE, phone)

    async def find_by_mail(self, mail: str) -> Employee | None:
        """`mail` as `plain_mail` gives it; the one active employee who has it."""
        return await self._find_by(MAIL, mail)

    async def is_listed(self, *mails: str) -> bool:
        """Whether anybody has one of them or had it once, who has left as well."""
        told = [keyed(mail) for mail in mails if mail]
        if not told:
            return False
        dialect = self._reader.dialect
        sql = LISTED.format(among=dialect.among("value", 1, "text"))
        return bool(await self._reader.fetch(sql, dialect.listed(told)))

    async def ids_by_mails(self, mails: Iterable[str]) -> Mapping[str, int]:
        """Of each mail that one active employee alone has; one statement, however many."""
        dialect = self._reader.dialect
        sql = HAVING_MAILS.format(among=dialect.among("employee_contact.value", 1, "text"))
        rows = await self._reader.fetch(sql, dialect.listed(keyed(mail) for mail in mails))
        return {row["value"]: row["id"] for row in rows}

    async def employees(self, ids: Iterable[int]) -> Sequence[Employee]:
        """In the order of their ids; unknown ones are left out. Two statements, however many."""
        dialect = self._reader.dialect
        wanted = dialect.listed({one for one in ids if 0 < one <= LARGEST_ID})
        some = SOME.format(among=dialect.among("employee.id", 1))
        rows = await self._reader.fetch(f"{some} ORDER BY employee.id", wanted)
        theirs = THEIR_CONTACTS.format(among=dialect.among("employee_id", 1))
        contacts: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
        for row in await self._reader.fetch(theirs, wanted) if rows else ():
            contacts[row["employee_id"], row["kind"]].append(row["value"])
        return [
            mapping.employee(row, contacts[row["id"], MAIL], contacts[row["id"], PHONE])
            for row in rows
        ]

    async def _find_by(self, kind: str, value: str) -> Employee | None:
        if not value:
            return None
        rows = await self._reader.fetch(HAVING, kind, keyed(value))
        return await self.find(rows[0]["id"]) if len(rows) == 1 else None


class DirectoryWork(WorkPart):
    @property
    def directory(self) -> Directory:
        return Directory(self._session)

    async def hold_directory(self) -> None:
        """Until the commit no list changes it."""
        if self._session.dialect.is_postgresql:
            await self._session.execute(HOLD)

    async def point_to_employee(self, person_id: int, employee_id: int | None) -> None:
        """Who this person is in the directory; None takes that back."""
        await self._session.execute(LINK, person_id, employee_id)

    async def employee_of(self, person_id: int) -> Employee | None:
        """Whom the directory knows this person as, while they work here."""
        row = await self._session.fetch_one(POINTED, person_id)
        employee = await self.directory.find(row["employee_id"] or 0) if row else None
        return employee if employee and employee.is_active else None

    async def approve(self, person_id: int, by: str, at: datetime) -> None:
        """Let in, whoever they are; who did it is kept."""
        await self._session.execute(APPROVE, person_id, to_micros(at), by)

    async def held_tickets(self, person_id: int, limit: int) -> Sequence[Ticket]:
        """The first that wait for it, live ones alone, locked and in the order of their numbers.

        Without those that have a timer for it already.
        """
        sql = FIRST_HELD + self._session.dialect.locked()
        return [mapping.ticket(row) for row in await self._session.fetch(sql, person_id, limit)]

    async def held_numbers(self, person_id: int) -> Sequence[int]:
        """All of these."""
        return [row["id"] for row in await self._session.fetch(HELD_NUMBERS, person_id)]
