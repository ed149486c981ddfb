"""An answer that did not arrive stands in the agents' lists until somebody does something."""

import pytest

from intake.agent_words import Asking, Reply
from intake.speech import Accepted, Permanent, Unknown, UserGone
from intake.tickets import Status

PRINTER = "принтер не друкує"


async def line(exchange, view="open"):
    page = await exchange.desk.listing.tickets(view, 0)
    return next((line for line in page.lines if line.id == 1001), None)


@pytest.fixture
async def lost(exchange, marek):
    """Marek has answered and solved; the answer came back."""
    await exchange.write(PRINTER)
    exchange.phone.answers = [Permanent(reason="550 refused")]
    await exchange.desk.service.reply(marek, 1001, Reply(text="Готово", once="1", solves=True))
    assert await line(exchange) is None
    await exchange.work()
    exchange.phone.answers = []
    return next(e for e in await exchange.timeline(1001) if e.text == "Готово")


async def test_sent_solved_and_refused_is_open_again_and_marked(exchange, lost):
    assert lost.delivery_state == "failed"
    found = await line(exchange)
    assert (found.undelivered, found.waits_for_agent) == ("failed", True)


async def test_whoever_sends_it_again_takes_the_mark_away(exchange, marek, lost):
    await exchange.desk.service.retry_delivery(marek, lost.delivery_id)
    await exchange.work()
    assert (await line(exchange)).undelivered == ""
    assert exchange.phone.texts().count("Готово") == 2


async def test_a_try_that_fails_again_is_marked_again(exchange, marek, lost):
    exchange.phone.answers = [UserGone(reason="blocked")]
    await exchange.desk.service.retry_delivery(marek, lost.delivery_id)
    await exchange.work()
    assert (await line(exchange)).undelivered == "gone"


async def test_whoever_writes_again_takes_the_mark_away(exchange, marek, lost):
    await exchange.desk.service.reply(marek, 1001, Reply(text="Ще раз", once="2"))
    await exchange.work()
    found = await line(exchange)
    assert (found.undelivered, found.waits_for_agent) == ("", False)


async def test_whoever_settles_it_all_the_same_has_seen_it(exchange, marek, lost):
    await exchange.desk.service.set_status(marek, 1001, Status.SOLVED)
    await exchange.desk.service.set_status(marek, 1001, Status.OPEN)
    assert (await line(exchange)).undelivered == ""


async def test_an_agents_card_that_perhaps_never_came_is_marked(exchange, marek):
    await exchange.write(PRINTER)
    exchange.phone.answers = [Accepted(provider_id="edited"), Unknown(reason="no answer")]
    await exchange.desk.service.ask(marek, 1001, Asking(fields=["asset"], once="1"))
    await exchange.work()
    found = await line(exchange)
    assert (found.status, found.undelivered) == ("open", "unknown")
