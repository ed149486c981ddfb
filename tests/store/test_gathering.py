"""Whoever waits for a shared commit waits no longer than they said."""

import asyncio

import pytest

from intake.errors import Unavailable
from store.gathering import Gathering


async def test_the_less_patient_does_not_wait_for_the_more_patient():
    ends = asyncio.Event()

    async def flush(items):
        await ends.wait()
        return items

    gathering = Gathering(flush)
    first, patient = (
        asyncio.create_task(gathering.add(name, within)) for name, within in (("a", 60), ("b", 60))
    )
    await asyncio.sleep(0)
    with pytest.raises(Unavailable):
        await gathering.add("c", 0.01)
    ends.set()
    assert [await first, await patient] == ["a", "b"]
