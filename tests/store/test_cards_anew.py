"""A card that still asks and can't be changed out there goes once more, with its new words."""

from dataclasses import replace

import pytest

from intake.speech import Accepted, Card, Operation, Permanent, Question, Unknown, UserGone
from tests.store.cast import NOW, new_delivery

BOT = ("telegram", "7")
FIRST = Card(heading="#1001", intro="", questions=(Question(number=1, label="Where?"),))
LEFT = replace(FIRST, questions=(Question(number=2, label="Since when?"),))
DONE = replace(FIRST, questions=())
GONE = Permanent(reason="400 Bad Request: message to edit not found")


async def post(store, body, **more):
    async with store.work() as work:
        return await work.post(replace(new_delivery(**more), body=body))


async def edit(store, target, body):
    change = replace(new_delivery(), body=body, operation=Operation.EDIT, target_id=target)
    async with store.work() as work:
        await work.replace_waiting_edits([change])


async def sent(outbox, *results):
    """What went out until nothing more was due."""
    told, went = list(results), []
    while claimed := await outbox.claim(BOT, NOW, 24):
        for one in claimed:
            went.append((one.operation.value, one.body))
            await outbox.settle(one, told.pop(0) if told else Accepted(provider_id="99"), NOW)
    return went


@pytest.fixture
async def card(store, outbox):
    target = await post(store, FIRST)
    await sent(outbox, Accepted(provider_id="77"))
    return target


async def test_a_card_whose_message_is_gone_goes_anew_with_what_it_still_asks(store, outbox, card):
    await edit(store, card, LEFT)
    assert await sent(outbox, GONE) == [("edit", LEFT), ("send", LEFT)]


async def test_from_then_on_the_new_message_is_the_one_to_be_changed(store, outbox, card):
    await edit(store, card, LEFT)
    await sent(outbox, GONE, Accepted(provider_id="78"))
    await edit(store, card, DONE)
    [claimed] = await outbox.claim(BOT, NOW, 24)
    assert (claimed.operation, claimed.target_provider_id) == (Operation.EDIT, "78")


async def test_it_goes_anew_once_however_that_ends(store, outbox, card):
    await edit(store, card, LEFT)
    assert len(await sent(outbox, GONE, GONE)) == 2


async def test_a_change_that_came_meanwhile_is_shown_as_well(store, outbox, card):
    await edit(store, card, LEFT)
    [claimed] = await outbox.claim(BOT, NOW, 24)
    await edit(store, card, DONE)
    await outbox.settle(claimed, GONE, NOW)
    assert await sent(outbox) == [("send", LEFT), ("edit", DONE)]


async def test_a_card_that_asks_nothing_more_stays_away(store, outbox, card):
    await edit(store, card, DONE)
    assert await sent(outbox, GONE) == [("edit", DONE)]


async def test_nobody_who_has_blocked_us_is_sent_it_again(store, outbox, card):
    await edit(store, card, LEFT)
    assert await sent(outbox, UserGone(reason="403")) == [("edit", LEFT)]


@pytest.mark.parametrize(
    "end", [Unknown(reason="time-out"), GONE, UserGone(reason="403")], ids=lambda end: str(end)[:7]
)
async def test_a_card_that_perhaps_never_came_goes_with_what_is_left_to_ask(store, outbox, end):
    card = await post(store, FIRST)
    await sent(outbox, end)
    await edit(store, card, LEFT)
    assert await sent(outbox) == [("send", LEFT)]
    await edit(store, card, DONE)
    assert await sent(outbox) == [("edit", DONE)]


async def test_one_that_has_nothing_left_to_ask_does_not(store, outbox):
    card = await post(store, FIRST)
    await sent(outbox, Unknown(reason="time-out"))
    await edit(store, card, DONE)
    assert await sent(outbox) == []


async def test_an_edit_that_waited_for_a_card_in_vain_becomes_that_card(store, outbox):
    card = await post(store, FIRST)
    [claimed] = await outbox.claim(BOT, NOW, 24)
    await edit(store, card, LEFT)
    await outbox.settle(claimed, Unknown(reason="time-out"), NOW)
    assert not await outbox.claim(BOT, NOW, 24)
    assert await sent(outbox) == [("send", LEFT)]
