"""Brings a list of people into the directory: one transaction, few statements, however many rows.

What a list changes is left to `intake.importing`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from intake.directory import Employee
from intake.importing import Plan, Told, plan
from intake.ports import Clock
from store import mapping
from store.database import Database
from store.directory import CHANGE_ALONE, CONTACTS, EMPLOYEES, FORMER, MAIL, PHONE
from store.moments import to_micros
from store.parting import close_doors, part
from store.session import Reader, Session

Contact = tuple[int, str, str, int]  # whose, of which kind, what, in which place

ORGANIZATIONS = "SELECT id, name FROM organization"
ADD_ORGANIZATION = "INSERT INTO organization (name) VALUES ($1) RETURNING id, name"
ADD = """
    INSERT INTO employee (id, organization_id, name, place, machine, language, department, source,
        external_id, is_active, changed_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
"""
CHANGE = """
    UPDATE employee SET organization_id = $2, name = $3, place = $4, machine = $5, language = $6,
        department = $7, source = $8, external_id = $9, is_active = $10, changed_at = $11
    WHERE id = $1
"""
DROP_CONTACTS = "DELETE FROM employee_contact WHERE {among} AND kind IN ('mail', 'phone')"
ADD_CONTACT = """
    INSERT INTO employee_contact (employee_id, kind, value, position) VALUES ($1, $2, $3, $4)
    ON CONFLICT (employee_id, kind, value) DO NOTHING
"""


async def all_employees(reader: Reader) -> Sequence[Employee]:
    """The whole directory, by two statements, in the order of ids."""
    contacts: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    rows = await reader.fetch(f"{EMPLOYEES} ORDER BY employee.id")
    for row in await reader.fetch(f"{CONTACTS} ORDER BY employee_id, position"):
        contacts[row["employee_id"], row["kind"]].append(row["value"])
    return [
        mapping.employee(row, contacts[row["id"], MAIL], contacts[row["id"], PHONE])
        for row in rows
    ]


class Importing:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def run(
        self, rows: Sequence[Told], source: str, *, is_whole: bool, is_trial: bool
    ) -> Plan:
        """All of it or nothing; a trial only says what would change. Raises Unavailable."""
        async with self._database.transaction() as session:
            if session.dialect.is_postgresql:
                await session.execute(CHANGE_ALONE)
            planned = plan(await all_employees(session), rows, source, is_whole=is_whole)
            if not is_trial:
                await self._write(session, planned)
        return planned

    async def _write(self, session: Session, planned: Plan) -> None:
        now = to_micros(self._clock.now())
        changed = [*(one.after for one in planned.changed), *planned.left]
        ids = await session.reserve("employee", len(planned.added))
        added = [replace(one, id=id_) for id_, (_, one) in zip(ids, planned.added, strict=True)]
        organizations = await _organizations(session, [*added, *changed])
        rows = [_row(one, organizations, now) for one in changed]
        await session.execute_many(CHANGE, rows)  # first: an id may be given on
        await session.execute_many(ADD, [_row(one, organizations, now) for one in added])
        dialect = session.dialect
        drop = DROP_CONTACTS.format(among=dialect.among("employee_id", 1))
        await session.execute(drop, dialect.listed(one.id for one in changed))
        written = [*added, *changed]
        await session.execute_many(ADD_CONTACT, [*_contacts(written), *_former(planned)])
        gained = list(_gained(planned, written))
        parted = await part(session, planned.mails_lost, gained, now)
        await close_doors(session, parted, planned.owners_lost({mail for _, mail in gained}), now)


def _contacts(employees: Iterable[Employee]) -> Iterator[Contact]:
    for one in employees:
        for kind, values in ((MAIL, one.mails), (PHONE, one.phones)):
            for position, value in enumerate(values):
                yield (one.id, kind, value, position)


def _former(planned: Plan) -> Iterator[Contact]:
    """Mails that are theirs no more."""
    for one in planned.changed:
        for mail in one.before.mails:
            if mail not in one.after.mails:
                yield (one.before.id, FORMER, mail, 0)


def _gained(planned: Plan, written: Iterable[Employee]) -> Iterator[tuple[Employee, str]]:
    """Mails by which somebody who works here is found from now on, and was not before."""
    before = {one.before.id: one.before.mails for one in planned.changed if one.before.is_active}
    for one in written:
        for mail in one.mails if one.is_active else ():
            if mail not in before.get(one.id, ()):
                yield (one, mail)


async def _organizations(session: Session, employees: Iterable[Employee]) -> dict[str, int]:
    """Ids by name; those that are not known yet are made."""
    known = {row["name"]: row["id"] for row in await session.fetch(ORGANIZATIONS)}
    missing = sorted({one.organization for one in employees} - known.keys())
    made = await session.fetch_each(ADD_ORGANIZATION, [(name,) for name in missing])
    return known | {row["name"]: row["id"] for row in made}


def _row(employee: Employee, organizations: dict[str, int], now: int) -> tuple[object, ...]:
    return (
        employee.id,
        organizations[employee.organization],
        employee.name,
        employee.place,
        employee.machine,
        employee.language,
        employee.department,
        employee.source,
        employee.external_id,
        employee.is_active,
        now,
    )
