"""What people have answered once, in work: looked up for a new ticket, kept, forgotten."""

from collections.abc import Sequence
from datetime import datetime

from intake.memory import Owner, Remembered
from store.keys import keyed
from store.moments import to_micros
from store.part import WorkPart
from store.session import Stage, Write

RECALL = "SELECT field, category, answer FROM memory WHERE person_id = $1 AND name = $2"
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
    DELETE FROM memory WHERE person_id = $1 AND name = $2 AND category = $3 AND field = $4
"""


class MemoryWork(WorkPart):
    async def recall(self, owner: Owner) -> Sequence[Remembered]:
        rows = await self._session.fetch(RECALL, owner.person_id, keyed(owner.name))
        return [
            Remembered(field=row["field"], category=row["category"], value=row["answer"])
            for row in rows
        ]

    async def remember(self, owner: Owner, news: Sequence[Remembered], at: datetime) -> None:
        """The newest answer wins."""
        for one in news:
            self._session.later(REMEMBER, *_key(owner, one), one.value, to_micros(at))

    async def forget(self, owner: Owner, old: Sequence[Remembered]) -> None:
        await self._session.execute_many(FORGET, [_key(owner, one) for one in old])


def _key(owner: Owner, one: Remembered) -> tuple[int, str, str, str]:
    return (owner.person_id, keyed(owner.name), one.category, one.field)
