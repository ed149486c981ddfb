"""What platforms tell of a chat, as rows: our own words come back, receipts up to a moment, and
messages that are taken back.
"""

from dataclasses import replace
from datetime import timedelta

import pytest

from intake.errors import NotYet
from intake.messages import Fate, IncomingFile, MessageKind, Receipt
from intake.speech import Accepted, Permanent, RetryAfter, Unknown
from store.hearing import Hearing
from store.listing import Listing
from tests.store.cast import (
    IVAN,
    NOW,
    OLENA,
    message,
    new_delivery,
    new_entry,
    opened,
    situation_of,
)

BOT = ("telegram", "7")


async def under_way(store, outbox, ticket, **more):
    async with store.work() as work:
        if ticket is not None:
            entry_id = await work.add_entry(new_entry(ticket.id, "we are on it", external_id=""))
            more |= {"ticket_id": ticket.id, "entry_id": entry_id}
        await work.post(new_delivery(**more))
    [claimed] = await outbox.claim(BOT, NOW, 24)
    await outbox.begin(claimed, NOW)
    return claimed


async def taken(outbox, delivery, mid):
    await outbox.settle(delivery, Accepted(provider_id=mid, has_receipts=True), NOW)


async def states(database, ticket):
    timeline = await Listing(database).timeline(ticket.id)
    return [entry.delivery_state for entry in timeline if entry.delivery_id is not None]


def echo(mid, address=OLENA):
    return message("we are on it", address, kind=MessageKind.OUTSIDE, external_id=mid)


async def test_our_own_words_that_come_back_are_known_whatever_part_of_them(store, outbox):
    for number, ticket in enumerate((await opened(store), None)):  # a welcome has no ticket
        sending = await under_way(store, outbox, ticket)
        ids = [f"m_{number}{part}" for part in "abc"]
        result = Accepted(provider_id=ids[2], parts=tuple(ids[:2]), has_receipts=True)
        await outbox.settle(sending, result, NOW)
        async with store.work() as work:
            for mid in ids:
                assert (await situation_of(work, echo(mid))).is_own
            assert not (await situation_of(work, echo("m_2"))).is_own
            assert not (await situation_of(work, echo(ids[0], IVAN))).is_own


async def test_what_arrived_of_a_send_that_broke_off_is_known_too(store, outbox):
    sending = await under_way(store, outbox, await opened(store))
    await outbox.settle(sending, Unknown(reason="time-out", parts=("m_1",)), NOW)
    async with store.work() as work:
        assert (await situation_of(work, echo("m_1"))).is_own


async def test_of_a_send_in_doubt_its_echo_may_be_the_message_if_it_was_said_about_then(
    database, store, outbox
):
    sending = await under_way(store, outbox, await opened(store))
    await outbox.settle(sending, Unknown(reason="time-out"), NOW)
    asked = ((NOW, OLENA, [sending.id]), (NOW - timedelta(hours=1), OLENA, []), (NOW, IVAN, []))
    for sent_at, address, doubtful in asked:
        async with store.work() as work:
            heard = replace(echo("m_1", address), sent_at=sent_at)
            situation = await situation_of(work, heard)
        assert [one.delivery_id for one in situation.doubtful] == doubtful
    await note(store, OLENA, named(sending))
    async with store.work() as work:
        assert not (await situation_of(work, echo("m_2"))).doubtful


async def test_what_comes_back_before_its_send_is_settled_is_waited_for(store, outbox):
    await under_way(store, outbox, await opened(store))
    with pytest.raises(NotYet):
        async with store.work() as work:
            await work.note_receipt(OLENA, Receipt(provider_id="m_1", fate=Fate.SENT), "bot")


def named(delivery, mid="m_1"):
    return Receipt(provider_id=mid, fate=Fate.SENT, delivery_id=delivery.id)


async def note(store, address, receipt):
    async with store.work() as work:
        await work.note_receipt(address, receipt, "bot")


async def test_what_has_come_back_while_it_was_sent_has_arrived_however_its_send_ends(
    database, store, outbox
):
    ticket = await opened(store)
    sending = await under_way(store, outbox, ticket)
    await note(store, OLENA, named(sending))
    assert await states(database, ticket) == ["sending"]
    await outbox.settle(sending, Unknown(reason="time-out"), NOW)
    assert await states(database, ticket) == ["sent"]
    assert not (await Listing(database).ticket(ticket.id)).undelivered
    await note(store, OLENA, Receipt(provider_id="m_1", fate=Fate.SEEN))
    assert await states(database, ticket) == ["seen"]


async def test_a_crash_leaves_no_doubt_about_what_has_come_back(database, store, outbox):
    ticket = await opened(store)
    await note(store, OLENA, named(await under_way(store, outbox, ticket)))
    await outbox.release_stale(*BOT, NOW)
    assert await states(database, ticket) == ["sent"]


async def test_what_perhaps_arrived_and_comes_back_has_arrived_and_its_ticket_rests(
    database, store, outbox
):
    ticket = await opened(store)
    sending = await under_way(store, outbox, ticket, is_automatic=False)
    await outbox.settle(sending, Unknown(reason="time-out"), NOW)
    listing = Listing(database)
    await note(store, IVAN, named(sending))
    assert (await listing.ticket(ticket.id)).undelivered == "unknown"
    for _ in range(2):
        await note(store, OLENA, named(sending))
        assert await states(database, ticket) == ["sent"]
        assert not (await listing.ticket(ticket.id)).undelivered


@pytest.mark.parametrize(
    "result",
    [RetryAfter(seconds=1, reason="is_transient"), Permanent(reason="no"), Unknown(reason="?")],
)
async def test_what_has_come_back_is_never_sent_again_whatever_was_answered(
    database, store, outbox, result
):
    ticket = await opened(store)
    sending = await under_way(store, outbox, ticket)
    await note(store, OLENA, named(sending))
    await outbox.settle(sending, result, NOW)
    assert await states(database, ticket) == ["sent"]
    assert not await outbox.claim(BOT, NOW + timedelta(hours=1), 24)


@pytest.mark.parametrize("fate", [Fate.DELIVERED, Fate.SEEN])
async def test_what_has_arrived_is_in_doubt_no_more(database, store, outbox, fate):
    ticket = await opened(store)
    sending = await under_way(store, outbox, ticket)
    await note(store, OLENA, named(sending))
    async with database.transaction() as session:
        await session.execute("UPDATE delivery SET state = 'unknown', reason = 'cut off'")
    provider_id = named(sending).provider_id
    await note(store, OLENA, Receipt(provider_id=provider_id, fate=fate))
    timeline = await Listing(database).timeline(ticket.id)
    told = [(one.delivery_state, one.delivery_reason) for one in timeline if one.delivery_id]
    assert told == [(fate.value, "")]


async def test_who_tries_again_is_told_of_the_new_try_alone(database, store, outbox):
    ticket = await opened(store)
    sending = await under_way(store, outbox, ticket)
    await taken(outbox, sending, "m_1")
    await note(store, OLENA, Receipt(provider_id="m_1", fate=Fate.FAILED))
    async with store.work() as work:
        await work.retry_delivery(sending.id, NOW)
    [again] = await outbox.claim(BOT, NOW, 24)
    await outbox.settle(again, Unknown(reason="time-out"), NOW)
    assert await states(database, ticket) == ["unknown"]


async def test_until_a_moment_all_that_went_out_has_been_seen(database, store, outbox):
    ticket = await opened(store)
    await taken(outbox, await under_way(store, outbox, ticket), "m_1")
    for until, state in ((NOW - timedelta(minutes=1), "sent"), (NOW, "seen")):
        async with store.work() as work:
            await work.note_receipt(IVAN, Receipt(provider_id="", fate=Fate.SEEN, until=NOW), "b")
            receipt = Receipt(provider_id="", fate=Fate.SEEN, until=until)
            await work.note_receipt(OLENA, receipt, "bot")
        assert await states(database, ticket) == [state]


async def test_who_has_seen_all_until_a_moment_has_seen_what_is_still_being_sent(
    database, store, outbox
):
    ticket = await opened(store)
    sending = await under_way(store, outbox, ticket)
    before = Receipt(provider_id="", fate=Fate.SEEN, until=NOW - timedelta(minutes=1))
    await note(store, OLENA, before)
    now = Receipt(provider_id="", fate=Fate.SEEN, until=NOW)
    with pytest.raises(NotYet):
        await note(store, OLENA, now)
    await taken(outbox, sending, "m_1")
    await note(store, OLENA, now)
    assert await states(database, ticket) == ["seen"]


async def test_the_newest_word_of_somebody_is_kept_however_late_others_come(database, store):
    await opened(store)
    hearing = Hearing(database)
    assert await hearing.last_at(OLENA) is None
    for at in (NOW, NOW - timedelta(hours=1)):
        async with store.work() as work:
            await work.note_heard(OLENA, at)
        assert await hearing.last_at(OLENA) == NOW
    assert await hearing.last_at(IVAN) is None


async def test_of_what_is_taken_back_nothing_stays_but_that_it_was_there(database, store):
    ticket = await opened(store)
    async with store.work() as work:
        deletion = message("", kind=MessageKind.DELETION)
        known = (await situation_of(work, deletion)).known_entry
        await work.add_files(known.id, [IncomingFile(source="a", name="a.jpg")])
    async with store.work() as work:
        await work.erase_entry(known.id, NOW)
    entry = next(one for one in await Listing(database).timeline(ticket.id) if one.id == known.id)
    assert (entry.text, entry.full_text, entry.files, entry.edited_at) == ("", "", (), NOW)
