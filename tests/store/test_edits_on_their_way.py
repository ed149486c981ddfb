"""An edit changes what waits instead of following it, and never goes out twice."""

from dataclasses import replace
from datetime import timedelta

import pytest

from intake.errors import NotFound
from intake.speech import (
    Accepted,
    Operation,
    Permanent,
    Text,
    Unknown,
)
from tests.store.cast import (
    NOW,
    new_delivery,
    opened,
)
from tests.store.outgoing import BOT, post, states, texts


async def test_an_edit_of_unknown_end_is_tried_five_times(database, store, outbox):
    [target] = await post(store, new_delivery())
    [sent] = await outbox.claim(BOT, NOW, 24)
    await outbox.settle(sent, Accepted(provider_id="77"), NOW)
    await post(store, new_delivery(operation=Operation.EDIT, target_id=target))
    now, tries = NOW, 0
    while claimed := list(await outbox.claim(BOT, now, 24)):
        tries += 1
        assert claimed[0].target_provider_id == "77"
        await outbox.settle(claimed[0], Unknown(reason="no answer"), now)
        now += timedelta(hours=1)
    assert tries == 5
    assert await states(database) == ["accepted", "unknown"]


async def test_a_newer_edit_takes_the_place_of_one_that_waits(database, store, outbox):
    [target] = await post(store, new_delivery())
    [sent] = await outbox.claim(BOT, NOW, 24)
    edit = new_delivery(text="v2", operation=Operation.EDIT, target_id=target)
    for text in ("v2", "v3"):
        async with store.work() as work:
            await work.replace_waiting_edits([replace(edit, body=Text(text=text))])
    assert await states(database) == ["sending", "waiting"]
    await outbox.settle(sent, Accepted(provider_id="77"), NOW)
    [claimed] = await outbox.claim(BOT, NOW, 24)
    assert (claimed.body.text, claimed.target_provider_id) == ("v3", "77")


async def test_an_edit_of_what_has_not_gone_out_changes_it_instead(store, outbox):
    [target] = await post(store, new_delivery(text="v1"))
    edit = new_delivery(text="v2", operation=Operation.EDIT, target_id=target)
    async with store.work() as work:
        await work.replace_waiting_edits([edit])
    assert texts(await outbox.claim(BOT, NOW, 24)) == ["v2"]
    assert not await outbox.claim(BOT, NOW, 24)


async def test_an_edit_whose_target_never_arrived_fails_at_once(database, store, outbox):
    [target] = await post(store, new_delivery())
    [sent] = await outbox.claim(BOT, NOW, 24)
    await post(store, new_delivery(operation=Operation.EDIT, target_id=target))
    await outbox.settle(sent, Permanent(reason="no"), NOW)
    assert not await outbox.claim(BOT, NOW, 24)
    assert await states(database) == ["failed", "failed"]


async def test_an_edit_that_failed_is_not_sent_again_over_a_later_one(store, outbox):
    ticket = await opened(store)
    [target] = await post(store, new_delivery(ticket_id=ticket.id))
    [sent] = await outbox.claim(BOT, NOW, 24)
    await outbox.settle(sent, Accepted(provider_id="77"), NOW)
    edit = new_delivery(ticket_id=ticket.id, operation=Operation.EDIT, target_id=target)
    [number] = await post(store, edit)
    [claimed] = await outbox.claim(BOT, NOW, 24)
    await outbox.settle(claimed, Permanent(reason="no"), NOW)
    async with store.work() as work:
        with pytest.raises(NotFound):
            await work.retry_delivery(number, NOW)
