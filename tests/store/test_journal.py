"""What is acknowledged is committed, once."""

import asyncio
import os
import signal
import subprocess
import sys

import pytest

from intake.errors import Unavailable
from store.database import Database
from store.journal import Journal
from tests.conftest import migrated
from tests.store.cast import envelope
from tests.tools.postgresql import Server

FILLER = """
import asyncio, sys
from datetime import UTC, datetime
from intake.messages import Envelope
from store.database import Database
from store.journal import Journal

async def write(journal, worker):
    for number in range(100_000):
        key = f"{worker}-{number}"
        await journal.accept([Envelope(channel="telegram", account="7", key=key,
            conversation=str(worker), payload=b"{}", received_at=datetime.now(UTC))])
        print(key, flush=True)

async def main():
    database = await Database.open(sys.argv[1])
    journal = Journal(database)
    await asyncio.gather(*(write(journal, worker) for worker in range(8)))

asyncio.run(main())
"""


async def count(database):
    return (await database.fetch_one("SELECT count(*) AS n FROM envelope"))["n"]


async def test_a_repeated_update_adds_nothing(database, journal):
    assert await journal.accept([envelope(1), envelope(2)]) == 2
    assert await journal.accept([envelope(2), envelope(3), envelope(3)]) == 1
    assert await count(database) == 3


async def test_the_same_key_of_another_account_is_news(database, journal):
    assert await journal.accept([envelope(1), envelope(1, account="8")]) == 2


async def test_a_cursor_moves_with_what_it_stands_for(journal):
    assert await journal.cursor("telegram:7") == ""
    await journal.accept_with_cursor([envelope(1)], "telegram:7", "2")
    await journal.accept_with_cursor([], "telegram:7", "9")
    assert await journal.cursor("telegram:7") == "9"


async def test_of_two_cursors_kept_at_once_the_later_stays(journal):
    await asyncio.gather(
        journal.accept([envelope(1)]),
        journal.accept_with_cursor([envelope(2)], "telegram:7", "3"),
        journal.accept_with_cursor([envelope(3)], "telegram:7", "4"),
    )
    assert await journal.cursor("telegram:7") == "4"


async def test_only_news_ring(database, journal):
    async with database.bell.listen(["inward"]) as rings:
        await journal.accept([envelope(1)])
        await anext(rings)
        await journal.accept([envelope(1)])
        await journal.accept_with_cursor([], "telegram:7", "2")
        database.bell.ring("inward")
        await anext(rings)
        assert [queue.qsize() for queue in database.bell._listeners] == [0]


async def test_repeats_among_news_are_counted_to_whoever_brought_them_first(journal):
    await journal.accept([envelope(1)])
    counts = await asyncio.gather(
        journal.accept([envelope(1), envelope(2)]),
        journal.accept([envelope(2)]),
        journal.accept([envelope(3), envelope(3), envelope(4)]),
    )
    assert counts == [1, 0, 2]


async def test_many_accepts_share_few_commits_and_each_counts_its_own(database, journal):
    commits = 0
    flush = journal._gathering._flush

    async def counting(arrivals):
        nonlocal commits
        commits += 1
        return await flush(arrivals)

    journal._gathering._flush = counting
    keys = [str(number % 48) for number in range(64)]  # sixteen are repeated
    counts = await asyncio.gather(*(journal.accept([envelope(key)]) for key in keys))
    assert sum(counts) == 48
    assert await count(database) == 48
    assert commits <= 4


async def test_waiting_envelopes_keep_the_order_of_their_accepts(database, journal):
    await asyncio.gather(*(journal.accept([envelope(number)]) for number in range(150)))
    rows = await database.fetch("SELECT key FROM envelope ORDER BY id")
    assert [row["key"] for row in rows] == [str(number) for number in range(150)]


async def test_text_that_no_database_can_hold_is_mended_not_refused(database, journal):
    odd = envelope("nul\x00 and half a pair \ud83d", conversation="\x00" * 3, payload=b"\x00\xff")
    assert await journal.accept([odd, envelope(2)]) == 2
    rows = await database.fetch("SELECT payload FROM envelope ORDER BY id")
    assert bytes(rows[0]["payload"]) == b"\x00\xff"


async def test_an_endless_key_is_kept_and_still_unique(journal):
    endless = "<" + "ї" * 5_000 + "@example.com>"
    assert await journal.accept([envelope(endless, conversation=endless)]) == 1
    assert await journal.accept([envelope(endless)]) == 0


async def test_one_bad_envelope_does_not_sink_those_beside_it(database, journal):
    bad = envelope(1, payload="no bytes")
    results = await asyncio.gather(
        *(journal.accept([one]) for one in (envelope(2), bad, envelope(3))),
        return_exceptions=True,
    )
    assert [results[0], results[2]] == [1, 1]
    if database.dialect.is_postgresql:  # SQLite takes text for a blob
        assert isinstance(results[1], Exception)
        assert await count(database) == 2


async def test_a_cancelled_accept_harms_no_other(database, journal):
    for round_ in range(40):
        tasks = [
            asyncio.create_task(journal.accept([envelope(f"{round_}-{number}")]))
            for number in range(6)
        ]
        for _ in range(round_ % 8):
            await asyncio.sleep(0)
        tasks[round_ % 6].cancel()
        done = await asyncio.wait_for(asyncio.gather(*tasks, return_exceptions=True), 10)
        left = [outcome for place, outcome in enumerate(done) if place != round_ % 6]
        assert left == [1] * 5
    assert await journal.accept([envelope("after")]) == 1


def hang(journal):
    """From now on a flush begins, and goes on as it is told; both as events."""
    flush, began, goes_on = journal._gathering._flush, asyncio.Event(), asyncio.Event()

    async def hanging(arrivals):
        began.set()
        await goes_on.wait()
        return await flush(arrivals)

    journal._gathering._flush = hanging
    return began, goes_on


async def test_who_gives_up_leaves_at_once_and_what_is_under_way_goes_on(database, journal):
    began, goes_on = hang(journal)
    for number in (1, 2):  # who flushes, and who waits for a turn
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0):
                await journal.accept([envelope(number)])
        await began.wait()
    goes_on.set()
    assert await journal.accept([envelope(3)]) == 1
    rows = await database.fetch("SELECT key FROM envelope ORDER BY id")
    assert [row["key"] for row in rows] == ["1", "3"]


async def test_a_database_that_hangs_is_unavailable_after_the_time_one_may_wait(
    database, journal, monkeypatch
):
    monkeypatch.setattr("store.journal.ACCEPT_WITHIN", 0.01)
    _, goes_on = hang(journal)
    tasks = [asyncio.create_task(journal.accept([envelope(number)])) for number in (1, 2, 3)]
    told = await asyncio.wait_for(asyncio.gather(*tasks, return_exceptions=True), 10)
    assert all(isinstance(one, Unavailable) for one in told)
    with pytest.raises(Unavailable):  # whoever comes later waits no longer
        await asyncio.wait_for(journal.accept([envelope(5)]), 10)
    monkeypatch.undo()
    goes_on.set()
    assert await journal.accept([envelope(4)]) == 1
    rows = await database.fetch("SELECT key FROM envelope ORDER BY id")
    assert [row["key"] for row in rows][-1] == "4"


async def test_a_failed_flush_is_told_to_every_waiter_and_passes(journal):
    flush = journal._gathering._flush

    async def away(_arrivals):
        raise Unavailable("away")

    journal._gathering._flush = away
    told = await asyncio.gather(
        *(journal.accept([envelope(number)]) for number in range(20)), return_exceptions=True
    )
    assert [type(error) for error in told] == [Unavailable] * 20
    journal._gathering._flush = flush
    assert await journal.accept([envelope(number) for number in range(20)]) == 20


async def test_what_was_acknowledged_survives_a_killed_process(store_url):
    with subprocess.Popen(  # noqa: ASYNC220 - nothing else runs meanwhile
        [sys.executable, "-c", FILLER, store_url], stdout=subprocess.PIPE, text=True
    ) as process:
        acknowledged = [process.stdout.readline().strip() for _ in range(200)]
        os.kill(process.pid, signal.SIGKILL)
        acknowledged += [line.strip() for line in process.stdout if line.endswith("\n")]
    database = await Database.open(store_url)
    rows = await database.fetch("SELECT key FROM envelope")
    await database.close()
    stored = {row["key"] for row in rows}
    assert len(acknowledged) >= 200
    assert set(acknowledged) <= stored


async def test_a_full_disk_is_unavailable_until_there_is_room(sqlite_journal):
    database, journal = sqlite_journal
    raw = database.connection.raw
    pages = raw.execute("PRAGMA page_count").fetchone()[0]
    raw.execute(f"PRAGMA max_page_count={pages + 20}")
    big = [envelope(number, payload=b"x" * 50_000) for number in range(5)]
    with pytest.raises(Unavailable):
        await journal.accept(big)
    assert await count(database) == 0
    raw.execute("PRAGMA max_page_count=1000000")
    assert await journal.accept(big) == 5


@pytest.fixture
async def sqlite_journal(sqlite_template, tmp_path):
    path = tmp_path / "full.db"
    path.write_bytes(sqlite_template.read_bytes())
    database = await Database.open(f"sqlite:///{path}")
    yield database, Journal(database)
    await database.close()


def test_what_is_acknowledged_is_on_the_disk(durability):
    assert durability["synchronous"] == "FULL"
    assert durability["journal_mode"] == "WAL"


@pytest.mark.postgresql
async def test_a_server_that_went_away_is_unavailable_until_it_is_back():
    server = Server()
    try:
        server.start()
        url = server.create("desk")
        await migrated(url)
        database = await Database.open(url)
        journal = Journal(database)
        await journal.accept([envelope(1)])
        server.halt()
        with pytest.raises(Unavailable):
            await journal.accept([envelope(2)])
        with pytest.raises(Unavailable):
            await count(database)
        server.resume()
        assert await journal.accept([envelope(2)]) == 1
        await database.close()
    finally:
        server.stop()
