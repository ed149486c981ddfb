"""What waits for an account that nobody serves ends after a day, and a person sees it."""

from datetime import timedelta

import pytest

from intake.undelivered import UNSERVED
from store.leases import Leases
from store.listing import Listing
from store.outbox import Outbox
from store.stranded import Stranded
from tests.store.cast import NOW, new_delivery, opened
from tests.store.test_files import brought
from tests.store.test_undelivered import BOT, answered, changes, line_of

DAY = timedelta(hours=24)
STATES = "SELECT state, reason FROM delivery ORDER BY id"


@pytest.fixture
def stranded(database, clock):
    return Stranded(database=database, clock=clock, bot_name="Firstline")


@pytest.fixture
def leases(database):
    return Leases(database)


async def states(database):
    return [(row["state"], row["reason"]) for row in await database.fetch(STATES)]


async def test_an_answer_that_nobody_can_send_brings_its_ticket_back(
    database, store, stranded, clock
):
    number = await answered(store)
    assert await stranded.step() == 0
    clock.moment = NOW + DAY + timedelta(seconds=1)
    async with database.bell.listen([f"ticket:{number}"]) as rings:
        assert await stranded.step() == 1
        assert await anext(rings) == f"ticket:{number}"
    assert await states(database) == [("failed", UNSERVED)]
    line = await line_of(database, number)
    assert (line.status, line.undelivered, line.waits_for_agent) == ("open", "failed", True)
    assert changes(await Listing(database).timeline(number)) == [("Firstline", "solved", "open")]
    assert await stranded.step() == 0


async def test_what_an_account_serves_is_left_to_it(database, store, stranded, leases, clock):
    await answered(store)
    clock.moment = NOW + 2 * DAY
    assert await leases.take("telegram:7:out", "one", 60.0)
    assert await stranded.step() == 0
    await leases.take("telegram:7:out", "one", -1.0)  # its process has died
    assert await stranded.step() == 1


async def test_what_had_begun_has_perhaps_arrived(database, store, stranded, clock):
    number = await answered(store)
    outbox = Outbox(database, clock, "Firstline")
    (claimed,) = await outbox.claim(BOT, NOW, 24)
    await outbox.begin(claimed, NOW)
    clock.moment = NOW + 2 * DAY
    assert await stranded.step() == 1
    assert await states(database) == [("unknown", UNSERVED)]
    assert (await line_of(database, number)).undelivered == "unknown"


async def test_the_bots_own_words_end_without_a_word(database, store, stranded, clock):
    ticket = await opened(store)
    async with store.work() as work:
        await work.post(new_delivery(ticket_id=ticket.id))
    before = await Listing(database).ticket(ticket.id)
    clock.moment = NOW + 2 * DAY
    assert await stranded.step() == 1
    assert await Listing(database).ticket(ticket.id) == before


async def test_once_the_channel_is_set_up_again_the_answer_goes_by_a_try_more(
    database, store, stranded, clock
):
    await answered(store)
    clock.moment = NOW + 2 * DAY
    await stranded.step()
    (row,) = await database.fetch("SELECT id FROM delivery")
    async with store.work() as work:
        await work.retry_delivery(row["id"], clock.now())
    assert await stranded.step() == 0
    outbox = Outbox(database, clock, "Firstline")
    assert len(await outbox.claim(BOT, clock.now(), 24)) == 1


async def test_a_file_that_nobody_can_fetch_is_missed_by_an_agent(
    database, store, stranded, clock
):
    number = (await brought(store)).id
    clock.moment = NOW + timedelta(hours=23)
    assert await stranded.step() == 0
    clock.moment = NOW + 2 * DAY
    assert await stranded.step() == 1
    (row,) = await database.fetch("SELECT state, error FROM file")
    assert (row["state"], row["error"]) == ("failed", UNSERVED)
    assert (await line_of(database, number)).undelivered == "file"
