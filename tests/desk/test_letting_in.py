"""Whoever is let in may have hundreds of tickets, as a machine has: no commit is long for it."""

import pytest

from desk.settings import DeskSettings
from intake.approving import AT_ONCE
from intake.people import Agent
from intake.turns.strangers import Strangers
from tests.desk.post import Post, a_desk

MAREK = Agent(id=1, login="marek", name="Marek Novák")
MACHINE, MANY = "backup@firma.example", 40
AT_A_STEP = 16
STATE = "SELECT id, is_held, card_id, version FROM ticket ORDER BY id"
NOTES = "SELECT ticket_id, author_name FROM entry WHERE kind = 'change'"


@pytest.fixture
async def desk(store_url, tmp_path, clock):
    rule = DeskSettings(unknown_people=Strangers.WAIT_FOR_APPROVAL)
    async with a_desk(tmp_path, store_url, desk=rule) as desk:
        post = Post(desk, clock)
        for number in range(MANY):
            await post.bring(MACHINE, f"The backup of server {number} has failed")
        await post.work()
        yield desk


async def held(desk):
    return [row["id"] for row in await desk.database.fetch(STATE) if row["is_held"]]


async def test_some_are_served_at_once_and_the_others_a_few_in_each_commit(desk):
    waiting = await held(desk)
    assert len(waiting) == MANY
    await desk.service.approve(MAREK, waiting[0])
    assert len(await held(desk)) == MANY - AT_ONCE
    left = [MANY - AT_ONCE]
    while await desk.ringing.step():
        left.append(len(await held(desk)))
    assert left == [32, 16, 0]
    rows = await desk.database.fetch(STATE)
    assert all(row["card_id"] for row in rows)
    assert len({row["card_id"] for row in rows}) == MANY


async def test_each_timeline_says_once_who_did_it_however_often_it_is_done(desk):
    waiting = await held(desk)
    for number in (waiting[0], waiting[-1], waiting[0]):
        await desk.service.approve(MAREK, number)
    while await desk.ringing.step():
        pass
    noted = [row["ticket_id"] for row in await desk.database.fetch(NOTES)
             if row["author_name"] == MAREK.name]  # fmt: skip
    assert sorted(noted) == waiting


async def test_what_breaks_off_a_step_leaves_its_tickets_to_the_next(desk):
    await desk.service.approve(MAREK, (await held(desk))[0])
    left = await held(desk)
    with pytest.raises(Gone):
        await broken_off(desk)
    assert await held(desk) == left
    while await desk.ringing.step():
        pass
    assert await held(desk) == []


class Gone(Exception):
    """The process is."""


async def broken_off(desk):
    """A step that gets as far as its commit."""
    async with desk.store.work() as work:
        for timer in await work.take_timers(desk.clock.now(), AT_A_STEP):
            await desk.service.approving.serve(work, timer.ticket, None)
            await work.drop_timer(timer)
        raise Gone


async def test_what_was_solved_meanwhile_gets_no_card(desk):
    waiting = await held(desk)
    await desk.service.approve(MAREK, waiting[0])
    solved = waiting[-1]
    async with desk.database.transaction() as session:
        await session.execute("UPDATE ticket SET status = 'closed' WHERE id = $1", solved)
    while await desk.ringing.step():
        pass
    [row] = [row for row in await desk.database.fetch(STATE) if row["id"] == solved]
    assert (row["card_id"], await held(desk)) == (None, [solved])
