"""The bell of the mail server wakes also those who are only about to wait."""

import asyncio

from simulators.mail_boxes import Bell


async def test_a_ring_before_the_waiter_runs_is_heard():
    bell = Bell()
    waiting = asyncio.create_task(bell.wait())
    bell.ring()  # the task has not had its turn yet
    async with asyncio.timeout(30):
        await waiting
