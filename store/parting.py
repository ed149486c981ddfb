"""A mailbox that its employee no longer has: whoever writes from it next is a person of their own.

What has come from it stays with the person whose it was, and with their chats; so a successor sees
none of it, and nobody who has left sees what a successor writes.
"""

from collections.abc import Collection

from store.keys import keyed
from store.session import Session

AT = """
    SELECT handle.id, handle.address, person.employee_id, person.language
    FROM handle JOIN person ON person.id = handle.person_id
    WHERE handle.channel = 'email' AND {among} AND person.employee_id IS NOT NULL
"""
ADD = "INSERT INTO person (id, name, language, created_at) VALUES ($1, $2, $3, $4)"
GIVE = "UPDATE handle SET person_id = $2 WHERE id = $1"
END_LINKS = """
    UPDATE link SET undone_at = $2 WHERE handle_id = $1 AND linked_at > 0 AND undone_at IS NULL
"""


async def part(session: Session, lost: Collection[tuple[int, str]], now: int) -> None:
    """`lost` are employees' ids with mails that are theirs no more; `now` in microseconds."""
    if not lost:
        return
    dialect = session.dialect
    sql = AT.format(among=dialect.among("handle.address", 1, "text"))
    rows = await session.fetch(sql, dialect.listed({keyed(mail) for _, mail in lost}))
    theirs = {(employee, keyed(mail)) for employee, mail in lost}
    parted = [row for row in rows if (row["employee_id"], row["address"]) in theirs]
    ids = await session.reserve("person", len(parted))
    people = [
        (number, row["address"], row["language"], now)
        for number, row in zip(ids, parted, strict=True)
    ]
    await session.execute_many(ADD, people)
    given = [(row["id"], number) for number, row in zip(ids, parted, strict=True)]
    await session.execute_many(GIVE, given)
    await session.execute_many(END_LINKS, [(row["id"], now) for row in parted])
