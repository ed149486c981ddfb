"""Which ticket has what a closed one was: whose only message was taken along to another.

A form page may still be open for it. When a message goes elsewhere is decided in the core.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from intake.messages import Message, MessageKind
from store.session import Reader, Row

MOST_MOVES = 5  # one after another
HEIRS = """
    SELECT ticket.id AS number, gone.change_after AS heir
    FROM ticket JOIN entry gone ON gone.ticket_id = ticket.id
    WHERE {among} AND ticket.status = 'closed' AND gone.id = (
        SELECT MAX(entry.id) FROM entry
        WHERE entry.ticket_id = ticket.id AND entry.change_what = 'moved_to'
    ) AND NOT EXISTS (
        SELECT 1 FROM entry said
        WHERE said.ticket_id = ticket.id AND said.kind = 'message' AND said.author <> 'bot'
    )
"""
OWNERS = "SELECT id, person_id FROM ticket WHERE {among}"


async def heirs(reader: Reader, numbers: Collection[int]) -> Mapping[int, int]:
    """By the number of each that has one; a link may have made it another person's since."""
    found: dict[int, int] = {}
    newest = {number: number for number in numbers}
    for _ in range(MOST_MOVES):
        rows = await _among(reader, HEIRS, newest.values(), "ticket.id")
        after = {row["number"]: int(row["heir"]) for row in rows}
        newest = {number: after[last] for number, last in newest.items() if last in after}
        if not newest:
            break
        found |= newest
    rows = await _among(reader, OWNERS, {*found, *found.values()}, "id")
    owners = {row["id"]: row["person_id"] for row in rows}
    return {old: new for old, new in found.items() if owners.get(old) == owners.get(new)}


async def followed(reader: Reader, messages: Sequence[Message]) -> Sequence[Message]:
    """A form whose ticket has gone into another meanwhile is for that one."""
    forms = {one.proven_ticket or 0 for one in messages if one.kind is MessageKind.FORM}
    taken = await heirs(reader, forms)
    return [
        replace(one, proven_ticket=taken.get(number, number))
        if one.kind is MessageKind.FORM and (number := one.proven_ticket) is not None
        else one
        for one in messages
    ]


async def _among(reader: Reader, sql: str, numbers: Collection[int], column: str) -> Sequence[Row]:
    if not numbers:
        return ()
    dialect = reader.dialect
    listed = dialect.listed(sorted({*numbers}))
    return await reader.fetch(sql.format(among=dialect.among(column, 1)), listed)
