"""Late news that a delivery has not arrived, as rows: of the message, and of its address."""

import pytest

from intake.messages import Failure
from intake.speech import Accepted
from intake.tickets import Author
from store.listing import Listing
from store.outbox import Outbox
from tests.store.cast import (
    IVAN,
    NOW,
    OLENA,
    message,
    new_delivery,
    new_entry,
    opened,
    situation_of,
)

BOT = ("telegram", "7")


@pytest.fixture
async def sent(database, store, clock):
    """The delivery of an agent's answer that its server has taken."""
    ticket = await opened(store)
    async with store.work() as work:
        answer = new_entry(ticket.id, "we are on it", author=Author.AGENT, external_id="")
        entry_id = await work.add_entry(answer)
        await work.post(new_delivery(ticket_id=ticket.id, entry_id=entry_id))
    outbox = Outbox(database, clock, "Firstline")
    [claimed] = await outbox.claim(BOT, NOW, 24)
    await outbox.settle(claimed, Accepted(provider_id="12"), NOW)
    return claimed


def failure_of(delivery, *, is_lasting=True):
    return Failure(delivery_id=delivery.id, reason="user unknown", is_lasting=is_lasting)


async def test_a_report_knows_what_was_said_with_the_delivery(store, sent):
    async with store.work() as work:
        report = message("back", IVAN, failure=failure_of(sent), proven_ticket=sent.ticket_id)
        situation = await situation_of(work, report)
    known = situation.known_entry
    assert (known.id, known.ticket_id) == (sent.entry_id, sent.ticket_id)
    assert (known.author, known.delivery_state) == (Author.AGENT, "accepted")


async def test_a_report_of_a_delivery_that_nobody_knows_names_nothing(store, sent):
    async with store.work() as work:
        unknown = Failure(delivery_id=10**30, reason="", is_lasting=True)
        assert (await situation_of(work, message("back", failure=unknown))).known_entry is None


@pytest.mark.parametrize("is_lasting", [True, False])
async def test_a_failure_is_seen_at_the_message_and_a_lasting_one_at_the_address(
    database, store, sent, is_lasting
):
    async with store.work() as work:
        await work.fail_delivery(failure_of(sent, is_lasting=is_lasting), NOW)
    listing = Listing(database)
    entry = next(one for one in await listing.timeline(sent.ticket_id) if one.id == sent.entry_id)
    assert (entry.delivery_state, entry.delivery_reason) == ("failed", "user unknown")
    ticket = await listing.ticket(sent.ticket_id)
    (handle,) = await listing.handles(ticket.person_id)
    assert (handle.address, handle.is_reachable) == (OLENA, not is_lasting)


async def test_a_report_is_believed_before_the_note_that_the_mail_was_taken(
    database, store, clock
):
    ticket = await opened(store)
    async with store.work() as work:
        await work.post(new_delivery(ticket_id=ticket.id))
    outbox = Outbox(database, clock, "Firstline")
    [under_way] = await outbox.claim(BOT, NOW, 24)
    async with store.work() as work:
        await work.fail_delivery(failure_of(under_way), NOW)
    await outbox.settle(under_way, Accepted(provider_id="12"), NOW)
    [row] = await database.fetch("SELECT state, reason FROM delivery")
    assert (row["state"], row["reason"]) == ("failed", "user unknown")
