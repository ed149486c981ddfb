"""A contact or a place on the map is no answer about a printer."""

import pytest

from tests.desk.test_remembering import newest

KYIV = {"latitude": 50.45013, "longitude": 30.52341}
ROUND = {"latitude": 50.4, "longitude": 30.5}
OWN = {"phone_number": "380501110011", "first_name": "Olena", "user_id": 1}
GIULIA = {"phone_number": "0655500103", "first_name": "Giulia", "user_id": 9}


@pytest.mark.parametrize("place", [KYIV, ROUND])
async def test_a_place_on_the_map_is_no_inventory_number_and_no_date(exchange, place):
    await exchange.write("принтер на 3 поверсі не друкує")
    before = (await newest(exchange)).answers
    await exchange.write("", location=place)
    after = await newest(exchange)
    assert after.answers == before
    degrees = f"{place['latitude']}, {place['longitude']}"
    assert degrees in [entry.text for entry in await exchange.timeline(after.id)]


async def test_an_own_contact_is_a_telephone_number_and_no_inventory_number(exchange):
    await exchange.write("принтер на 3 поверсі не друкує")
    await exchange.write("", contact=OWN)
    answers = (await newest(exchange)).answers
    assert answers["phone"] == "+380501110011"
    assert "asset" not in answers


async def test_a_colleagues_contact_changes_nothing_that_is_known(exchange):
    await exchange.write("принтер на 3 поверсі не друкує")
    await exchange.write("", contact=OWN)
    before = await newest(exchange)
    await exchange.write("", contact=GIULIA)
    after = await newest(exchange)
    assert after.answers == before.answers
    shown = [entry.text for entry in await exchange.timeline(after.id)]
    assert "Giulia, 0655500103" in shown


async def test_a_place_that_comes_first_is_a_ticket_without_answers(exchange):
    await exchange.write("", location=KYIV)
    ticket = await newest(exchange)
    assert ticket.subject == "50.45013, 30.52341"
    assert ticket.answers == {}
