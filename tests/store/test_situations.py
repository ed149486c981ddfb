"""What is known of whoever writes: who they are, and which tickets they may mean."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from intake.messages import Address, MessageKind
from intake.tickets import Status
from store.database import Database
from store.work import Store
from tests.store.cast import (
    IVAN,
    NOW,
    OLENA,
    message,
    new_delivery,
    opened,
    situation_of,
)


async def test_the_first_message_makes_a_person_and_a_handle(store):
    async with store.work() as work:
        first = await situation_of(work, message())
    async with store.work() as work:
        again = await situation_of(work, message())
    assert first.is_first_contact
    assert not again.is_first_contact
    assert (first.person.name, first.person.language) == ("Olena", "uk")
    assert again.person == first.person
    assert again.handle == first.handle
    assert (again.live_tickets, again.last_entry, again.named_ticket) == ((), None, None)


@pytest.mark.postgresql
async def test_two_transactions_meeting_the_same_person_make_one(
    postgresql, postgresql_template, clock
):
    url = postgresql.create("meeting", postgresql_template)
    database = await Database.open(url)
    store = Store(database, clock)

    async def meet():
        async with store.work() as work:
            return await situation_of(work, message())

    try:
        async with store.work() as work:
            first = await situation_of(work, message())
            other = asyncio.create_task(meet())
            for _ in range(20):
                await asyncio.sleep(0)
        second = await asyncio.wait_for(other, 10)
        people = await database.fetch("SELECT id FROM person")
    finally:
        await database.close()
        postgresql.drop("meeting")
    assert second.person == first.person
    assert (first.is_first_contact, second.is_first_contact) == (True, False)
    assert len(people) == 1


async def test_tickets_are_numbered_from_1001(store):
    assert (await opened(store)).id == 1001
    assert (await opened(store)).id == 1002


async def test_live_tickets_come_newest_activity_first_without_the_settled(store):
    first, second, third = [await opened(store) for _ in range(3)]
    async with store.work() as work:
        await work.save_ticket(replace(first, updated_at=NOW + timedelta(hours=1)))
        await work.save_ticket(replace(second, status=Status.SOLVED))
    async with store.work() as work:
        situation = await situation_of(work, message())
    assert [ticket.id for ticket in situation.live_tickets] == [first.id, third.id]
    assert situation.last_entry.ticket_id == third.id


async def test_a_quote_names_the_ticket_of_the_quoted_message(store):
    first = await opened(store, external_id="11")
    await opened(store, external_id="12")
    async with store.work() as work:
        quoting = await situation_of(work, message(external_id="13", quoted_id="11"))
    assert quoting.named_ticket.id == first.id


async def test_a_quote_of_our_own_message_names_its_ticket(database, store):
    ticket = await opened(store)
    async with store.work() as work:
        delivery_id = await work.post(new_delivery(ticket_id=ticket.id))
    async with database.transaction() as session:
        await session.execute(
            "UPDATE delivery SET provider_id = '77', state = 'accepted' WHERE id = $1", delivery_id
        )
    async with store.work() as work:
        quoting = await situation_of(work, message(quoted_id="77"))
        his = await situation_of(work, message(address=IVAN, quoted_id="77"))
    assert quoting.named_ticket.id == ticket.id
    assert his.named_ticket is None


async def test_a_message_id_of_another_chat_names_nothing(store):
    """Telegram counts messages per chat: "11" is somebody else's in another one."""
    group = replace(OLENA, external_id="-900")
    await opened(store, address=group, external_id="11")
    async with store.work() as work:
        situation = await situation_of(work, message(quoted_id="11"))
    assert situation.named_ticket is None


async def test_a_mail_thread_finds_its_ticket_by_the_nearest_known_mail(store):
    mail = Address(channel="email", account="it@desk.example", external_id="olena@firm.example")
    first = await opened(store, address=mail, external_id="<1@firm>")
    second = await opened(store, address=mail, external_id="<2@firm>")
    async with store.work() as work:
        nearest = await situation_of(
            work, message(address=mail, quoted_id="<0@x>", thread=("<2@firm>", "<1@firm>"))
        )
        farther = await situation_of(work, message(address=mail, thread=("<9@firm>", "<1@firm>")))
    assert (nearest.named_ticket.id, farther.named_ticket.id) == (second.id, first.id)


async def test_an_album_goes_on_with_its_first_message(store):
    ticket = await opened(store, album="4711", external_id="11")
    async with store.work() as work:
        second = await situation_of(work, message(album="4711", external_id="12"))
        his = await situation_of(work, message(address=IVAN, album="4711", external_id="12"))
    assert second.named_ticket.id == ticket.id
    assert second.known_entry.external_id == "11"
    assert (his.named_ticket, his.known_entry) == (None, None)


async def test_an_edit_knows_the_message_it_rewrites(store):
    ticket = await opened(store, external_id="11")
    async with store.work() as work:
        edit = await situation_of(work, message(kind=MessageKind.EDIT, external_id="11"))
        await work.edit_entry(edit.known_entry.id, "the scanner too", NOW)
        entry = await work.entry(edit.known_entry.id)
    assert (entry.text, entry.edited_at, entry.ticket_id) == ("the scanner too", NOW, ticket.id)


async def test_a_proven_ticket_is_found_whoever_brings_it(store):
    ticket = await opened(store)
    async with store.work() as work:
        his = await situation_of(work, message(address=IVAN, proven_ticket=ticket.id))
        nobody = await situation_of(work, message(address=IVAN, proven_ticket=10**30))
    assert his.proven_ticket.id == ticket.id
    assert his.named_ticket is None
    assert nobody.proven_ticket is None


async def test_a_number_in_the_subject_claims_the_senders_own_ticket_only(store):
    ticket = await opened(store)
    await opened(store, address=IVAN)
    async with store.work() as work:
        hers = message(claimed_ticket=ticket.id)
        found = await situation_of(work, hers)
        assert (found.claimed_ticket.id, found.named_ticket) == (ticket.id, None)
        his = message(address=IVAN, claimed_ticket=ticket.id)
        assert (await situation_of(work, his)).claimed_ticket is None
        wild = message(claimed_ticket=10**30)
        assert (await situation_of(work, wild)).claimed_ticket is None


async def test_a_usual_message_costs_three_queries(database, store, queries):
    await opened(store)
    async with store.work() as work:
        queries.watch(work._session)
        await situation_of(work, message())
    assert queries.count <= 4
