"""A mailbox that its employee no longer has, or has no longer alone: it is a person's of its own.

What has come from it stays with the person whose it was, and with their chats; so a successor sees
none of it, and nobody who has left, or shares it, sees what others write. What older mails offer
there is over.
"""

import secrets
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeVar

from intake.directory import Employee
from intake.importing import is_same_name
from store.keys import keyed
from store.session import Row, Session

AT = """
    SELECT handle.id, handle.address, handle.person_id, person.employee_id, person.name,
        person.language,
        EXISTS (SELECT 1 FROM handle other
            WHERE other.person_id = person.id AND other.id <> handle.id) AS has_others
    FROM handle JOIN person ON person.id = handle.person_id
    WHERE handle.channel = 'email' AND {among}
"""
HAD = """
    SELECT handle.id, handle.address, employee_contact.employee_id FROM employee_contact
    JOIN employee ON employee.id = employee_contact.employee_id
    JOIN handle ON handle.channel = 'email' AND handle.address = employee_contact.value
    JOIN person ON person.id = handle.person_id AND person.employee_id IS NULL
    WHERE {among} AND (employee_contact.kind = 'former'
        OR (employee_contact.kind = 'mail' AND NOT employee.is_active))
"""
ADD = "INSERT INTO person (id, name, language, created_at) VALUES ($1, $2, $3, $4)"
GIVE = "UPDATE handle SET person_id = $2 WHERE id = $1"
BY_DIRECTORY = "(directory)"  # who has undone a link: nobody has denied it
END_LINKS = """
    UPDATE link SET undone_at = $2, undone_by = $3 WHERE handle_id = $1 AND undone_at IS NULL
"""
TOLD = """
    SELECT link.id, link.linked_at FROM link JOIN person ON person.id = link.to_person_id
    WHERE link.undone_at IS NULL AND ({persons} OR {employees})
"""
END_PROPOSAL = "UPDATE link SET undone_at = $2, undone_by = $3 WHERE id = $1"
CHANGE_KEY = "UPDATE link SET key = $2 WHERE id = $1"
KEY_BYTES = 12
Owner = TypeVar("Owner")
DROP_WAITING = """
    UPDATE delivery SET state = 'failed', reason = 'that address is no longer theirs',
        settled_at = $2
    WHERE state = 'waiting' AND channel = 'email' AND address = $1
"""
Lost = Collection[tuple[int, str]]  # employees' ids, each with a mail that is not theirs alone
Gained = Collection[tuple[Employee, str]]


async def part(session: Session, lost: Lost, gained: Gained, now: int) -> Collection[int]:
    """The persons, by id, whose mailboxes they were; `now` in microseconds."""
    losers, winners = _by_mail(lost), _by_mail(gained)
    mails = losers.keys() | winners.keys()
    if not mails:
        return ()
    dialect = session.dialect
    sql = AT.format(among=dialect.among("handle.address", 1, "text"))
    rows = await session.fetch(sql, dialect.listed(mails))
    handed = await _handed_on(session, winners)
    parted = [row for row in rows if row["id"] in handed or _is_lost(row, losers, winners)]
    ids = await session.reserve("person", len(parted))
    people = [
        (number, row["address"], row["language"], now)
        for number, row in zip(ids, parted, strict=True)
    ]
    await session.execute_many(ADD, people)
    given = [(row["id"], number) for number, row in zip(ids, parted, strict=True)]
    await session.execute_many(GIVE, given)
    await session.execute_many(END_LINKS, [(row["id"], now, BY_DIRECTORY) for row in parted])
    await session.execute_many(DROP_WAITING, [(row["address"], now) for row in parted])
    return {row["person_id"] for row in parted}


async def close_doors(
    session: Session, persons: Collection[int], employees: Collection[int], now: int
) -> None:
    """What was told them stands in a mailbox that others read: nobody else says yes, or undoes."""
    if not persons and not employees:
        return
    dialect = session.dialect
    sql = TOLD.format(
        persons=dialect.among("person.id", 1), employees=dialect.among("person.employee_id", 2)
    )
    rows = await session.fetch(sql, dialect.listed(persons), dialect.listed(employees))
    asked = [(row["id"], now, BY_DIRECTORY) for row in rows if row["linked_at"] is None]
    await session.execute_many(END_PROPOSAL, asked)
    made = [row["id"] for row in rows if row["linked_at"] is not None]
    keys = [(number, secrets.token_urlsafe(KEY_BYTES)) for number in made]
    await session.execute_many(CHANGE_KEY, keys)


async def _handed_on(
    session: Session, winners: Mapping[str, Sequence[Employee]]
) -> Collection[int]:
    """Handles that somebody else had before; who they are was never said, be it by a chat."""
    sql = HAD.format(among=session.dialect.among("employee_contact.value", 1, "text"))
    rows = await session.fetch(sql, session.dialect.listed(winners)) if winners else ()
    theirs = {mail: {one.id for one in won} for mail, won in winners.items()}
    return {row["id"] for row in rows if row["employee_id"] not in theirs[row["address"]]}


def _by_mail(owned: Iterable[tuple[Owner, str]]) -> Mapping[str, Sequence[Owner]]:
    owners: defaultdict[str, list[Owner]] = defaultdict(list)
    for owner, mail in owned:
        owners[keyed(mail)].append(owner)
    return owners


def _is_lost(
    row: Row, losers: Mapping[str, Sequence[int]], winners: Mapping[str, Sequence[Employee]]
) -> bool:
    """Chats part from it also where they were linked before the directory knew it.

    They stay with it where its person bears the name of whom it has become: a name links nobody,
    but another one parts.
    """
    owner, mail = row["employee_id"], row["address"]
    lost, won = losers.get(mail, ()), winners.get(mail, ())
    if owner is not None:
        return owner in lost or bool(won and owner not in {one.id for one in won})
    is_named = any(is_same_name(row["name"], one.name) for one in won)
    return bool(row["has_others"] and (lost or (won and not is_named)))
