"""What an agent said and nobody received is seen by a person, on each engine."""

from dataclasses import replace
from datetime import timedelta

import pytest

from intake.speech import Accepted, Operation, Permanent, RetryAfter, Unknown, UserGone
from intake.tickets import Author, Status
from store.backlog import Backlog
from store.listing import Listing
from tests.store.cast import IVAN, NOW, new_delivery, new_entry, opened

BOT = ("telegram", "7")


async def answered(store, status=Status.SOLVED, **more):
    """Marek has answered the ticket, and thinks that was it."""
    ticket = await opened(store, **more)
    async with store.work() as work:
        said = new_entry(ticket.id, "try again now", author=Author.AGENT, address=None)
        entry_id = await work.add_entry(said)
        delivery = new_delivery(ticket.address, ticket_id=ticket.id, entry_id=entry_id)
        await work.post(replace(delivery, is_automatic=False))
        ticket = await work.ticket(ticket.id)
        await work.save_ticket(replace(ticket, status=status, waits_for_agent=False))
    return ticket.id


async def line_of(database, number):
    page = await Listing(database).tickets("all", 0)
    return next(line for line in page.lines if line.id == number)


def changes(timeline):
    return [(e.author_name, e.change.before, e.change.after) for e in timeline if e.change]


@pytest.mark.parametrize(
    ("result", "state"),
    [
        (Permanent(reason="550"), "failed"),
        (UserGone(reason="bot was blocked"), "gone"),
        (Unknown(reason="no answer"), "unknown"),
    ],
)
async def test_an_answer_that_did_not_arrive_opens_its_ticket_again(
    database, store, outbox, result, state
):
    number = await answered(store)
    [claimed] = await outbox.claim(BOT, NOW, 24)
    async with database.bell.listen(["tickets"]) as rings:
        await outbox.settle(claimed, result, NOW)
        assert await anext(rings) == "tickets"
    line = await line_of(database, number)
    assert (line.status, line.undelivered, line.waits_for_agent) == ("open", state, True)
    assert line.updated_at == NOW
    timeline = await Listing(database).timeline(number)
    assert changes(timeline) == [("Firstline", "solved", "open")]


async def test_what_arrived_changes_nothing(database, store, outbox):
    number = await answered(store)
    before = await Listing(database).ticket(number)
    [claimed] = await outbox.claim(BOT, NOW, 24)
    await outbox.settle(claimed, Accepted(provider_id="77"), NOW)
    assert await Listing(database).ticket(number) == before


async def test_the_bots_own_courtesies_bring_nothing_back(database, store, outbox):
    ticket = await opened(store)
    async with store.work() as work:
        await work.post(new_delivery(ticket_id=ticket.id))
        await work.post(new_delivery(ticket_id=ticket.id, operation=Operation.ANSWER_TAP))
    for claimed in await outbox.claim(BOT, NOW, 24):
        await outbox.settle(claimed, Permanent(reason="no"), NOW)
    assert (await line_of(database, ticket.id)).undelivered == ""


async def test_what_is_given_up_after_a_day_of_tries_is_seen_too(database, store, outbox):
    number = await answered(store, Status.OPEN)
    [claimed] = await outbox.claim(BOT, NOW, 24)
    await outbox.settle(claimed, RetryAfter(seconds=0, reason="429"), NOW)
    assert (await line_of(database, number)).undelivered == ""
    later = NOW + timedelta(hours=25)
    [claimed] = await outbox.claim(BOT, later, 24)
    await outbox.settle(claimed, RetryAfter(seconds=0, reason="429"), later)
    assert (await line_of(database, number)).undelivered == "failed"
    assert changes(await Listing(database).timeline(number)) == []


async def test_what_a_crash_left_in_doubt_is_seen_of_all_tickets_at_once(database, store, outbox):
    numbers = [await answered(store), await answered(store, address=IVAN, status=Status.PENDING)]
    for claimed in await outbox.claim(BOT, NOW, 24):
        await outbox.begin(claimed, NOW)
    assert await outbox.release_stale(*BOT, NOW) == 2
    for number in numbers:
        line = await line_of(database, number)
        assert (line.status, line.undelivered, line.waits_for_agent) == ("open", "unknown", True)


async def test_what_a_refused_account_puts_off_is_counted(database, store, outbox):
    number = await answered(store)
    [claimed] = await outbox.claim(BOT, NOW, 24)
    refused = RetryAfter(seconds=0, reason="login refused: 535", is_refused=True)
    await outbox.settle(claimed, refused, NOW)
    counted = {(one.table, one.state): one.rows for one in await Backlog(database).counts()}
    assert [counted["delivery", state] for state in ("put_off", "failed")] == [1, 0]
    assert (await line_of(database, number)).undelivered == ""


async def test_what_did_not_arrive_is_counted(database, store, outbox):
    await answered(store)
    await answered(store, address=IVAN)
    first, second = await outbox.claim(BOT, NOW, 24)
    await outbox.settle(first, Permanent(reason="550"), NOW)
    await outbox.settle(second, UserGone(reason="blocked"), NOW)
    counted = {(one.table, one.state): one.rows for one in await Backlog(database).counts()}
    assert [counted["delivery", state] for state in ("failed", "gone", "unknown")] == [1, 1, 0]
