"""An agent makes a ticket of a message's second trouble, by the real parts, on both engines."""

import asyncio
from dataclasses import replace

import pytest

from intake.errors import NotAllowed, NotFound
from intake.speech import Card
from intake.tickets import Author, EntryKind

TWO = "принтер на 3 поверсі не друкує, E5. А ще в переговорній не працює вайфай"
WIFI = "в переговорній не працює вайфай"


async def told(exchange):
    """Olena's message with two troubles has come; its entry."""
    await exchange.write(TWO)
    return (await exchange.timeline(1001))[0]


def changes(timeline):
    told = [entry.change for entry in timeline if entry.kind is EntryKind.CHANGE]
    return [(change.what, change.after) for change in told]


async def test_two_troubles_are_one_ticket_until_an_agent_splits_them(exchange):
    entry = await told(exchange)
    (ticket,) = await exchange.tickets()
    assert (ticket.category, entry.facts["besides"]) == ("printer", WIFI)


async def test_the_trouble_behind_an_answer_is_split_off_like_any_second_one(exchange, marek):
    await exchange.write("принтер на 3 поверсі не друкує, E5")
    await exchange.write(f"INV-5, з ранку. А ще {WIFI}")
    (first,) = await exchange.tickets()
    assert first.answers["asset"] == "INV-5"
    entry = next(e for e in await exchange.timeline(1001) if "besides" in e.facts)
    assert await exchange.desk.service.split(marek, 1001, entry.id) == 1002
    _, second = await exchange.tickets()
    assert (second.category, second.subject) == ("network", WIFI)


async def test_the_second_trouble_gets_a_number_of_its_own_and_both_timelines_say_so(
    exchange, marek
):
    entry = await told(exchange)
    assert await exchange.desk.service.split(marek, 1001, entry.id) == 1002
    first, second = await exchange.tickets()
    assert (second.category, second.requester, second.language) == (
        "network", first.requester, "uk",
    )  # fmt: skip
    assert second.answers["connection"] == "wifi"
    assert changes(await exchange.timeline(1001)) == [("split_off", "1002")]
    words, *_ = timeline = await exchange.timeline(1002)
    assert (words.text, words.author, words.at) == (WIFI, Author.REQUESTER, entry.at)
    assert changes(timeline) == [("split_from", "1001")]


async def test_the_person_hears_the_new_number_and_answers_its_card(exchange, marek):
    entry = await told(exchange)
    await exchange.desk.service.split(marek, 1001, entry.id)
    await exchange.work()
    card = exchange.phone.sent[-1]
    assert isinstance(card.body, Card)
    assert card.body.intro.startswith("Ви також написали: «в переговорній не працює вайфай»")
    assert "#1002" in card.body.intro
    assert card.quoted_id == entry.external_id
    quoted = {"message_id": exchange.phone.number, "chat": {"id": 1, "type": "private"}}
    await exchange.write("з ранку, не можу працювати", reply_to_message=quoted)
    first, second = await exchange.tickets()
    assert "started" in second.answers
    assert "started" not in first.answers


async def test_however_often_it_is_pressed_there_is_one_new_ticket(exchange, marek):
    entry = await told(exchange)
    split = exchange.desk.service.split
    numbers = await asyncio.gather(*(split(marek, 1001, entry.id) for _ in range(3)))
    assert sorted(numbers)[:2] == [1001, 1001]
    await exchange.work()
    first, second = await exchange.tickets()
    assert sorted(numbers)[2] == second.id
    assert changes(await exchange.timeline(first.id)) == [("split_off", str(second.id))]
    assert sum("Ви також написали" in card.body.intro for card in exchange.phone.cards()) == 1


async def test_only_an_agent_splits_and_only_what_has_two_troubles(exchange, marek):
    entry = await told(exchange)
    await exchange.write("Не відкривається Excel, пише помилку", person=2)
    other = (await exchange.timeline(1002))[0]
    with pytest.raises(NotFound):
        await exchange.desk.service.split(marek, 1002, other.id)
    with pytest.raises(NotFound):
        await exchange.desk.service.split(marek, 1002, entry.id)
    with pytest.raises(NotAllowed):
        await exchange.desk.service.split(replace(marek, is_active=False), 1001, entry.id)
    assert len(await exchange.tickets()) == 2
