"""When tickets with a card were opened by mail is known whatever became of them, and cheaply."""

from dataclasses import replace
from datetime import timedelta

from intake.messages import Address, Sender
from intake.tickets import Status
from store.people import NEW_WITHIN
from store.situations import CARDED, MOST_COUNTED
from tests.store.cast import NOW, message, opened, situation_of

HERS = Address(channel="email", account="support@firma.example", external_id="o@x.example")
HIS = replace(HERS, external_id="i@x.example")


async def carded(store, number, address, status, *, card_id=7):
    at = NOW - timedelta(minutes=number)
    ticket = await opened(store, address=address, external_id=f"<{number}@x>", sent_at=at)
    async with store.work() as work:
        ticket = await work.ticket(ticket.id)
        await work.save_ticket(replace(ticket, status=status, card_id=card_id))
    return at


async def carded_at(store, address=HERS):
    async with store.work() as work:
        return (await situation_of(work, message("more", address, external_id="<n@x>"))).carded_at


async def test_what_was_opened_counts_whatever_became_of_it(store):
    statuses = (Status.NEW, Status.SOLVED, Status.CLOSED)
    expected = {await carded(store, n, HERS, status) for n, status in enumerate(statuses)}
    await carded(store, 3, HIS, Status.NEW)
    await carded(store, 4, HERS, Status.NEW, card_id=None)
    assert set(await carded_at(store)) == expected


async def test_counting_reads_the_newest_messages_of_one_address(database, store):
    for number in range(3):
        await carded(store, number, HERS, Status.CLOSED)
    given = ("email", HERS.account, HERS.external_id, MOST_COUNTED)
    if database.dialect.is_postgresql:
        async with database.transaction() as session:
            await session.execute("SET LOCAL enable_seqscan = off")
            plan = "\n".join(row[0] for row in await session.fetch("EXPLAIN " + CARDED, *given))
        assert "Seq Scan" not in plan
    else:
        rows = await database.fetch("EXPLAIN QUERY PLAN " + CARDED, *given)
        plan = "\n".join(row["detail"] for row in rows)
        assert "SCAN ticket" not in plan
        assert "SCAN entry" not in plan
        assert "TEMP B-TREE" not in plan
    assert "entry_conversation" in plan


async def newcomers(store, address, **more):
    async with store.work() as work:
        told = message("more", address, external_id="<n@x>", **more)
        return (await situation_of(work, told)).newcomers


async def test_who_writes_for_the_first_time_within_an_hour_is_counted(store, clock):
    forged = Sender(name="", external_id="o@x.example", is_proven=False)
    assert await newcomers(store, HERS, sender=forged) == 1
    assert await newcomers(store, HIS, sender=forged) == 2
    assert await newcomers(store, HIS, sender=forged) == 2
    assert await newcomers(store, HIS) == 0  # vouched for: nobody needs to count
    clock.moment += NEW_WITHIN
    assert await newcomers(store, HIS, sender=forged) == 0


async def test_who_has_had_a_card_is_no_newcomer(store):
    forged = Sender(name="", external_id="o@x.example", is_proven=False)
    await carded(store, 0, HERS, Status.NEW)
    assert await newcomers(store, HERS, sender=forged) == 0
