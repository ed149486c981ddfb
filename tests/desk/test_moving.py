"""Another trouble has its own ticket, and a message goes where its person says, with its values.

By the real parts, on both engines.
"""

from intake.memory import Owner
from intake.speech import Text
from intake.tickets import EntryKind, Status
from tests.desk.phone import a_message
from tests.desk.test_asking import cards_now

SLOW = "ноутбук гальмує"
JAMS = "принтер на 3 поверсі жує папір"
FIFTH = "принтер на 5 поверсі жує папір"
HOUR = 3600


def changes(timeline):
    told = [entry.change for entry in timeline if entry.kind is EntryKind.CHANGE]
    return [(change.what, change.before, change.after) for change in told]


def offered(exchange):
    """What the buttons of the newest text do."""
    texts = [each.body for each in exchange.phone.sent if isinstance(each.body, Text)]
    return [choice.data for row in texts[-1].choices for choice in row]


async def written_later(exchange, text):
    """An hour after the last message nobody goes on in one breath."""
    date = a_message(1, 1, "")["date"] + HOUR
    await exchange.write(text, date=date)


async def remembered(exchange, ticket):
    async with exchange.desk.store.work() as work:
        handle = await work.handle_at(ticket.address)
        owner = Owner.of(ticket.person_id, ticket.requester, handle)
        known = await work.recall([owner])
    return {(one.field, one.category): one.value for one in known[owner]}


async def test_another_trouble_told_beside_a_waiting_card_has_a_ticket_and_a_card_of_its_own(
    exchange,
):
    await exchange.write(SLOW)
    await exchange.write(JAMS)
    laptop, printer = await exchange.tickets()
    assert (laptop.category, printer.category) == ("computer", "printer")
    assert printer.answers["location"] == "3 поверсі"
    assert "location" not in laptop.answers
    assert [card.body.heading[:5] for card in exchange.phone.cards()] == ["#1001", "#1002"]
    entry = next(e for e in await exchange.timeline(1002) if e.text == JAMS)
    assert offered(exchange) == [f"move|1002|{entry.id}|1001"]


async def test_one_tap_brings_it_back_and_the_ticket_of_its_own_says_where_it_went(exchange):
    await exchange.write(SLOW)
    await exchange.write(JAMS)
    (tap,) = offered(exchange)
    for _ in range(2):
        await exchange.tap(tap)
    _, emptied = await exchange.tickets()
    assert (emptied.status, emptied.answers, emptied.asked) == (Status.CLOSED, {}, ())
    assert changes(await exchange.timeline(1002)) == [
        ("moved_to", "", "1001"),
        ("status", "new", "closed"),
        ("taken_along:symptom", "жує папір", ""),
        ("taken_along:location", "3 поверсі", ""),
    ]
    here = await exchange.timeline(1001)
    assert JAMS in [entry.text for entry in here]
    assert ("moved_from", "", "1002") in changes(here)
    farewell = next(card for card in cards_now(exchange) if card.heading == "#1002")
    assert "#1001" in farewell.intro
    assert (farewell.questions, farewell.actions) == ((), ())


async def test_a_moved_message_takes_its_values_along_and_both_cards_stay_true(exchange):
    await exchange.write(JAMS)
    await exchange.tap("send|1001")
    await written_later(exchange, "INV-20418, а ще з вчора")
    (ticket,) = await exchange.tickets()
    assert ticket.answers["asset"] == "INV-20418"
    assert (await remembered(exchange, ticket))["asset", "printer"] == "INV-20418"
    (tap,) = offered(exchange)
    await exchange.tap(tap)
    printer, _ = await exchange.tickets()
    assert not {"asset", "started"} & printer.answers.keys()
    lost = {what for what, *_ in changes(await exchange.timeline(1001))}
    assert {"taken_along:asset", "taken_along:started", "moved_to"} <= lost
    assert "INV-20418" not in [chip.value for chip in cards_now(exchange)[0].known]
    assert ("asset", "printer") not in await remembered(exchange, ticket)


async def test_a_guess_fills_nothing_until_the_tap_says_where_it_belongs(exchange):
    await exchange.write(JAMS)
    await exchange.write(FIFTH)
    (first,) = await exchange.tickets()
    assert first.answers["location"] == "3 поверсі"
    here, new = offered(exchange)
    for tap in (new, here):
        await exchange.tap(tap)
    first, second = await exchange.tickets()
    assert first.answers["location"] == "3 поверсі"
    assert second.answers["location"] == "5 поверсі"


async def test_what_is_perhaps_another_trouble_waits_for_the_tap_or_for_an_agent(exchange, marek):
    """Whichever comes first: no second trouble stays unseen, and none becomes two tickets."""
    await exchange.write(JAMS)
    await exchange.write(FIFTH)
    entry = next(e for e in await exchange.timeline(1001) if e.text == FIFTH)
    assert entry.facts["besides"] == FIFTH
    taps = offered(exchange)
    assert await exchange.desk.service.split(marek, 1001, entry.id) == 1002
    await exchange.work()
    for tap in taps:
        await exchange.tap(tap)
    first, second = await exchange.tickets()
    assert first.answers["location"] == "3 поверсі"
    assert second.answers["location"] == "5 поверсі"


async def test_a_tap_that_says_it_is_the_same_trouble_leaves_nothing_to_split(exchange):
    await exchange.write(JAMS)
    await exchange.write(FIFTH)
    await exchange.tap(offered(exchange)[0])
    entry = next(e for e in await exchange.timeline(1001) if e.text == FIFTH)
    assert "besides" not in entry.facts


async def test_what_has_gone_from_ticket_to_ticket_is_found_in_the_last(exchange):
    await exchange.write(SLOW)
    await exchange.write(JAMS)
    (tap,) = offered(exchange)
    assert await exchange.desk.listing.heir(1002) is None
    await exchange.tap(tap)
    assert await exchange.desk.listing.heir(1002) == 1001
    assert await exchange.desk.listing.heir(1001) is None


async def test_a_closed_ticket_that_kept_other_words_has_no_heir(exchange):
    await exchange.write(SLOW)
    await exchange.write(JAMS)
    (tap,) = offered(exchange)
    await exchange.write("INV-20418, 5 поверх")
    await exchange.tap(tap)
    marek = await exchange.desk.agents.add("marek", "Marek Novák", "-", "en")
    for number in (1001, 1002):
        await exchange.desk.service.set_status(marek, number, Status.CLOSED)
    heirs = [await exchange.desk.listing.heir(number) for number in (1001, 1002)]
    assert heirs == [None, None]
