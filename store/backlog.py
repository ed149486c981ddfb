"""For metrics and the doctor: how much waits, how old it is, and what did not arrive.

Small figures over the partial indexes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from store.database import Database
from store.moments import maybe_moment

UNDELIVERED = "state IN ('failed', 'gone', 'unknown') AND operation = 'send'"  # has an index
COUNTS = f"""
    SELECT 'envelope' AS place, 'waiting' AS state, count(*) AS rows
    FROM envelope WHERE state = 'waiting'
    UNION ALL
    SELECT 'envelope', 'quarantined', count(*) FROM envelope WHERE state = 'quarantined'
    UNION ALL
    SELECT 'envelope', 'dismissed', count(*) FROM envelope WHERE state = 'dismissed'
    UNION ALL
    SELECT 'delivery', 'unsettled', count(*)
    FROM delivery WHERE state IN ('waiting', 'sending') AND operation <> 'answer_tap'
    UNION ALL
    SELECT 'delivery', 'put_off', count(*)
    FROM delivery WHERE state IN ('waiting', 'sending') AND operation <> 'answer_tap'
        AND state = 'waiting' AND attempts > 0
    UNION ALL
    SELECT 'delivery', 'failed', count(*)
    FROM delivery WHERE state = 'failed' AND {UNDELIVERED}
    UNION ALL
    SELECT 'delivery', 'gone', count(*)
    FROM delivery WHERE state = 'gone' AND {UNDELIVERED}
    UNION ALL
    SELECT 'delivery', 'unknown', count(*)
    FROM delivery WHERE state = 'unknown' AND {UNDELIVERED}
"""  # noqa: S608 - made of constants
OLDEST = """
    SELECT
        (SELECT min(received_at) FROM envelope WHERE state = 'waiting') AS envelope,
        (SELECT min(posted_at) FROM delivery
         WHERE state IN ('waiting', 'sending') AND operation <> 'answer_tap') AS delivery
"""


BY_ACCOUNT = """
    SELECT channel, account, sum(sends) AS sends, sum(files) AS files FROM (
        SELECT channel, account, count(*) AS sends, 0 AS files FROM delivery
        WHERE state IN ('waiting', 'sending') AND operation <> 'answer_tap' AND operation = 'send'
        GROUP BY channel, account
        UNION ALL
        SELECT channel, account, 0, count(*) FROM file WHERE state = 'waiting'
        GROUP BY channel, account
    ) AS waiting GROUP BY channel, account ORDER BY channel, account
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What waits to be sent and to be fetched by one account."""

    account: tuple[str, str]  # with its channel before it
    sends: int
    files: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    table: str
    state: str
    rows: int


class Backlog:
    """Reads what is not done yet."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def counts(self) -> Sequence[Count]:
        rows = await self._database.fetch_aside(COUNTS)
        return [Count(table=row["place"], state=row["state"], rows=row["rows"]) for row in rows]

    async def by_account(self) -> Sequence[Waiting]:
        rows = await self._database.fetch_aside(BY_ACCOUNT)
        return [
            Waiting(
                account=(row["channel"], row["account"]),
                sends=int(row["sends"]),
                files=int(row["files"]),
            )
            for row in rows
        ]

    async def oldest(self) -> Mapping[str, datetime | None]:
        """Since when the oldest waits, per table; None where nothing does."""
        row = await self._database.fetch_one(OLDEST)
        assert row is not None  # noqa: S101 - a SELECT without FROM has one row
        return {
            "envelope": maybe_moment(row["envelope"]),
            "delivery": maybe_moment(row["delivery"]),
        }
