"""What people have answered once, as rows: the newest wins, and it goes where its handle goes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from intake.links import Way
from intake.memory import Owner, Remembered
from tests.store.cast import IVAN, NOW, OLENA, opened

ASSET = Remembered(field="asset", category="computer", value="NB-0442")
PHONE = Remembered(field="phone", category="", value="+380501112233")
MAIL = replace(OLENA, channel="email", account="desk@firma.example", external_id="o@firma.example")


async def owner_at(store, address, name="Olena"):
    ticket = await opened(store, address=address)
    async with store.work() as work:
        return Owner.of(ticket.person_id, name, await work.handle_at(address))


@pytest.fixture
async def olena(store):
    return await owner_at(store, OLENA)


async def remember(store, owner, *news, at=NOW):
    async with store.work() as work:
        await work.remember(owner, news, at)


async def recalled(store, owner):
    async with store.work() as work:
        return set((await work.recall([owner]))[owner])


async def test_answers_are_recalled_by_person_and_name(store, olena):
    ivan = await owner_at(store, IVAN)
    await remember(store, olena, ASSET, PHONE)
    assert await recalled(store, olena) == {ASSET, PHONE}
    assert await recalled(store, replace(olena, name="petro")) == set()
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


async def linked(store, owner, to):
    """The handle of one is the other's from now on; who holds what then."""
    async with store.work() as work:
        handle, person = await work.handle(owner.handle_id), await work.person(to.person_id)
        link = await work.propose_link(handle, person.id, Way.CODE, by="", key="k")
        link, _ = await work.make_link(link, person)
    return link, replace(owner, person_id=to.person_id)


async def test_what_is_known_comes_along_with_a_link_and_goes_back_when_it_is_undone(store, olena):
    mail = await owner_at(store, MAIL, "Olena Kovalenko")
    await remember(store, olena, ASSET)
    await remember(store, mail, PHONE)
    link, chat = await linked(store, olena, mail)
    assert await recalled(store, mail) == await recalled(store, chat) == {ASSET, PHONE}
    later = Remembered(field="location", category="computer", value="room 14")
    await remember(store, chat, later, at=NOW + timedelta(days=1))
    async with store.work() as work:
        back_to = await work.person(link.from_person_id)
        await work.undo_link(await work.link(link.id), back_to, "Olena")
    assert await recalled(store, mail) == {PHONE}
    assert await recalled(store, olena) == {ASSET, later}


async def test_of_two_answers_at_two_handles_the_later_one_comes_last(store, olena):
    mail = await owner_at(store, MAIL, "Olena Kovalenko")
    newer = replace(ASSET, value="NB-0500")
    await remember(store, mail, ASSET)
    await remember(store, olena, newer, at=NOW + timedelta(days=1))
    await linked(store, olena, mail)
    async with store.work() as work:
        assert [one.value for one in (await work.recall([mail]))[mail]] == ["NB-0442", "NB-0500"]
        await work.forget([(mail, newer)])
    assert await recalled(store, mail) == {ASSET}


async def test_who_shares_the_mailbox_knows_nothing_of_a_chat_that_is_not_theirs(store, olena):
    petro = await owner_at(store, MAIL, "Petro")
    await remember(store, olena, ASSET)
    await linked(store, olena, petro)
    assert await recalled(store, petro) == set()
