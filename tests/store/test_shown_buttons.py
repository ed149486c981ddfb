"""A tap counts where its button was shown: in that conversation, with exactly that data."""

import pytest

from intake.messages import MessageKind
from intake.speech import Card, Choice, NewDelivery, Operation, Question, Text
from intake.tickets import Author, EntryKind
from tests.store.cast import IVAN, OLENA, message, new_delivery, new_entry, opened, situation_of


def buttons(*data):
    return (tuple(Choice(label='He said: "data":"no"', data=one) for one in data),)


def card(*data):
    (choices,) = buttons(*data)
    asked = Question(number=1, label="Who is affected?", choices=choices)
    return Card(heading="#1001", intro="", questions=(asked,))


async def shown(store, ticket, body, **more):
    async with store.work() as work:
        more = {"address": OLENA, "ticket_id": ticket.id, **more}
        await work.post(NewDelivery(body=body, **more))


async def tapping(store, data, address=OLENA, **more):
    async with store.work() as work:
        tap = message("", address=address, kind=MessageKind.TAP, tap=data, **more)
        return await situation_of(work, tap)


@pytest.mark.parametrize(
    "body", [card("set|1001|scope|many"), Text(text="?", choices=buttons("set|1001|scope|many"))]
)
async def test_a_tap_on_a_button_of_the_conversation_names_its_ticket(store, body):
    ticket = await opened(store)
    await shown(store, ticket, body)
    assert (await tapping(store, "set|1001|scope|many")).named_ticket.id == ticket.id


async def test_so_does_one_on_what_an_edit_has_shown(store):
    ticket = await opened(store)
    await shown(store, ticket, card("cat|1001|printer"), operation=Operation.EDIT, target_id=1)
    assert (await tapping(store, "cat|1001|printer")).named_ticket.id == ticket.id


@pytest.mark.parametrize(
    "data",
    [
        "solve|1001",  # of the own ticket, yet no such button was shown
        "set|1001|scope",
        "set|1001|scope|many|",
        "set|1001|scope|man_",
        "set|1001|scope|%",
        'set|1001|scope|many","data":"',
        "et|1001|scope|many",
        "no",
        "",
        "set|-1|scope|many",
        "set|" + "9" * 40,
        "set|٣",
        "set|1001|scope|many\ud83d".encode("utf-8", "replace").decode(),
    ],
)
async def test_data_that_no_button_had_names_nothing(store, data):
    ticket = await opened(store)
    await shown(store, ticket, card("set|1001|scope|many"))
    assert (await tapping(store, data)).named_ticket is None


async def test_a_button_names_nothing_for_somebody_else_nor_at_another_address(store):
    ticket = await opened(store)
    await opened(store, address=IVAN)
    await shown(store, ticket, card("set|1001|scope|many"))
    assert (await tapping(store, "set|1001|scope|many", IVAN)).named_ticket is None
    await shown(store, ticket, card("set|1001|urgency|blocked"), address=IVAN)
    assert (await tapping(store, "set|1001|urgency|blocked")).named_ticket is None


async def test_a_button_shown_where_it_should_not_have_been_opens_no_strangers_ticket(store):
    ticket = await opened(store)
    await opened(store, address=IVAN)
    await shown(store, ticket, card("solve|1001"), address=IVAN)
    assert (await tapping(store, "solve|1001", IVAN)).named_ticket is None


@pytest.mark.parametrize(
    "told",
    [
        {"kind": EntryKind.NOTE, "author": Author.AGENT, "address": None},
        {"author": Author.AGENT, "address": None},
        {"author": Author.BOT, "address": None},
        {"author": Author.OTHER},
        {"address": IVAN},
        {"address": None},
    ],
)
async def test_what_its_tapper_has_not_said_there_is_never_moved(store, told):
    ticket = await opened(store)
    async with store.work() as work:
        entry_id = await work.add_entry(new_entry(ticket.id, "wipe the laptop", **told))
    data = f"move|1001|{entry_id}|new"
    await shown(store, ticket, Text(text="?", choices=buttons(data)))
    situation = await tapping(store, data)
    assert (situation.named_ticket.id, situation.known_entry) == (ticket.id, None)


async def test_what_its_tapper_has_said_is_moved_where_that_was_offered_alone(store):
    ticket = await opened(store)
    async with store.work() as work:
        entry_id = await work.add_entry(new_entry(ticket.id, "the mouse too", external_id="12"))
        await work.post(new_delivery(ticket_id=ticket.id))
    data = f"move|1001|{entry_id}|new"
    assert (await tapping(store, data)).known_entry is None
    await shown(store, ticket, Text(text="?", choices=buttons(data)))
    assert (await tapping(store, data)).known_entry.text == "the mouse too"


async def test_what_was_sent_right_after_it_without_words_goes_along(store):
    ticket = await opened(store)
    async with store.work() as work:
        entry_id = await work.add_entry(new_entry(ticket.id, "and this", external_id="12"))
        own = {"facts": {"goes_with": str(entry_id)}}
        photo = await work.add_entry(new_entry(ticket.id, "", external_id="13", **own))
        await work.add_entry(new_entry(ticket.id, "", external_id="14"))
        await work.add_entry(new_entry(ticket.id, "", address=IVAN, external_id="15", **own))
    data = f"move|1001|{entry_id}|new"
    await shown(store, ticket, Text(text="?", choices=buttons(data)))
    situation = await tapping(store, data)
    assert [one.id for one in situation.followers] == [photo]
    assert not situation.is_all_that_was_said


async def test_a_message_and_what_goes_with_it_are_all_that_was_said(store):
    ticket = await opened(store)
    async with store.work() as work:
        said = await work.last_message_in(ticket.id, OLENA)
        own = {"facts": {"goes_with": str(said.id)}}
        await work.add_entry(new_entry(ticket.id, "", external_id="12", **own))
    data = f"move|1001|{said.id}|new"
    await shown(store, ticket, Text(text="?", choices=buttons(data)))
    assert (await tapping(store, data)).is_all_that_was_said
