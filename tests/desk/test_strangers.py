"""People whom the directory does not know: their tickets are kept, their cards wait."""

from dataclasses import replace

import pytest

from desk.runtime import SystemClock
from desk.settings import DeskSettings, Settings
from desk.wiring import build_desk
from intake.importing import Told
from intake.people import Agent
from intake.turns.strangers import Strangers
from store.importing import Importing, all_employees
from tests.desk.phone import Exchange
from tests.desk.post import Post, a_desk
from tests.desk.test_asking import cards_now

MAREK = Agent(id=1, login="marek", name="Marek Novák")
RULES = [Strangers.DIRECTORY_ONLY, Strangers.WAIT_FOR_APPROVAL]
SLOW = "ноутбук гальмує"
OLENA = Told(line=2, name="Olena", external_id="E1", facts={"machine": "NB-0442"})


@pytest.fixture(params=RULES)
async def exchange(store_url, tmp_path, request):
    rule = DeskSettings(unknown_people=request.param)
    desk = await build_desk(Settings(folder=tmp_path / "var", database=store_url, desk=rule))
    try:
        yield Exchange(desk)
    finally:
        await desk.close()


async def link(exchange, told=OLENA):
    importing = Importing(exchange.desk.database, SystemClock())
    await importing.run([told], "csv", is_whole=False, is_trial=False)
    [employee] = await all_employees(exchange.desk.database)
    [row] = await exchange.desk.database.fetch("SELECT id FROM person ORDER BY id LIMIT 1")
    async with exchange.desk.store.work() as work:
        await work.point_to_employee(row["id"], employee.id)


async def test_the_ticket_is_kept_and_seen_and_a_kind_word_takes_the_place_of_the_card(exchange):
    await exchange.write(SLOW)
    [ticket] = await exchange.tickets()
    assert ticket.is_held
    assert (ticket.category, ticket.answers["symptom"]) == ("computer", SLOW)
    assert not exchange.phone.cards()
    [told] = exchange.phone.texts()
    assert f"#{ticket.id}" in told
    [line] = (await exchange.desk.listing.tickets("new", 0)).lines
    assert line.is_held


async def test_more_words_are_kept_and_fill_in_but_bring_no_card(exchange):
    await exchange.write(SLOW)
    await exchange.write("NB-0442, Windows 11, зі вчора")
    [ticket] = await exchange.tickets()
    assert ticket.is_held
    assert not ticket.asked
    assert not exchange.phone.cards()
    said = [entry.text for entry in await exchange.timeline(ticket.id)]
    assert "NB-0442, Windows 11, зі вчора" in said


async def test_it_is_said_once_for_all_that_wait(exchange):
    await exchange.write(SLOW)
    await exchange.write("і принтер не друкує")
    waiting = [text for text in exchange.phone.texts() if "колег" in text and "#" in text]
    assert len(waiting) == 1
    assert not exchange.phone.cards()


async def test_whom_an_agent_lets_in_gets_the_cards_that_waited_and_all_later_ones(exchange):
    await exchange.write(SLOW)
    [ticket] = await exchange.tickets()
    await exchange.desk.service.approve(MAREK, ticket.id)
    await exchange.work()
    [card] = cards_now(exchange)
    assert card.questions
    [served] = await exchange.tickets()
    assert not served.is_held
    assert served.asked
    changes = [one.change for one in await exchange.timeline(ticket.id) if one.change]
    assert "let_in" in [change.what for change in changes]
    await exchange.write("1. NB-0442")
    [answered] = await exchange.tickets()
    assert answered.answers["asset"] == "NB-0442"
    await exchange.write("а ще принтер не друкує")
    assert len(exchange.phone.cards()) > 1


async def test_letting_in_twice_sends_nothing_twice(exchange):
    await exchange.write(SLOW)
    [ticket] = await exchange.tickets()
    for _ in range(2):
        await exchange.desk.service.approve(MAREK, ticket.id)
        await exchange.work()
    assert len(exchange.phone.cards()) == 1


async def test_one_who_is_let_in_lets_nobody_else_in(exchange):
    await exchange.write(SLOW)
    await exchange.write(SLOW, person=2)
    first, second = await exchange.tickets()
    await exchange.desk.service.approve(MAREK, first.id)
    await exchange.work()
    assert {each.address.external_id for each in exchange.phone.cards()} == {"1"}
    assert {ticket.id for ticket in await exchange.tickets() if ticket.is_held} == {second.id}


async def test_whom_the_directory_knows_is_served_at_once(exchange):
    await exchange.write("дякую")
    await link(exchange)
    await exchange.write(SLOW)
    [ticket] = await exchange.tickets()
    assert not ticket.is_held
    assert ticket.assumed == {"asset"}
    assert exchange.phone.cards()


async def test_who_is_linked_by_their_own_number_gets_what_waited(exchange):
    await exchange.write(SLOW)
    importing = Importing(exchange.desk.database, SystemClock())
    told = replace(OLENA, phones=("+380671234567",))
    await importing.run([told], "csv", is_whole=False, is_trial=False)
    own = {"phone_number": "380671234567", "first_name": "Olena", "user_id": 1}
    await exchange.write(contact=own)
    [ticket] = await exchange.tickets()
    assert not ticket.is_held
    assert ticket.assumed == {"asset"}
    assert ticket.answers["phone"] == "+380671234567"
    assert len(exchange.phone.cards()) == 1


async def test_who_has_left_is_a_stranger_again(exchange):
    await exchange.write("дякую")
    await link(exchange, Told(line=2, name="Olena", external_id="E1", is_active=False))
    await exchange.write(SLOW)
    assert (await exchange.tickets())[0].is_held


async def test_a_warning_of_danger_is_for_anybody(exchange):
    await exchange.write("з ноутбука йде дим і запах горілого")
    [ticket] = await exchange.tickets()
    assert ticket.flag == "danger"
    assert ticket.is_held
    assert len(exchange.phone.texts()) == 2


async def test_a_mail_is_served_where_our_server_says_whose_it_is(sqlite_url, tmp_path, clock):
    rule = DeskSettings(unknown_people=Strangers.DIRECTORY_ONLY)
    told = replace(OLENA, mails=("olena@firma.example",))
    passed = "Authentication-Results: mx.firma.example; dmarc=pass header.from=firma.example\r\n"
    async with a_desk(tmp_path, sqlite_url, desk=rule) as desk:
        importing = Importing(desk.database, clock)
        await importing.run([told], "csv", is_whole=False, is_trial=False)
        post = Post(desk, clock)
        await post.bring("olena@firma.example", "My laptop is slow", above=passed)
        await post.bring("olena@firma.example", "VPN does not connect")
        await post.bring("ivan@firma.example", "The printer jams", above=passed)
        await post.work()
        lines = (await desk.listing.tickets("all", 0)).lines
        assert {line.subject: line.is_held for line in lines} == {
            "My laptop is slow": False,
            "VPN does not connect": True,
            "The printer jams": True,
        }
