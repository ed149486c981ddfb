"""What people have answered once, in work: looked up for a new ticket, kept, forgotten.

It is kept by the handle that it was said at, so that it goes along when that is linked, and back
when that is undone. Whose it counts for is decided in `intake.memory`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from intake.memory import SHARED, Owner, Remembered
from store.keys import keyed
from store.moments import to_micros
from store.part import WorkPart
from store.session import Row, Stage, Write

RECALL = """
    SELECT remembered.id, handle.person_id, handle.channel, remembered.name, remembered.field,
        remembered.category, remembered.answer, remembered.said_at
    FROM handle JOIN remembered ON remembered.handle_id = handle.id WHERE handle.person_id = $1
"""
REMEMBER = Write(  # an older answer changes nothing, but returns its row too
    stage=Stage.PEOPLE,
    sql="""
        INSERT INTO remembered (handle_id, name, category, field, answer, said_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (handle_id, name, category, field) DO UPDATE
            SET answer = CASE WHEN remembered.said_at <= excluded.said_at
                    THEN excluded.answer ELSE remembered.answer END,
                said_at = CASE WHEN remembered.said_at <= excluded.said_at
                    THEN excluded.said_at ELSE remembered.said_at END
        RETURNING handle_id
    """,
    conflict="not_remembered",
)
FORGET = "DELETE FROM remembered WHERE {among}"


class MemoryWork(WorkPart):
    async def recall(self, owners: Iterable[Owner]) -> Mapping[Owner, Sequence[Remembered]]:
        """Of each of them, also where nothing is known; what was said last comes last."""
        wanted = set(owners)
        rows = await self._said_by({owner.person_id for owner in wanted})
        return {
            owner: [_remembered(row) for row in rows[owner.person_id] if _is_of(owner, row)]
            for owner in wanted
        }

    async def remember(self, owner: Owner, news: Sequence[Remembered], at: datetime) -> None:
        """The newest answer wins."""
        for one in news:
            place = (owner.handle_id, keyed(owner.name), one.category, one.field)
            self._session.later(REMEMBER, *place, one.value, to_micros(at))

    async def forget(self, old: Sequence[tuple[Owner, Remembered]]) -> None:
        """As far as these are still what is remembered, wherever it was said."""
        if not old:
            return
        rows = await self._said_by({owner.person_id for owner, _ in old})
        gone = [
            row["id"]
            for owner, one in old
            for row in rows[owner.person_id]
            if _is_of(owner, row) and _remembered(row) == one
        ]
        dialect = self._session.dialect
        sql = FORGET.format(among=dialect.among("id", 1))
        await self._session.execute(sql, dialect.listed(gone))

    async def _said_by(self, person_ids: Iterable[int]) -> Mapping[int, Sequence[Row]]:
        found: defaultdict[int, list[Row]] = defaultdict(list)
        rows = await self._session.fetch_each(RECALL, [(one,) for one in set(person_ids)])
        for row in sorted(rows, key=lambda row: (row["said_at"], row["id"])):
            found[row["person_id"]].append(row)
        return found


def _is_of(owner: Owner, row: Row) -> bool:
    name = row["name"]
    if name == keyed(owner.name):
        return True
    return owner.is_called(name, is_shared=row["channel"] in SHARED)


def _remembered(row: Row) -> Remembered:
    return Remembered(field=row["field"], category=row["category"], value=row["answer"])
