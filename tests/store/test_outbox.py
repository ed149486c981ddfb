"""Deliveries: claimed in order, settled in one of five ways, recovered after a crash."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from intake.errors import Conflict, NotFound
from intake.speech import (
    Accepted,
    Choice,
    Enclosure,
    Operation,
    Permanent,
    RetryAfter,
    Text,
    Unknown,
    UserGone,
)
from intake.tickets import Author
from store.claiming import heads_sql
from store.files import Files
from store.listing import Listing
from store.outbox import Outbox
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
from tests.store.outgoing import BOT, CARD, post, states, texts


@pytest.mark.parametrize(
    "body",
    [CARD, Text(text="так", choices=((Choice(label="1", data="x"),),), signature="Marek")],
    ids=["card", "text"],
)
async def test_a_delivery_is_claimed_as_it_was_posted(store, outbox, body):
    posted = replace(
        new_delivery(ticket_id=5, subject="Printer", quoted_id="11", thread=("<a@x>",)),
        body=body,
        is_automatic=False,
        language="uk",
    )
    await post(store, posted)
    [claimed] = await outbox.claim(BOT, NOW, 24)
    assert claimed.attempts == 1
    for name in posted.__dataclass_fields__:
        assert getattr(claimed, name) == getattr(posted, name), name


async def test_each_address_gets_its_deliveries_one_after_the_other(store, outbox):
    await post(
        store,
        new_delivery(text="o1"),
        new_delivery(text="o2"),
        new_delivery(IVAN, "i1"),
        new_delivery(replace(OLENA, account="8"), "other bot"),
    )
    first = await outbox.claim(BOT, NOW, 24)
    assert texts(first) == ["o1", "i1"]
    assert not await outbox.claim(BOT, NOW, 24)
    await outbox.settle(first[0], Accepted(provider_id="77"), NOW)
    assert texts(await outbox.claim(BOT, NOW, 24)) == ["o2"]


async def test_a_resting_address_is_left_alone(store, outbox):
    await post(store, new_delivery(text="o1"), new_delivery(IVAN, "i1"))
    assert texts(await outbox.claim(BOT, NOW, 24, resting=[OLENA.external_id])) == ["i1"]


async def test_an_answer_to_a_tap_passes_everybody_and_blocks_nobody(store, outbox):
    tap = new_delivery(text="noted", operation=Operation.ANSWER_TAP, target_external_id="tap1")
    await post(store, new_delivery(text="o1"))
    await outbox.claim(BOT, NOW, 24)
    await post(store, tap, new_delivery(text="o2"), new_delivery(IVAN, "i1"))
    claimed = await outbox.claim(BOT, NOW, 24)
    assert texts(claimed) == ["noted", "i1"]
    assert claimed[0].target_external_id == "tap1"


async def test_under_a_backlog_every_address_has_its_turn(store, outbox):
    addresses = [replace(OLENA, external_id=str(600 + n)) for n in range(5)]
    await post(
        store,
        *(new_delivery(one, f"{one.external_id}-{n}") for n in range(3) for one in addresses),
    )
    seen = []
    for _ in range(3):
        claimed = await outbox.claim(BOT, NOW, 2)
        seen += texts(claimed)
        for delivery in claimed:
            await outbox.settle(delivery, Accepted(), NOW)
    assert seen == ["600-0", "601-0", "602-0", "603-0", "604-0"]


@pytest.mark.parametrize(
    ("result", "state"),
    [
        (Accepted(provider_id="77"), "accepted"),
        (RetryAfter(seconds=0, reason="busy"), "waiting"),
        (Permanent(reason="chat not found"), "failed"),
        (UserGone(reason="blocked"), "gone"),
        (Unknown(reason="no answer"), "unknown"),
    ],
)
async def test_a_send_ends_in_one_of_five_ways_and_the_page_hears_of_it(
    database, store, outbox, result, state
):
    ticket = await opened(store)
    await post(store, new_delivery(ticket_id=ticket.id))
    [claimed] = await outbox.claim(BOT, NOW, 24)
    async with database.bell.listen([f"ticket:{ticket.id}"]) as rings:
        await outbox.settle(claimed, result, NOW)
        assert await anext(rings) == f"ticket:{ticket.id}"
    assert await states(database) == [state]


@pytest.mark.parametrize("operation", [Operation.SEND, Operation.ANSWER_TAP])
async def test_a_wait_that_began_before_the_clock_was_put_back_is_over(store, outbox, operation):
    await post(store, new_delivery(operation=operation))
    [claimed] = await outbox.claim(BOT, NOW, 24)
    await outbox.settle(claimed, RetryAfter(seconds=30, reason="429"), NOW)
    assert not await outbox.claim(BOT, NOW, 24)
    [again] = await outbox.claim(BOT, NOW - timedelta(hours=1), 24)
    assert again.id == claimed.id


async def test_a_busy_platform_is_tried_later_and_later_but_not_for_ever(database, store, outbox):
    await post(store, new_delivery())
    now = NOW
    [claimed] = await outbox.claim(BOT, now, 24)
    await outbox.settle(claimed, RetryAfter(seconds=30, reason="429"), now)
    assert not await outbox.claim(BOT, now + timedelta(seconds=29), 24)
    now += timedelta(seconds=30)
    pauses = []
    while claimed := list(await outbox.claim(BOT, now, 24)):
        await outbox.settle(claimed[0], RetryAfter(seconds=0, reason="429"), now)
        [row] = await database.fetch("SELECT state, next_try_at - $1 AS pause FROM delivery", 0)
        if row["state"] != "waiting":
            break
        pauses.append(round(row["pause"] / 1e6 - now.timestamp()))
        now += timedelta(seconds=pauses[-1])
    assert pauses[:3] == [4, 8, 16]
    assert max(pauses) == 900
    assert await states(database) == ["failed"]
    assert now - NOW > timedelta(hours=24)


@pytest.mark.parametrize(
    ("then", "is_refused"),
    [
        (Accepted(provider_id="1"), False),
        (UserGone(reason="blocked"), False),
        (RetryAfter(seconds=0, reason="busy"), True),
        (Permanent(reason="too late"), True),  # perhaps by our own look
    ],
)
async def test_a_refused_account_is_known_until_it_is_let_in(
    database, store, outbox, then, is_refused
):
    refused = RetryAfter(seconds=0, reason="Unauthorized", is_refused=True)
    moment = NOW
    for result, is_known in (
        (Accepted(provider_id="0"), False),
        (refused, True),
        (then, is_refused),
    ):
        await post(store, new_delivery())
        [claimed] = await outbox.claim(BOT, moment, 1)
        await outbox.settle(claimed, result, moment)
        assert (BOT in await Listing(database).refused()) is is_known
        moment += timedelta(hours=1)


async def test_another_process_that_was_refused_is_believed(store, outbox, database, clock):
    other = Outbox(database, clock, "Firstline")
    refused = RetryAfter(seconds=0, reason="Unauthorized", is_refused=True)
    for sender, result in ((outbox, Accepted(provider_id="0")), (other, refused)):
        await sender.release_stale(*BOT, NOW)
        await post(store, new_delivery())
        [claimed] = await sender.claim(BOT, NOW, 1)
        await sender.settle(claimed, result, NOW)
    await outbox.release_stale(*BOT, NOW)
    [claimed] = await outbox.claim(BOT, NOW + timedelta(hours=1), 1)
    await outbox.settle(claimed, Accepted(provider_id="1"), NOW)
    assert not await Listing(database).refused()


async def test_somebody_who_left_is_unreachable_until_they_come_back(store, outbox):
    await opened(store)
    await post(store, new_delivery())
    [claimed] = await outbox.claim(BOT, NOW, 24)
    await outbox.settle(claimed, UserGone(reason="blocked"), NOW)
    async with store.work() as work:
        assert not (await situation_of(work, message())).handle.is_reachable
        await work.set_reachable(OLENA, is_reachable=True)
        assert (await situation_of(work, message())).handle.is_reachable


async def test_after_a_crash_what_had_begun_is_unknown_and_edits_wait(database, store, outbox):
    [target] = await post(store, new_delivery())
    [sent] = await outbox.claim(BOT, NOW, 24)
    await outbox.settle(sent, Accepted(provider_id="77"), NOW)
    await post(
        store,
        new_delivery(operation=Operation.EDIT, target_id=target),
        new_delivery(IVAN),
        new_delivery(operation=Operation.ANSWER_TAP),
        new_delivery(replace(OLENA, account="8")),
    )
    for delivery in await outbox.claim(BOT, NOW, 24):
        if delivery.operation is Operation.SEND:
            await outbox.begin(delivery, NOW)
    await outbox.claim(("telegram", "8"), NOW, 24)
    assert await outbox.release_stale(*BOT, NOW) == 3
    assert await states(database) == ["accepted", "waiting", "unknown", "waiting", "sending"]


async def test_after_a_crash_what_had_not_begun_goes_out_once(database, store, outbox):
    await post(store, new_delivery(text="o1"), new_delivery(IVAN, "i1"))
    olenas, ivans = await outbox.claim(BOT, NOW, 24)
    await outbox.begin(olenas, NOW)
    await outbox.release_stale(*BOT, NOW)
    assert await states(database) == ["unknown", "waiting"]
    [again] = await outbox.claim(BOT, NOW, 24)
    with pytest.raises(Conflict):  # whoever had claimed it before lives after all
        await outbox.begin(ivans, NOW)
    await outbox.begin(again, NOW)
    assert await outbox.release_stale(*BOT, NOW) == 1
    assert await states(database) == ["unknown", "unknown"]


async def test_sends_that_begin_together_share_a_commit(database, store, outbox):
    await post(store, *(new_delivery(replace(OLENA, external_id=str(n))) for n in range(20)))
    claimed = await outbox.claim(BOT, NOW, 24)
    commits, transaction = 0, database.transaction

    def counted():
        nonlocal commits
        commits += 1
        return transaction()

    database.transaction = counted
    await asyncio.gather(*(outbox.begin(delivery, NOW) for delivery in claimed))
    assert commits <= 2


async def test_only_what_did_not_arrive_can_be_sent_again(database, store, outbox):
    [number] = await post(store, new_delivery(ticket_id=1001))
    [claimed] = await outbox.claim(BOT, NOW, 24)
    await outbox.settle(claimed, Unknown(reason="no answer"), NOW)
    async with store.work() as work:
        assert await work.retry_delivery(number, NOW) == 1001
        with pytest.raises(Conflict):
            await work.retry_delivery(number, NOW)
        with pytest.raises(NotFound):
            await work.retry_delivery(9_999, NOW)
    [again] = await outbox.claim(BOT, NOW, 24)
    await outbox.settle(claimed, Permanent(reason="late news of the first try"), NOW)
    assert again.attempts == 2
    assert await states(database) == ["sending"]


async def test_stored_files_go_out_with_their_text(database, store, outbox):
    files = Files(database)
    kept = await files.add_upload("plan.pdf", "application/pdf", 9, "ab" * 32)
    body = Text(text="see the plan", files=(kept, 9_999))
    await post(store, replace(new_delivery(), body=body))
    [claimed] = await outbox.claim(BOT, NOW, 24)
    plan = Enclosure(name="plan.pdf", media_type="application/pdf", size=9, sha256="ab" * 32)
    assert claimed.attachments == (plan,)


async def test_the_timeline_shows_how_a_reply_went_out(database, store, outbox):
    ticket = await opened(store)
    async with store.work() as work:
        reply = new_entry(ticket.id, "try again now", author=Author.AGENT, address=None)
        entry_id = await work.add_entry(reply)
        await work.post(new_delivery(ticket_id=ticket.id, entry_id=entry_id))
    [claimed] = await outbox.claim(BOT, NOW, 24)
    await outbox.settle(claimed, Permanent(reason="chat not found"), NOW)
    timeline = await Listing(database).timeline(ticket.id)
    assert [(e.delivery_state, e.delivery_reason) for e in timeline] == [
        ("", ""),
        ("failed", "chat not found"),
    ]


async def test_a_claim_reads_heads_only_however_long_the_backlog(database, store, outbox):
    async with database.transaction() as session:
        insert = (
            "INSERT INTO delivery (channel, account, address, operation, body, subject, thread,"
            " language, posted_at, reason, state) VALUES ('telegram', '7', $1, 'send',"
            """ '{"speech":"text","body":{"text":"x","choices":[],"signature":"","files":[]}}',"""
            " '', '[]', 'en', $3, '', $2)"
        )
        posted = int(NOW.timestamp() * 1e6)
        rows = [
            (f"a{n % 40:02}", "accepted" if n < 2_000 else "waiting", posted) for n in range(4_000)
        ]
        await session.execute_many(insert, rows)
    sql = heads_sql(database.dialect)
    given = (*BOT, "", 2**62, 24, database.dialect.listed(["none"]))
    if database.dialect.is_postgresql:
        async with database.transaction() as session:
            await session.execute("ANALYZE delivery")
        plan = [row[0] for row in await database.fetch("EXPLAIN " + sql, *given)]
        assert not [line for line in plan if "Seq Scan" in line]
    else:
        plan = [row["detail"] for row in await database.fetch("EXPLAIN QUERY PLAN " + sql, *given)]
        assert not [line for line in plan if "SCAN delivery" in line or "TEMP B-TREE" in line]
        assert "(channel=? AND account=? AND address>?)" in " ".join(plan)
    assert "delivery_unsettled" in " ".join(plan)
    assert len(await outbox.claim(BOT, NOW, 24)) == 24
    assert len(await outbox.claim(BOT, NOW, 24)) == 16
