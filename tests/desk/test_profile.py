"""Whom the directory knows is asked less, from the first card on."""

import pytest

from desk.runtime import SystemClock
from intake.importing import Told
from store.importing import Importing, all_employees
from tests.desk.test_asking import cards_now
from tests.desk.test_remembering import labels, newest

OLENA = Told(
    line=2,
    name="Olena Kovalenko",
    external_id="E1",
    phones=("+380671234567",),
    facts={"place": "214", "machine": "NB-0442", "language": "sk"},
)


async def linked(exchange, told=OLENA, **more):
    """Olena has written once, and is known from then on."""
    await exchange.write("дякую", **more)
    given = {"source": "csv", "is_whole": False, "is_trial": False}
    await Importing(exchange.desk.database, SystemClock()).run(
        [told], given.pop("source"), **given
    )
    [employee] = await all_employees(exchange.desk.database)
    [row] = await exchange.desk.database.fetch("SELECT id FROM person ORDER BY id DESC LIMIT 1")
    async with exchange.desk.store.work() as work:
        await work.point_to_employee(row["id"], employee.id)


async def test_the_first_card_shows_what_the_directory_says_and_asks_for_the_rest(exchange):
    await linked(exchange)
    await exchange.write("ноутбук гальмує")
    ticket = await newest(exchange)
    assert ticket.answers["asset"] == "NB-0442"
    assert ticket.assumed == {"asset", "location", "phone"}
    card = cards_now(exchange)[-1]
    assert "Номер на наклейці" not in labels(card)
    assert "досі NB-0442?" in [chip.value for chip in card.known]


async def test_what_the_person_says_counts_and_holds_for_the_next_ticket(exchange):
    await linked(exchange)
    await exchange.write("ноутбук гальмує, NB-0500")
    assert (await newest(exchange)).answers["asset"] == "NB-0500"
    assert "asset" not in (await newest(exchange)).assumed


@pytest.mark.parametrize("person", [2])
async def test_nobody_else_is_told_it(exchange, person):
    await linked(exchange)
    await exchange.write("ноутбук гальмує", person=person)
    assert "asset" not in (await newest(exchange)).answers


async def test_who_has_left_is_asked_like_anybody(exchange):
    gone = Told(line=2, name="Olena", external_id="E1", facts=OLENA.facts, is_active=False)
    await linked(exchange, gone)
    await exchange.write("ноутбук гальмує")
    assert (await newest(exchange)).assumed == set()
