"""Envelopes are taken in order, by one worker each, whatever becomes of them."""

import asyncio
from datetime import timedelta

import pytest

from intake.errors import NotFound
from intake.flow.setbacks import LONGEST_PAUSE
from store.database import Database
from store.envelopes import heads_sql
from store.journal import Journal
from store.work import Store
from tests.store.cast import (
    IVAN,
    NOW,
    OLENA,
    envelope,
    message,
    situation_of,
)


async def take(store, limit=16, now=NOW):
    async with store.work() as work:
        return [one.key for one in await work.take_envelopes(now, limit)]


async def finish(store, limit=16, now=NOW):
    async with store.work() as work:
        taken = await work.take_envelopes(now, limit)
        for one in taken:
            await work.finish_envelope(one)
    return [one.key for one in taken]


async def test_only_the_head_of_each_conversation_is_taken(journal, store):
    await journal.accept([envelope("a1", "a"), envelope("a2", "a"), envelope("b1", "b")])
    assert await finish(store) == ["a1", "b1"]
    assert await finish(store) == ["a2"]
    assert await finish(store) == []


async def test_an_envelope_comes_back_as_it_was_accepted(journal, store):
    sent = envelope(
        "a1", "a", payload=bytes(range(256)), received_at=NOW + timedelta(microseconds=7)
    )
    await journal.accept([sent])
    async with store.work() as work:
        [taken] = await work.take_envelopes(NOW, 1)
    assert taken._replace(id=0) == sent


async def test_a_failed_step_leaves_its_envelopes_waiting(journal, store):
    await journal.accept([envelope("a1", "a")])

    async def fail():
        async with store.work() as work:
            [taken] = await work.take_envelopes(NOW, 1)
            await work.finish_envelope(taken)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await take(store) == ["a1"]


async def test_a_postponed_envelope_holds_back_its_conversation_only(journal, store):
    await journal.accept([envelope("a1", "a"), envelope("a2", "a"), envelope("b1", "b")])
    async with store.work() as work:
        first, _ = await work.take_envelopes(NOW, 16)
        await work.postpone_envelope(first, "not yet", NOW + timedelta(seconds=5))
    assert await finish(store) == ["b1"]
    assert await finish(store) == []
    async with store.work() as work:
        [again] = await work.take_envelopes(NOW + timedelta(seconds=5), 16)
    assert (again.key, again.attempts) == ("a1", 1)


@pytest.mark.parametrize("channel", ["telegram", "agents"])
async def test_an_envelope_waits_no_longer_where_the_clock_is_put_back(journal, store, channel):
    def take(work, now):
        is_agents = channel == "agents"
        return (work.take_agents_envelopes if is_agents else work.take_envelopes)(now, 16)

    await journal.accept([envelope("a1", channel=channel)])
    async with store.work() as work:
        [first] = await take(work, NOW)
        await work.hold_envelope(first, "the disk is away", NOW + LONGEST_PAUSE)
    async with store.work() as work:
        assert not await take(work, NOW)
        [again] = await take(work, NOW - timedelta(hours=1))
    assert again.key == "a1"


async def test_a_link_is_kept_with_the_conversation_it_opened(store):
    async with store.work() as work:
        assert (await situation_of(work, message())).handle.link == ""
        await work.set_link(OLENA, "poster_3")
    async with store.work() as work:
        assert (await situation_of(work, message())).handle.link == "poster_3"
        assert (await situation_of(work, message(address=IVAN))).handle.link == ""


async def test_an_envelope_that_was_held_waits_and_has_not_been_tried(journal, store):
    await journal.accept([envelope("a1", conversation="a")])
    later = NOW + timedelta(seconds=5)
    async with store.work() as work:
        [held] = await work.take_envelopes(NOW, 10)
        await work.hold_envelope(held, "the disk is away", later)
    async with store.work() as work:
        assert not await work.take_envelopes(NOW, 10)
        [again] = await work.take_envelopes(later, 10)
    assert again.attempts == 0


async def test_quarantine_lets_the_next_one_pass_and_gives_back_what_is_requeued(journal, store):
    await journal.accept([envelope("a1", "a"), envelope("a2", "a")])
    async with store.work() as work:
        [poison] = await work.take_envelopes(NOW, 16)
        await work.quarantine_envelope(poison, "Unreadable: what is this")
    assert await finish(store) == ["a2"]
    async with store.work() as work:
        await work.requeue_envelope(poison.id, "Marek")
    async with store.work() as work:
        [again] = await work.take_envelopes(NOW, 16)
        assert (again.is_requeued, poison.is_requeued) == (True, False)
    assert await finish(store) == ["a1"]
    with pytest.raises(NotFound):
        async with store.work() as work:
            await work.requeue_envelope(poison.id, "Marek")


async def test_what_was_dismissed_is_given_back_too_and_only_what_is_held_can_be_dismissed(
    journal, store
):
    await journal.accept([envelope("a", "a"), envelope("b", "b")])
    async with store.work() as work:
        poison, report = await work.take_envelopes(NOW, 16)
        await work.quarantine_envelope(poison, "Unreadable: what is this")
        await work.file_envelope(report, "a report", NOW)
    async with store.work() as work:
        await work.dismiss_envelope(poison.id, "Marek", NOW)
    assert await finish(store) == []
    with pytest.raises(NotFound):
        async with store.work() as work:
            await work.dismiss_envelope(poison.id, "Sofia", NOW)
    async with store.work() as work:
        for one in (poison, report):
            await work.requeue_envelope(one.id, "Marek")
    assert await finish(store) == ["a", "b"]


async def test_a_flood_in_some_conversations_leaves_none_without_a_turn(journal, store):
    flood = [envelope(f"{name}{number}", name) for number in range(20) for name in "abcdef"]
    await journal.accept([*flood, envelope("z1", "z")])
    seen = [await finish(store, limit=2) for _ in range(4)]
    assert seen == [["a0", "b0"], ["c0", "d0"], ["e0", "f0"], ["z1"]]


async def test_every_channel_and_account_has_its_turn(journal, store):
    sent = [
        envelope(f"{channel}{account}{name}", name, channel=channel, account=account)
        for channel in ("email", "telegram")
        for account in ("1", "2")
        for name in "xyz"
    ]
    await journal.accept(sent)
    assert await finish(store) == [one.key for one in sent]


async def test_taking_reads_only_waiting_heads_however_long_the_history(database, journal, store):
    done = [envelope(f"d{number}", f"d{number % 50}") for number in range(3_000)]
    await journal.accept(done)
    async with database.transaction() as session:
        await session.execute("UPDATE envelope SET state = 'done'")
    backlog = [envelope(f"w{number}", f"w{number % 3}") for number in range(3_000)]
    await journal.accept(backlog)
    sql = heads_sql(database.dialect)
    given = ("", "", "", 10**18, 16, 2 * 10**18)
    if database.dialect.is_postgresql:
        async with database.transaction() as session:
            await session.execute("ANALYZE envelope")
        rows = await database.fetch("EXPLAIN (ANALYZE, FORMAT TEXT) " + sql, *given)
        plan = "\n".join(row[0] for row in rows)
        assert "Seq Scan on envelope" not in plan
        assert "Index Cond: (ROW(channel, account, conversation) > ROW(head.channel" in plan
    else:
        rows = await database.fetch("EXPLAIN QUERY PLAN " + sql, *given)
        plan = "\n".join(row["detail"] for row in rows)
        assert "SCAN envelope" not in plan
        assert "TEMP B-TREE" not in plan
        assert "envelope_waiting (channel=? AND account=? AND conversation>?)" in plan
    assert await finish(store) == ["w0", "w1", "w2"]


@pytest.mark.postgresql
async def test_two_workers_never_get_the_same_conversation(postgresql, postgresql_template, clock):
    url = postgresql.create("two_workers", postgresql_template)
    one, other = await Database.open(url), await Database.open(url)
    try:
        await Journal(one).accept([envelope(f"{n}{c}", c) for n in (1, 2) for c in "abcd"])
        first, second = Store(one, clock), Store(other, clock)
        async with first.work() as here, second.work() as there:
            mine = await here.take_envelopes(NOW, 2)
            theirs = await there.take_envelopes(NOW, 16)
            assert [e.key for e in mine] == ["1a", "1b"]
            assert [e.key for e in theirs] == ["1c", "1d"]
            for taken in mine:
                await here.finish_envelope(taken)
        async with second.work() as there:
            heads = await there.take_envelopes(NOW, 16)
        assert {e.key for e in heads} == {"2a", "2b", "1c", "1d"}
    finally:
        await one.close()
        await other.close()
        postgresql.drop("two_workers")


@pytest.mark.postgresql
async def test_an_envelope_committed_late_waits_for_its_conversation(
    postgresql, postgresql_template, clock
):
    """Ids are given before commits: a smaller id may appear while a larger one is in work."""
    url = postgresql.create("late", postgresql_template)
    database = await Database.open(url)
    store = Store(database, clock)
    insert = (
        "INSERT INTO envelope (channel, account, key, conversation, payload, received_at)"
        " VALUES ('telegram', '7', $1, 'a', '', 0)"
    )
    try:
        async with database.transaction() as slow:
            await slow.execute(insert, "early")
            async with database.transaction() as quick:
                await quick.execute(insert, "late")
            work = store.work()
            here = await work.__aenter__()
            [taken] = await here.take_envelopes(NOW, 16)
            assert taken.key == "late"
        assert await take(Store(database, clock)) == []
        await here.finish_envelope(taken)
        await work.__aexit__(None, None, None)
        assert await take(store) == ["early"]
    finally:
        await database.close()
        postgresql.drop("late")


@pytest.mark.postgresql
async def test_workers_side_by_side_receive_everything_once_and_in_order(
    postgresql, postgresql_template, clock
):
    url = postgresql.create("side_by_side", postgresql_template)
    database = await Database.open(url)
    await Journal(database).accept([envelope(f"{c}{n:02}", c) for n in range(15) for c in "abcde"])
    seen = []
    ours, another = Store(database, clock), Store(database, clock)

    async def work(store):
        while True:
            async with store.work() as unit:
                taken = await unit.take_envelopes(NOW, 2)
                for one in taken:
                    seen.append(one.key)
                    await asyncio.sleep(0)
                    await unit.finish_envelope(one)
            if not taken and len(seen) >= 75:
                return

    try:
        await asyncio.wait_for(asyncio.gather(work(ours), work(ours), work(another)), 30)
    finally:
        await database.close()
        postgresql.drop("side_by_side")
    assert len(seen) == 75
    for conversation in "abcde":
        mine = [key for key in seen if key.startswith(conversation)]
        assert mine == sorted(mine)


async def test_cancelled_units_of_work_leave_the_database_usable(database, clock, journal, store):
    await journal.accept([envelope(number, str(number)) for number in range(50)])

    async def step():
        async with store.work() as work:
            taken = await work.take_envelopes(NOW, 2)
            await asyncio.sleep(0)
            for one in taken:
                await work.postpone_envelope(one, "", NOW)

    for round_ in range(120):
        tasks = [asyncio.create_task(step()) for _ in range(3)]
        for _ in range(round_ % 13):
            await asyncio.sleep(0)
        for task in tasks[: 1 + round_ % 3]:
            task.cancel()
        await asyncio.wait_for(asyncio.gather(*tasks, return_exceptions=True), 10)
    assert len(await asyncio.wait_for(take(Store(database, clock), limit=100), 10)) == 50
