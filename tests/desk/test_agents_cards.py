"""The agents' card of whatever a ticket may hold: one message, within what Telegram takes."""

from dataclasses import replace

import pytest

from bots.agents.card import draw
from bots.bot_split import split_runs
from intake.people import LANGUAGES
from tests.desk.crew import a_crew

LONGEST_TOPIC = 128  # units of UTF-16
LOST = 3


@pytest.fixture
async def ticket_and_cards(sqlite_url, tmp_path, clock):
    async with a_crew(sqlite_url, tmp_path / "var", clock) as crew:
        await crew.write("The printer on floor 3 is broken", language="en")
        [ticket] = await crew.tickets()
        yield ticket, crew.relaying.catching_up.cards, clock.now()


@pytest.mark.parametrize("value", ["nonsense", "", "😀" * 400, "x" * 900, "2026-13-45", "<b>"])
@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_card_is_one_message_whatever_its_ticket_holds(ticket_and_cards, language, value):
    ticket, cards, now = ticket_and_cards
    answers = {**dict.fromkeys(cards.catalogue.fields, value), "of_old": value}
    long = replace(ticket, answers=answers, subject="😀" * 3_000, preview="😀" * 140)
    for category in (*cards.catalogue.categories, "of_old", None):
        card = cards.draw(replace(long, category=category), language, now, LOST)
        assert len(split_runs(draw(card).runs)) == 1


async def test_a_topic_bears_as_much_of_a_name_as_telegram_takes(ticket_and_cards):
    ticket, cards, _ = ticket_and_cards
    name = cards.topic_name(replace(ticket, requester="😀" * 64), "en")
    assert name.startswith("#1001 · Printer · 😀")
    assert len(name.encode("utf-16-le")) // 2 <= LONGEST_TOPIC
