"""What is linked at the same moment, by the same employee or by a list that comes meanwhile."""

import asyncio

import pytest

from intake.importing import Told
from store.importing import Importing
from tests.desk.town import a_town

MAIL = "olena@firma.example"
CHATS = (("telegram", 501), ("viber", "olena=="), ("messenger", "77"))
OLENA = Told(line=2, name="Olena Kovalenko", external_id="1", mails=(MAIL,))
MOVED = Told(line=2, name="Olena Kovalenko", external_id="1", mails=("o.k@firma.example",))
IVAN = Told(line=3, name="Ivan", external_id="2", mails=(MAIL,))


@pytest.fixture
async def town(store_url, tmp_path, clock):
    async with a_town(tmp_path / "var", store_url, clock) as town:
        await bring(town, OLENA)
        yield town


async def bring(town, *people):
    importing = Importing(town.desk.database, town.clock)
    await importing.run(people, "csv", is_whole=False, is_trial=False)


async def typed(town, chats):
    """Codes that lie in the journal, all of them right."""
    codes = []
    for channel, who in chats:
        await town.say(channel, who, f"link {MAIL}")
        codes.append(town.code(MAIL))
    town.is_asleep = True
    for (channel, who), code in zip(chats, codes, strict=True):
        await town.say(channel, who, code)
    town.is_asleep = False


async def receive(town):
    while await town.desk.inward.step(1):
        pass


async def test_chats_of_one_employee_that_are_linked_at_once_are_one_persons(
    town, store_url, tmp_path, clock
):
    await typed(town, CHATS)
    async with a_town(tmp_path / "var", store_url, clock) as other:
        await asyncio.gather(*(receive(one) for one in (town, other, town, other)))
    people = [await town.person_of(channel, who) for channel, who in CHATS]
    assert len({one.id for one in people}) == 1
    assert people[0].employee_id is not None


async def test_a_list_that_comes_while_a_code_is_typed_leaves_no_mailbox_behind(town):
    """Whichever is first: the mailbox is its new reader's alone."""
    await town.vouched_mail(MAIL, "The printer is broken")
    await typed(town, CHATS[:1])
    await asyncio.gather(receive(town), bring(town, MOVED, IVAN))
    await town.vouched_mail(f"Ivan <{MAIL}>", "My laptop HEKTOR does not start")
    known = len(town.heard("telegram", 501))
    await town.telegram(501, text="what is the status of my tickets?")
    assert "HEKTOR" not in str(town.heard("telegram", 501)[known:])
