"""What people have answered once, in work: looked up for a new ticket, kept, forgotten."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from intake.memory import Owner, Remembered
from store.keys import keyed
from store.moments import to_micros
from store.part import WorkPart
from store.session import Stage, Write

RECALL = """
    SELECT person_id, name, field, category, answer FROM memory WHERE person_id = $1 AND name = $2
"""
REMEMBER = Write(  # an older answer changes nothing, but returns its row too
    stage=Stage.PEOPLE,
    sql="""
        INSERT INTO memory (person_id, name, category, field, answer, said_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (person_id, name, category, field) DO UPDATE
            SET answer = CASE WHEN memory.said_at <= excluded.said_at
                    THEN excluded.answer ELSE memory.answer END,
                said_at = CASE WHEN memory.said_at <= excluded.said_at
                    THEN excluded.said_at ELSE memory.said_at END
        RETURNING person_id
    """,
    conflict="not_remembered",
)
FORGET = """
    DELETE FROM memory
    WHERE person_id = $1 AND name = $2 AND category = $3 AND field = $4 AND answer = $5
"""


class MemoryWork(WorkPart):
    async def recall(self, owners: Iterable[Owner]) -> Mapping[Owner, Sequence[Remembered]]:
        """Of each of them, also where nothing is known."""
        keys = {owner: (owner.person_id, keyed(owner.name)) for owner in owners}
        found: defaultdict[tuple[int, str], list[Remembered]] = defaultdict(list)
        for row in await self._session.fetch_each(RECALL, set(keys.values())):
            one = Remembered(field=row["field"], category=row["category"], value=row["answer"])
            found[row["person_id"], row["name"]].append(one)
        return {owner: found[key] for owner, key in keys.items()}

    async def remember(self, owner: Owner, news: Sequence[Remembered], at: datetime) -> None:
        """The newest answer wins."""
        for one in news:
            self._session.later(REMEMBER, *_key(owner, one), one.value, to_micros(at))

    async def forget(self, old: Sequence[tuple[Owner, Remembered]]) -> None:
        """As far as these are still what is remembered."""
        if old:
            rows = [(*_key(owner, one), one.value) for owner, one in old]
            await self._session.execute_many(FORGET, rows)


def _key(owner: Owner, one: Remembered) -> tuple[int, str, str, str]:
    return (owner.person_id, keyed(owner.name), one.category, one.field)
