"""Timers are rows: they ring once, in one commit with their effect, whoever works beside."""

import asyncio
from datetime import timedelta

import pytest

from intake.messages import AutomaticKind
from intake.tickets import Author, Change, EntryKind
from intake.timers import NewTimer, Purpose
from store.database import Database
from store.work import Store
from tests.store.cast import IVAN, NOW, envelope, new_entry, opened

DUE = NOW + timedelta(hours=4)


def a_timer(ticket, purpose=Purpose.REMIND, **more):
    return NewTimer(ticket_id=ticket.id, purpose=purpose, **({"due_at": DUE} | more))


async def set_timers(store, *timers):
    async with store.work() as work:
        return [await work.set_timer(timer) for timer in timers]


async def take(store, now=DUE, limit=16):
    """What is due, as a worker finds it that then dies."""
    async with store.work() as work:
        return list(await work.take_timers(now, limit))


async def ring_and_die(store):
    async with store.work() as work:
        (timer,) = await work.take_timers(DUE, 16)
        await work.drop_timer(timer)
        raise RuntimeError("killed")


@pytest.fixture
async def ticket(store):
    return await opened(store)


async def test_a_timer_is_taken_when_it_is_due_with_its_ticket_as_it_is_now(store, ticket):
    await set_timers(store, a_timer(ticket, after_entry=99))
    assert await take(store, DUE - timedelta(microseconds=1)) == []
    (timer,) = await take(store)
    assert (timer.purpose, timer.has_been_heard) == (Purpose.REMIND, False)
    assert timer.ticket == ticket


async def test_a_timer_that_was_set_again_rings_once_and_later(store, ticket):
    later = DUE + timedelta(hours=1)
    await set_timers(store, a_timer(ticket), a_timer(ticket, due_at=later))
    assert await take(store) == []
    assert len(await take(store, later)) == 1


async def test_a_dropped_timer_may_be_set_again_and_a_spent_one_never(store, ticket):
    await set_timers(store, a_timer(ticket), a_timer(ticket, Purpose.GO_ON))
    async with store.work() as work:
        for timer in await work.take_timers(DUE, 16):
            ends = timer.purpose is Purpose.GO_ON
            await (work.drop_timer(timer) if ends else work.spend_timer(timer))
    assert await take(store) == []
    again = await set_timers(store, a_timer(ticket), a_timer(ticket, Purpose.GO_ON))
    assert again == [False, True]
    assert [timer.purpose for timer in await take(store)] == [Purpose.GO_ON]


async def test_a_worker_that_dies_leaves_the_timer_due(store, ticket):
    await set_timers(store, a_timer(ticket))
    with pytest.raises(RuntimeError):
        await ring_and_die(store)
    assert len(await take(store)) == 1


async def test_a_postponed_timer_waits_until_then(store, ticket):
    await set_timers(store, a_timer(ticket))
    async with store.work() as work:
        (timer,) = await work.take_timers(DUE, 16)
        await work.postpone_timer(timer, DUE + timedelta(hours=2))
    assert await take(store, DUE + timedelta(hours=1)) == []
    assert len(await take(store, DUE + timedelta(hours=2))) == 1


@pytest.mark.parametrize(
    ("more", "is_heard"),
    [
        ({"text": "since Monday"}, True),
        ({"author": Author.AGENT, "text": "on my way"}, True),
        ({"automatic": AutomaticKind.REPLY}, True),
        ({"kind": EntryKind.CHANGE, "change": Change(what="answer:asset", after="7")}, True),
        ({"author": Author.BOT, "text": "thank you"}, False),
        ({"author": Author.OTHER, "text": "me too", "address": IVAN}, False),
        ({"author": Author.AGENT, "kind": EntryKind.NOTE, "text": "the hinge"}, False),
    ],
)
async def test_what_was_said_since_the_card_is_known(store, ticket, more, is_heard):
    async with store.work() as work:
        card = await work.add_entry(new_entry(ticket.id, "card", author=Author.BOT, address=None))
        await work.set_timer(a_timer(ticket, after_entry=card))
        await work.add_entry(new_entry(ticket.id, **({"external_id": "12"} | more)))
    (timer,) = await take(store)
    assert timer.has_been_heard is is_heard


async def test_words_for_another_ticket_count_as_said_and_those_of_others_do_not(store, ticket):
    other, ivans = await opened(store, "another thing"), await opened(store, "mine", IVAN)
    async with store.work() as work:
        card = await work.add_entry(new_entry(ticket.id, "card", author=Author.BOT, address=None))
        await work.set_timer(a_timer(ticket, after_entry=card))
        await work.add_entry(new_entry(ivans.id, "hello", address=IVAN))
    assert [timer.has_been_heard for timer in await take(store)] == [False]
    async with store.work() as work:
        await work.add_entry(new_entry(other.id, "that one is urgent", external_id="13"))
    assert [timer.has_been_heard for timer in await take(store)] == [True]


async def test_while_something_waits_in_the_journal_nothing_rings(store, journal, ticket):
    await set_timers(store, a_timer(ticket))
    await journal.accept([envelope("1")])
    assert await take(store) == []
    async with store.work() as work:
        (waiting,) = await work.take_envelopes(DUE, 16)
        await work.finish_envelope(waiting)
    assert len(await take(store)) == 1


async def test_finding_what_is_due_takes_as_many_queries_for_many(store, queries):
    tickets = [await opened(store, str(number)) for number in range(5)]
    await set_timers(store, *(a_timer(ticket) for ticket in tickets))
    async with store.work() as work:
        queries.watch(work._session)
        assert len(await work.take_timers(DUE, 16)) == 5
    assert queries.count == 2


@pytest.mark.postgresql
async def test_two_workers_share_what_is_due(store_url, store, clock):
    tickets = [await opened(store, str(number)) for number in range(6)]
    await set_timers(store, *(a_timer(ticket) for ticket in tickets))
    rung = []

    async def ring(database):
        async with Store(database, clock).work() as work:
            for timer in await work.take_timers(DUE, 3):
                rung.append(timer.ticket.id)
                await work.drop_timer(timer)

    second = await Database.open(store_url)
    try:
        await asyncio.gather(ring(store._database), ring(second))
    finally:
        await second.close()
    assert sorted(rung) == [ticket.id for ticket in tickets]


@pytest.mark.postgresql
async def test_a_ticket_that_somebody_changes_is_left_alone_until_then(store_url, store, clock):
    if not store_url.startswith("postgres"):
        return  # one at a time writes there
    ticket = await opened(store)
    await set_timers(store, a_timer(ticket))
    second = await Database.open(store_url)
    try:
        async with Store(second, clock).work() as work:
            await work.ticket(ticket.id)
            assert await take(store) == []
        assert len(await take(store)) == 1
    finally:
        await second.close()
