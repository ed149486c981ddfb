"""A number in a chat's words finds its person's own ticket, whatever its status; no stranger's."""

from dataclasses import replace

import pytest

from intake.messages import MessageKind
from intake.tickets import Status
from tests.store.cast import IVAN, OLENA, message, opened, situation_of


async def told(store, text, **more):
    async with store.work() as work:
        return (await situation_of(work, message(text, external_id="99", **more))).told_tickets


@pytest.mark.parametrize("status", Status)
async def test_a_person_names_their_own_ticket_by_its_number(store, status):
    ticket = await opened(store)
    async with store.work() as work:
        await work.save_ticket(replace(await work.ticket(ticket.id), status=status))
    assert [one.id for one in await told(store, "#1001 is still broken")] == [1001]


async def test_a_strangers_number_finds_nothing(store):
    await opened(store)
    await opened(store, address=IVAN)
    assert await told(store, "#1001 is still broken", address=IVAN) == ()
    assert await told(store, "#1002, #1003, #999999999999 and #0", address=OLENA) == ()


async def test_numbers_are_looked_up_in_words_alone(store):
    await opened(store)
    assert await told(store, "#1001", kind=MessageKind.EDIT) == ()
    assert await told(store, "see #1001", subject="printer") == ()
