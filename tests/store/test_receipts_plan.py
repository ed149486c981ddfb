"""What platforms tell of our messages is found by an index, however many there were."""

import pytest

from store.pointers import DOUBTFUL, OWN, OWN_PARTS
from store.receipts import EARLIER, KNOWN, NOTE, NOTE_UNTIL, ON_THE_WAY

ADDRESS = ("viber", "servicedesk", "them")
NOTING = [
    (NOTE.format(earlier=earlier), (*ADDRESS, "77", "seen", "", 0)) for earlier in EARLIER.values()
]


@pytest.mark.parametrize(
    ("sql", "given"),
    [
        *NOTING,
        (KNOWN, (*ADDRESS, "77")),
        (ON_THE_WAY, (*ADDRESS, None)),
        (NOTE_UNTIL, (*ADDRESS, "seen", 0, 0)),
        (OWN, (*ADDRESS, "77")),
        (OWN_PARTS, ADDRESS),
        (DOUBTFUL, (*ADDRESS, 0, 0, 0)),
    ],
)
async def test_no_delivery_is_read_that_is_not_meant(database, sql, given):
    if database.dialect.is_postgresql:
        async with database.transaction() as session:
            await session.execute("SET LOCAL enable_seqscan = off")
            await session.execute("SET LOCAL plan_cache_mode = force_generic_plan")
            plan = "\n".join(row[0] for row in await session.fetch("EXPLAIN " + sql, *given))
        assert "Seq Scan" not in plan
    else:
        rows = await database.fetch("EXPLAIN QUERY PLAN " + sql, *given)
        plan = "\n".join(row["detail"] for row in rows)
        assert "SCAN" not in plan
    assert "delivery_" in plan
