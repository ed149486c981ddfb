"""Brings a list of people into the directory: one transaction, few statements, however many rows.

What a list changes is left to `intake.importing`.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
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
        changed = [*(one.after for one in planned.changed), *planned.left]
        ids = await session.reserve("employee", len(planned.added))
        added = {number: one for number, (_, one) in zip(ids, planned.added, strict=True)}
        organizations = await _organizations(session, [*added.values(), *changed])
        now = to_micros(self._clock.now())
        rows = [_row(one.id, one, organizations, now) for one in changed]
        await session.execute_many(CHANGE, rows)  # first: an id may be given on
        rows = [_row(number, one, organizations, now) for number, one in added.items()]
        await session.execute_many(ADD, rows)
        dialect = session.dialect
        drop = DROP_CONTACTS.format(among=dialect.among("employee_id", 1))
        await session.execute(drop, dialect.listed(one.id for one in changed))
        written = {**added, **{one.id: one for one in changed}}
        contacts = [
            (number, kind, value, position)
            for number, one in written.items()
            for kind, values in ((MAIL, one.mails), (PHONE, one.phones))
            for position, value in enumerate(values)
        ]
        contacts += [
            (one.before.id, FORMER, mail, 0)
            for one in planned.changed
            for mail in one.before.mails
            if mail not in one.after.mails
        ]
        await session.execute_many(ADD_CONTACT, contacts)
        before = {
            one.before.id: one.before.mails for one in planned.changed if one.before.is_active
        }
        gained = [
            (replace(one, id=number), mail)
            for number, one in written.items()
            for mail in (one.mails if one.is_active else ())
            if mail not in before.get(number, ())
        ]
        parted = await part(session, planned.mails_lost, gained, now)
        await close_doors(session, parted, planned.owners_lost({mail for _, mail in gained}), now)


async def _organizations(session: Session, employees: Iterable[Employee]) -> dict[str, int]:
    """Ids by name; those that are not known yet are made."""
    known = {row["name"]: row["id"] for row in await session.fetch(ORGANIZATIONS)}
    missing = sorted({one.organization for one in employees} - known.keys())
    made = await session.fetch_each(ADD_ORGANIZATION, [(name,) for name in missing])
    return known | {row["name"]: row["id"] for row in made}


def _row(
    number: int, employee: Employee, organizations: dict[str, int], now: int
) -> tuple[object, ...]:
    return (
        number,
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
