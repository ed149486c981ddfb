"""The next card asks less: what a person has answered once is known, to nobody else."""

from intake.people import Agent
from intake.tickets import Status
from tests.desk.test_asking import cards_now

SLOW = "ноутбук гальмує"
ANSWERS = "1. NB-0442\n2. Windows 11\n3. з ранку\n4. перезавантажив\n5. працюю, але важко"


async def told_once(exchange):
    """A first ticket, answered in full and sent on."""
    await exchange.write(SLOW)
    await exchange.write(ANSWERS)
    ticket = (await exchange.tickets())[0]
    assert ticket.is_complete, ticket.asked


async def newest(exchange):
    return (await exchange.tickets())[-1]


def labels(card):
    return [question.label for question in card.questions]


async def another(exchange, text="комп'ютер не вмикається", **more):
    """Another trouble, once everything before is closed."""
    marek = Agent(id=1, login="marek", name="Marek")
    for ticket in await exchange.tickets():
        await exchange.desk.service.set_status(marek, ticket.id, Status.CLOSED)
    await exchange.write(text, **more)
    return await newest(exchange)


async def test_the_next_ticket_of_the_same_kind_asks_less(exchange):
    await told_once(exchange)
    ticket = await another(exchange)
    assert (ticket.answers["asset"], ticket.answers["os"]) == ("NB-0442", "windows-11")
    assert ticket.assumed == {"asset", "os"}
    card = cards_now(exchange)[-1]
    assert "Номер на наклейці" not in labels(card)
    assert "досі NB-0442?" in [chip.value for chip in card.known]
    changes = [e.change.what for e in await exchange.timeline(ticket.id) if e.change]
    assert {"assumed:asset", "assumed:os"} <= set(changes)


async def test_what_was_assumed_and_never_confirmed_is_not_remembered_as_said(exchange):
    await told_once(exchange)
    ticket = await another(exchange)
    await exchange.tap(f"doubt|{ticket.id}|asset")
    await exchange.write("не знаю")
    assert "asset" not in (await another(exchange, "ноутбук знову гальмує")).answers


async def test_a_correction_is_what_the_next_ticket_knows(exchange):
    await told_once(exchange)
    await another(exchange)
    await exchange.write("ні, тепер NB-0500")
    corrected = await newest(exchange)
    assert corrected.answers["asset"] == "NB-0500"
    assert "asset" not in corrected.assumed
    assert (await another(exchange)).answers["asset"] == "NB-0500"


async def test_a_confirmation_is_seen_by_the_agent(exchange):
    await told_once(exchange)
    ticket = await another(exchange)
    await exchange.tap(f"keep|{ticket.id}")
    assert (await newest(exchange)).assumed == set()
    assert "досі" not in str(cards_now(exchange)[-1])


async def test_a_stranger_is_told_nothing_and_may_confirm_nothing(exchange):
    await told_once(exchange)
    own = await another(exchange)
    await exchange.write("комп'ютер не вмикається", person=2)
    theirs = await newest(exchange)
    assert (theirs.answers.get("asset"), theirs.assumed) == (None, set())
    await exchange.tap(f"keep|{own.id}", person=2)
    await exchange.tap(f"doubt|{own.id}|asset", person=2)
    tickets = {ticket.id: ticket for ticket in await exchange.tickets()}
    assert tickets[own.id].assumed == {"asset", "os"}


async def test_another_name_at_the_same_address_is_somebody_else(exchange):
    await told_once(exchange)
    petro = {"id": 1, "is_bot": False, "first_name": "Petro", "language_code": "uk"}
    ticket = await another(exchange, **{"from": petro})
    assert (ticket.answers.get("asset"), ticket.assumed) == (None, set())


async def test_a_category_that_comes_to_be_known_later_is_helped_as_well(exchange):
    await told_once(exchange)
    ticket = await another(exchange, "щось дивне сьогодні коїться, гляньте")
    assert (ticket.category, ticket.assumed) == (None, set())
    await exchange.tap(f"cat|{ticket.id}|computer")
    assert (await newest(exchange)).assumed == {"asset", "os"}
    await exchange.tap(f"cat|{ticket.id}|printer")
    moved = await newest(exchange)
    assert "asset" not in moved.answers
