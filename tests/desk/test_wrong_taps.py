"""A wrong tap is taken back by one more: the message goes home with all that it gave."""

from intake.speech import Operation, Text
from intake.tickets import Status
from tests.desk.phone import a_message
from tests.desk.test_asking import cards_now
from tests.desk.test_moving import FIFTH, JAMS, SLOW, offered

OWN = "ноутбук NB-0442 гальмує, помилка 691"


def last_edit(exchange):
    """The message whose button was tapped, as it looks now."""
    edits = [
        each
        for each in exchange.phone.sent
        if each.operation is Operation.EDIT and isinstance(each.body, Text)
    ]
    return edits[-1]


def way_back(exchange):
    ((choice,),) = last_edit(exchange).body.choices
    return choice


async def test_something_new_goes_back_to_the_ticket_that_it_was_with(exchange):
    await exchange.write(JAMS)
    await exchange.write(FIFTH)
    await exchange.tap(offered(exchange)[-1])
    assert "#1002" in last_edit(exchange).body.text
    assert way_back(exchange).label == "Назад до #1001"
    await exchange.tap(way_back(exchange).data)
    first, second = await exchange.tickets()
    assert second.status is Status.CLOSED
    assert first.status.is_live
    assert FIFTH in [entry.text for entry in await exchange.timeline(1001)]
    assert FIFTH not in [entry.text for entry in await exchange.timeline(1002)]
    assert "#1001" in last_edit(exchange).body.text
    assert way_back(exchange).label == "Назад до #1002"


async def test_what_belongs_to_an_open_one_gets_its_own_ticket_back_and_takes_its_values(exchange):
    await exchange.write(JAMS)
    await exchange.write(OWN)
    printer, laptop = await exchange.tickets()
    (tap,) = offered(exchange)
    await exchange.tap(tap)
    wrong, emptied = await exchange.tickets()
    assert wrong.answers["asset"] == "NB-0442"
    assert emptied.status is Status.CLOSED
    await exchange.tap(way_back(exchange).data)
    back, own = await exchange.tickets()
    assert back.answers == printer.answers
    assert (own.status, own.category, own.answers) == (
        laptop.status,
        laptop.category,
        laptop.answers,
    )
    assert set(own.asked) == set(laptop.asked)
    card = next(card for card in cards_now(exchange) if card.heading.startswith("#1002"))
    assert card.questions


async def test_taps_may_go_to_and_fro(exchange):
    await exchange.write(SLOW)
    await exchange.write(JAMS)
    await exchange.tap(offered(exchange)[0])
    for number in (1002, 1001, 1002):
        await exchange.tap(way_back(exchange).data)
        assert JAMS in [entry.text for entry in await exchange.timeline(number)]
    laptop, printer = await exchange.tickets()
    assert "location" not in laptop.answers
    assert printer.answers["location"] == "3 поверсі"
    assert printer.status is Status.NEW


async def test_what_was_edited_meanwhile_finds_its_way_back_too(exchange):
    await exchange.write(SLOW)
    number = await exchange.write(JAMS)
    await exchange.tap(offered(exchange)[0])
    edited = a_message(number, 1, f"{JAMS}!") | {"edit_date": 1}
    await exchange.update_of(edited_message=edited)
    await exchange.work()
    await exchange.tap(way_back(exchange).data)
    printer = await exchange.desk.listing.ticket(1002)
    assert (printer.status, printer.answers["location"]) == (Status.NEW, "3 поверсі")


async def test_the_way_back_edits_the_message_that_was_tapped(exchange):
    await exchange.write(SLOW)
    await exchange.write(JAMS)
    asked = len(exchange.phone.sent) + 100
    assert isinstance(exchange.phone.sent[-1].body, Text)
    await exchange.tap(offered(exchange)[0])
    assert last_edit(exchange).target_provider_id == str(asked)
    await exchange.tap(way_back(exchange).data)
    assert last_edit(exchange).target_provider_id == str(asked)


async def test_a_ticket_that_an_agent_has_closed_takes_nothing_back(exchange, marek):
    await exchange.write(SLOW)
    await exchange.write(JAMS)
    (tap,) = offered(exchange)
    await exchange.desk.service.set_status(marek, 1001, Status.CLOSED)
    await exchange.tap(tap)
    assert (await exchange.desk.listing.ticket(1002)).status.is_live
