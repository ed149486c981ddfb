"""A mailbox that its employee no longer has, or has no longer alone: it is a person's of its own.

What has come from it stays with the person whose it was, and with their chats; so a successor sees
none of it, and nobody who has left, or shares it, sees what others write. What older mails offer
there is over.
"""

import secrets
from collections import defaultdict
from collections.abc import Collection, Mapping

from store.keys import keyed
from store.session import Row, Session

AT = """
    SELECT handle.id, handle.address, handle.person_id, person.employee_id, person.language,
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
TOLD = """
    SELECT link.id, link.linked_at FROM link JOIN person ON person.id = link.to_person_id
    WHERE link.undone_at IS NULL AND ({persons} OR {employees})
"""
END_PROPOSAL = "UPDATE link SET undone_at = $2, undone_by = $3 WHERE id = $1"
CHANGE_KEY = "UPDATE link SET key = $2 WHERE id = $1"
KEY_BYTES = 12
DROP_WAITING = """
    UPDATE delivery SET state = 'failed', reason = 'that address is no longer theirs',
        settled_at = $2
    WHERE state = 'waiting' AND channel = 'email' AND address = $1
"""
Owned = Collection[tuple[int, str]]  # employees' ids, each with a mail


async def part(session: Session, lost: Owned, gained: Owned, now: int) -> Collection[int]:
    """Whose they were, by id. `lost` is no longer theirs alone, `now` in microseconds."""
    losers, winners = _by_mail(lost), _by_mail(gained)
    mails = losers.keys() | winners.keys()
    if not mails:
        return ()
    dialect = session.dialect
    sql = AT.format(among=dialect.among("handle.address", 1, "text"))
    rows = await session.fetch(sql, dialect.listed(mails))
    parted = [row for row in rows if _is_lost(row, losers, winners)]
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


def _by_mail(owned: Owned) -> Mapping[str, Collection[int]]:
    owners: defaultdict[str, set[int]] = defaultdict(set)
    for employee, mail in owned:
        owners[keyed(mail)].add(employee)
    return owners


def _is_lost(
    row: Row, losers: Mapping[str, Collection[int]], winners: Mapping[str, Collection[int]]
) -> bool:
    """Chats part from it also where they were linked before there was a directory."""
    owner, mail = row["employee_id"], row["address"]
    if owner is None:
        return bool(row["has_others"]) and mail in losers
    is_anothers = mail in winners and owner not in winners[mail]
    return is_anothers or (mail in losers and owner in losers[mail])
