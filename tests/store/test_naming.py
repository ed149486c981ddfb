"""People without a name: asked about once each, and called by it wherever they stand."""

import pytest

from intake.messages import Sender
from store.listing import Listing
from store.naming import Nameless
from tests.store.cast import IVAN, OLENA, message, new_entry, new_ticket, opening, situation_of

BOT = (OLENA.channel, OLENA.account)


async def met(store, address):
    """Somebody who has written and told no name."""
    async with store.work() as work:
        unnamed = message(address=address, sender=Sender(name="", external_id="1", language="uk"))
        situation = await situation_of(work, unnamed)
        ticket = await opening(work, new_ticket(situation))
        await work.add_entry(new_entry(ticket.id, author_name="", address=address))
    return ticket


@pytest.fixture
def nameless(database):
    return Nameless(database)


async def test_each_is_asked_about_once_also_by_a_program_that_starts_anew(
    database, store, nameless
):
    tickets = [await met(store, OLENA), await met(store, IVAN)]
    first, second = await nameless.people(*BOT, 10)
    assert [first.person_id, second.person_id] == [ticket.person_id for ticket in tickets]
    await nameless.call(first, "")
    assert await Nameless(database).people(*BOT, 10) == [second]
    await nameless.call(second, "Ivan")
    assert not await Nameless(database).people(*BOT, 10)


async def test_at_another_account_others_are_asked_about(store, nameless):
    await met(store, OLENA)
    assert not await nameless.people("telegram", "8", 10)


async def test_a_name_stands_at_the_tickets_and_messages_that_were_there_before(
    database, store, nameless
):
    ticket, others = await met(store, OLENA), await met(store, IVAN)
    [handle] = await nameless.people(*BOT, 1)
    await nameless.call(handle, "Olena Kovalenko")
    listing = Listing(database)
    for number, name in ((ticket.id, "Olena Kovalenko"), (others.id, "")):
        assert (await listing.ticket(number)).requester == name
        assert [one.author_name for one in await listing.timeline(number)] == [name]
