"""A mailbox that its employee no longer has, or has no longer alone: it is a person's of its own.

What has come from it stays with the person whose it was, and with their chats; so a successor sees
none of it, and nobody who has left, or shares it, sees what others write.
"""

from collections.abc import Collection

from store.keys import keyed
from store.session import Row, Session

AT = """
    SELECT handle.id, handle.address, person.employee_id, person.language,
        EXISTS (SELECT 1 FROM handle other
            WHERE other.person_id = person.id AND other.id <> handle.id) AS has_others
    FROM handle JOIN person ON person.id = handle.person_id
    WHERE handle.channel = 'email' AND {among}
"""
ADD = "INSERT INTO person (id, name, language, created_at) VALUES ($1, $2, $3, $4)"
GIVE = "UPDATE handle SET person_id = $2 WHERE id = $1"
BY_DIRECTORY = "(directory)"  # who has undone a link: nobody has denied it
END_LINKS = """
    UPDATE link SET undone_at = $2, undone_by = $3 WHERE handle_id = $1 AND undone_at IS NULL
"""
END_PROPOSALS = """
    UPDATE link SET undone_at = $2, undone_by = $3
    WHERE linked_at IS NULL AND undone_at IS NULL
        AND to_person_id IN (SELECT id FROM person WHERE {among})
"""
DROP_WAITING = """
    UPDATE delivery SET state = 'failed', reason = 'that address is no longer theirs',
        settled_at = $2
    WHERE state = 'waiting' AND channel = 'email' AND address = $1
"""


async def part(session: Session, lost: Collection[tuple[int, str]], now: int) -> None:
    """`lost` are employees' ids with mails that are not theirs alone; `now` in microseconds."""
    if not lost:
        return
    dialect = session.dialect
    sql = AT.format(among=dialect.among("handle.address", 1, "text"))
    rows = await session.fetch(sql, dialect.listed({keyed(mail) for _, mail in lost}))
    theirs = {(employee, keyed(mail)) for employee, mail in lost}
    parted = [row for row in rows if _is_lost(row, theirs)]
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


async def end_proposals(session: Session, employees: Collection[int], now: int) -> None:
    """What was asked of them stands in a mailbox that others read now: nobody else says yes."""
    if employees:
        dialect = session.dialect
        sql = END_PROPOSALS.format(among=dialect.among("employee_id", 1))
        await session.execute(sql, dialect.listed(employees), now, BY_DIRECTORY)


def _is_lost(row: Row, theirs: Collection[tuple[int, str]]) -> bool:
    """Chats part from it also where they were linked before there was a directory."""
    if row["employee_id"] is None:
        return bool(row["has_others"])
    return (row["employee_id"], row["address"]) in theirs
