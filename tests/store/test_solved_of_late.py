"""What was solved of late is known beside what is open, the person's own alone."""

from dataclasses import replace
from datetime import timedelta

from intake.tickets import Status
from store.work import Store
from tests.store.cast import IVAN, NOW, OLENA, message, opened, situation_of


async def settled(store, address, *, status=Status.SOLVED, days_ago=0):
    ticket = await opened(store, address=address, external_id=f"{address}{status}{days_ago}")
    async with store.work() as work:
        known = await work.ticket(ticket.id)
        then = NOW - timedelta(days=days_ago)
        await work.save_ticket(replace(known, status=status, updated_at=then))
    return ticket.id


async def test_the_newest_solved_ones_of_a_person_come_with_their_message(database, clock):
    store = Store(database, clock)
    older = await settled(store, OLENA, days_ago=2)
    newer = await settled(store, OLENA, days_ago=1)
    live = await settled(store, OLENA, status=Status.OPEN)
    await settled(store, OLENA, status=Status.CLOSED)
    await settled(store, OLENA, days_ago=8)
    await settled(store, IVAN)
    async with store.work() as work:
        situation = await situation_of(work, message("still broken", OLENA, external_id="99"))
    assert [ticket.id for ticket in situation.solved_tickets] == [newer, older]
    assert [ticket.id for ticket in situation.live_tickets] == [live]
