"""What people have answered once, as rows: the newest wins, and each person has their own."""

from datetime import timedelta

import pytest

from intake.memory import Owner, Remembered
from tests.store.cast import IVAN, NOW, opened

ASSET = Remembered(field="asset", category="computer", value="NB-0442")
PHONE = Remembered(field="phone", category="", value="+380501112233")


@pytest.fixture
async def olena(store):
    return Owner.of((await opened(store)).person_id, "Olena")


async def remember(store, owner, *news, at=NOW):
    async with store.work() as work:
        await work.remember(owner, news, at)


async def recalled(store, owner):
    async with store.work() as work:
        return set((await work.recall([owner]))[owner])


async def test_answers_are_recalled_by_person_and_name(store, olena):
    ivan = Owner.of((await opened(store, address=IVAN)).person_id, "Olena")
    await remember(store, olena, ASSET, PHONE)
    assert await recalled(store, olena) == {ASSET, PHONE}
    assert await recalled(store, Owner.of(olena.person_id, "Petro")) == set()
    assert await recalled(store, ivan) == set()


async def test_the_newest_answer_wins_in_whatever_order_they_come(store, olena):
    newer = Remembered(field="asset", category="computer", value="NB-0500")
    await remember(store, olena, newer, at=NOW + timedelta(days=1))
    await remember(store, olena, ASSET)
    assert await recalled(store, olena) == {newer}


async def test_what_is_forgotten_is_gone_and_nothing_else(store, olena):
    await remember(store, olena, ASSET, PHONE)
    async with store.work() as work:
        await work.forget([(olena, ASSET)])
    assert await recalled(store, olena) == {PHONE}
