# ruff: noqa: S608 - made of constants
"""Claims from the outbox, with a small and a large backlog in turn; in process."""

import time
from contextlib import AsyncExitStack
from datetime import timedelta

from desk.runtime import SystemClock
from intake.speech import Text
from store import mapping
from store.database import Database
from store.migrating import migrate
from store.outbox import Outbox
from tests.bench import moments
from tests.bench.figures import Figure, median
from tests.bench.seeding import NUMBERS

AREA = "outbox"
ACCOUNT = ("telegram", "700800900")
PER_ADDRESS = 10
BATCH = 50
HELLO = mapping.speech_to_json(Text(text="We have seen it."))
CLAIMS = 20  # of one turn
POST = f"""{NUMBERS} INSERT INTO delivery (channel, account, address, operation, body, subject,
        thread, language, posted_at, reason)
    SELECT 'telegram', '700800900', '' || (100000 + i % CAST($3 AS BIGINT)), 'send',
        $5, '', '[]', 'en', CAST($4 AS BIGINT), '' FROM n"""
SETTLE = "UPDATE delivery SET state = 'accepted' WHERE state = 'sending'"


async def measure(planned):
    figures = []
    for engine in planned.engines:
        async with AsyncExitStack() as stack:
            databases = [
                await _filled(planned, engine, rows, stack) for rows in planned.size.outbox
            ]
            figures += await _compared(planned, engine, databases)
    return figures


async def _filled(planned, engine, rows, stack):
    place = planned.place()
    _, url = planned.database(engine, place)
    database = await Database.open(url)
    stack.push_async_callback(database.close)
    await migrate(database)
    for first in range(1, rows + 1, 50_000):
        last = min(first + 49_999, rows)
        async with database.transaction() as session:
            addresses = rows // PER_ADDRESS
            await session.execute(POST, first, last, addresses, moments.micros(), HELLO)
    if database.dialect.is_postgresql:
        await database.fetch("VACUUM ANALYZE")
    return database


async def _compared(planned, engine, databases):
    small, large = planned.size.outbox
    figures = []
    for limit, what in ((1, "claim one"), (BATCH, f"claim {BATCH}")):
        spans = {rows: [] for rows in planned.size.outbox}
        outboxes = {
            rows: Outbox(one, SystemClock(), "")
            for rows, one in zip(spans, databases, strict=True)
        }
        for _ in range(planned.size.rounds + 1):
            for rows, database in zip(spans, databases, strict=True):
                spans[rows].append(await _claimed(outboxes[rows], database, limit))
        figures.append(
            Figure(
                area=AREA,
                engine=engine,
                what=f"{what}, {large:,} waiting",
                unit="ms",
                ours=median(spans[large][1:]),
                beside=f"{small:,} waiting",
                other=median(spans[small][1:]),
                target=1.5,
                is_floor=False,
            )
        )
    return figures


async def _claimed(outbox, database, limit):
    """Milliseconds of one claim; what was claimed is settled aside."""
    spans = []
    now = moments.now() + timedelta(seconds=1)
    for _ in range(CLAIMS):
        started = time.perf_counter()
        claimed = await outbox.claim(ACCOUNT, now, limit)
        spans.append(time.perf_counter() - started)
        if len(claimed) != limit:
            raise RuntimeError(f"claimed {len(claimed)} of {limit}")
        async with database.transaction() as session:
            await session.execute(SETTLE)
    return 1000 * median(spans)
