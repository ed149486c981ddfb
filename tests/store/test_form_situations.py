"""What a filled form page may touch: the ticket of its link, and nobody's but its own."""

import pytest

from intake.errors import NotFound
from intake.messages import Address, MessageKind
from intake.speech import Card, Link
from store.mapping import speech_from_json, speech_to_json
from tests.store.cast import IVAN, OLENA, message, new_entry, opened, situation_of


def form(number):
    address = Address(channel="portal", account="desk", external_id=str(number))
    return message("", address, kind=MessageKind.FORM, external_id="", proven_ticket=number)


async def test_a_form_speaks_for_the_person_of_its_ticket_and_makes_no_other(database, store):
    ticket = await opened(store)
    await opened(store, address=IVAN)
    async with store.work() as work:
        situation = await situation_of(work, form(ticket.id))
    assert situation.proven_ticket.id == ticket.id
    assert situation.person.id == ticket.person_id
    assert situation.handle.address == OLENA
    rows = await database.fetch("SELECT channel FROM handle")
    assert {row["channel"] for row in rows} == {"telegram"}


async def test_a_form_of_a_ticket_that_is_not_there_is_not_found(store):
    with pytest.raises(NotFound):
        async with store.work() as work:
            await situation_of(work, form(4711))


async def test_an_agents_answer_quotes_the_last_message_and_not_the_form(store):
    ticket = await opened(store)
    async with store.work() as work:
        address = form(ticket.id).address
        await work.add_entry(new_entry(ticket.id, "a form", address=address, external_id=""))
        last = await work.last_message_in(ticket.id, ticket.address)
    assert last.external_id == "11"


def test_a_card_keeps_its_link_and_older_cards_have_none():
    card = Card(heading="#1", intro="", form=Link(label="Form", url="https://x/form/a"))
    kept = speech_to_json(card)
    assert speech_from_json(kept) == card
    older = kept.replace(',"form":{"label":"Form","url":"https://x/form/a","app_url":""}', "")
    assert older != kept
    assert speech_from_json(older).form is None
