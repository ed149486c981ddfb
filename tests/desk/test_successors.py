"""A mailbox changes hands: whoever has it next reads nothing of who had it, nor the other way."""

import re

import pytest

from intake.agent_words import Reply
from intake.errors import Conflict, NotFound
from intake.importing import Told
from intake.links import Found
from store.importing import Importing
from tests.desk.town import a_town

MAIL = "o.bondar@firma.example"


@pytest.fixture
async def town(store_url, tmp_path, clock):
    async with a_town(tmp_path / "var", store_url, clock) as town:
        yield town


async def bring(town, *people, is_whole=False):
    importing = Importing(town.desk.database, town.clock)
    await importing.run(people, "csv", is_whole=is_whole, is_trial=False)


def olena(*mails, has_left=False, number="9"):
    mails = mails or (MAIL,)
    return Told(
        line=2, name="Olena Bondar", external_id=number, mails=mails, is_active=not has_left
    )


def sofia(number="10"):
    return Told(line=3, name="Sofia", external_id=number, mails=(MAIL,))


async def link(town, who=501, mail=MAIL):
    await town.telegram(who, text=f"link {mail}")
    await town.telegram(who, text=town.code(mail) or "00000000")


async def is_read_by(town, what, who=501):
    known = len(town.heard("telegram", who))
    await town.telegram(who, text="what is the status of my tickets?")
    return what in str(town.heard("telegram", who)[known:])


@pytest.mark.parametrize("number", ["9", ""])
@pytest.mark.parametrize("is_told", [True, False])
async def test_who_gets_the_mailbox_of_one_who_has_left_is_somebody_else(town, number, is_told):
    await bring(town, olena(number=number))
    await town.vouched_mail(MAIL, "The printer is broken")
    await link(town)
    if is_told:
        await bring(town, olena(number=number, has_left=True))
    await bring(town, sofia(number and "10"), is_whole=not is_told)
    await town.vouched_mail(f"Sofia <{MAIL}>", "My laptop KASSANDRA does not start")
    assert not await is_read_by(town, "KASSANDRA")
    olenas, sofias = await town.person_of("telegram", 501), await town.person_of("email", MAIL)
    assert olenas.id != sofias.id


async def test_who_was_linked_before_there_was_a_directory_is_parted_as_well(town):
    await town.vouched_mail(MAIL, "The printer is broken")
    await link(town)
    await bring(town, olena())
    await bring(town, olena("olena@firma.example"), sofia())
    await link(town, 502)
    await town.vouched_mail(f"Sofia <{MAIL}>", "My laptop KASSANDRA does not start")
    assert not await is_read_by(town, "KASSANDRA")
    assert await is_read_by(town, "KASSANDRA", 502)
    assert await town.employee_of("telegram", 501) is None


async def linked_before_there_is_a_list(town):
    await town.mail(f"Olena Bondar <{MAIL}>", "The printer is broken")
    await link(town)
    await town.telegram(501, text="My mouse KASSANDRA is broken")


async def test_who_read_a_mailbox_before_a_list_gave_it_to_somebody_is_not_that_one(town):
    await linked_before_there_is_a_list(town)
    await bring(town, sofia())
    await town.vouched_mail(f"Sofia <{MAIL}>", "My laptop HEKTOR does not start")
    assert not await is_read_by(town, "HEKTOR")
    await link(town, 502)
    assert await is_read_by(town, "HEKTOR", 502)
    assert not await is_read_by(town, "KASSANDRA", 502)
    assert not await is_read_by(town, "HEKTOR")


async def test_who_read_a_mailbox_before_becomes_no_employee_that_is_known_elsewhere(town):
    """A code from there must not bring along whoever had read it once."""
    await linked_before_there_is_a_list(town)
    ivan = Told(line=2, name="Ivan", external_id="1", mails=("ivan@firma.example",))
    await bring(town, ivan)
    await link(town, 502, "ivan@firma.example")
    await town.telegram(502, text="My laptop HEKTOR does not start")
    both = ("ivan@firma.example", MAIL)
    await bring(town, Told(line=2, name="Ivan", external_id="1", mails=both))
    await link(town, 503)
    assert await is_read_by(town, "HEKTOR", 503)
    assert not await is_read_by(town, "HEKTOR")


async def test_who_bears_the_name_that_a_first_list_tells_stays_linked(town):
    await linked_before_there_is_a_list(town)
    await bring(town, olena())
    await link(town, 502)
    assert await is_read_by(town, "KASSANDRA", 502)


async def test_who_has_left_gets_no_code(town):
    await bring(town, olena())
    await town.vouched_mail(MAIL, "The printer is broken")
    await bring(town, olena(has_left=True))
    await link(town)
    assert (town.code(MAIL), await town.links()) == ("", [])


async def test_a_code_counts_no_more_once_the_mailbox_is_anothers(town):
    await bring(town, olena())
    await town.vouched_mail(MAIL, "The printer is broken")
    await town.telegram(501, text=f"link {MAIL}")
    await bring(town, olena("olena@firma.example"), sofia())
    await town.telegram(501, text=town.code(MAIL))
    await town.vouched_mail(f"Sofia <{MAIL}>", "My laptop KASSANDRA does not start")
    assert (await town.links(), await is_read_by(town, "KASSANDRA")) == ([], False)


@pytest.mark.parametrize("has_left", [True, False])
async def test_who_has_written_by_mail_alone_is_parted_from_the_next_as_well(town, has_left):
    """Nothing else of theirs is known, and nobody has said yet that they are this employee."""
    await bring(town, olena())
    await town.vouched_mail(MAIL, "The printer KASSANDRA is broken")
    marek = await town.desk.agents.add("marek", "Marek", "-", "en")
    await town.desk.service.reply(marek, 1001, Reply(text="For Olena alone", once="1"))
    await bring(town, olena(has_left=True) if has_left else olena("olena@firma.example"), sofia())
    known = len(town.heard("email", MAIL))
    await town.vouched_mail(f"Sofia <{MAIL}>", "status", "What is the status of my tickets?")
    await link(town, 502)
    assert not await is_read_by(town, "KASSANDRA", 502)
    told = str(town.heard("email", MAIL)[known:])
    assert [one for one in ("KASSANDRA", "For Olena alone") if one in told] == []


async def test_who_comes_back_to_a_mailbox_is_a_successor_there(town):
    await bring(town, olena(has_left=True), sofia())
    await town.vouched_mail(MAIL, "The printer KASSANDRA is broken")
    await bring(town, olena(), Told(line=3, name="Sofia", external_id="10", mails=()))
    await link(town)
    assert not await is_read_by(town, "KASSANDRA")


async def test_who_has_written_by_mail_alone_stays_whatever_a_list_says_for_a_day(town):
    """Their open tickets could not be answered else."""
    await bring(town, olena())
    await town.vouched_mail(MAIL, "The printer is broken")
    await bring(town, olena("olna@firma.example"))
    await bring(town, olena())
    marek = await town.desk.agents.add("marek", "Marek", "-", "en")
    await town.desk.service.reply(marek, 1001, Reply(text="It is mended", once="1"))
    await town.work()
    assert "It is mended" in str(town.heard("email", MAIL))


async def test_what_was_to_go_to_a_mailbox_that_is_anothers_goes_nowhere(town):
    await bring(town, olena())
    await town.vouched_mail(MAIL, "The printer is broken")
    await link(town)
    marek = await town.desk.agents.add("marek", "Marek", "-", "en")
    await town.desk.service.reply(marek, 1001, Reply(text="For Olena alone", once="1"))
    await bring(town, olena("olena@firma.example"), sofia())
    await town.work()
    [sent] = await town.desk.database.fetch(
        "SELECT id FROM delivery WHERE state = 'failed' AND operation = 'send'"
    )
    with pytest.raises(Conflict, match="no_handle"):
        await town.desk.service.retry_delivery(marek, sent["id"])
    await town.work()
    assert "For Olena alone" not in town.heard("email", MAIL)


@pytest.mark.parametrize("is_same", [None, False])
async def test_who_is_given_the_id_of_another_gets_none_of_their_chats(town, is_same):
    await bring(town, olena())
    await link(town)
    await town.telegram(501, text="My laptop KASSANDRA does not start")
    own = "ivan@firma.example"
    told = Told(line=2, name="Ivan", external_id="9", mails=(own,), is_same=is_same)
    await bring(town, told)
    await link(town, 502, own)
    assert not await is_read_by(town, "KASSANDRA", 502)
    assert (await town.employee_of("telegram", 502) is not None) is (is_same is False)


async def test_whoever_has_the_mailbox_next_undoes_nothing(town):
    """Old mails offer that to whoever opens them."""
    await bring(town, olena())
    await town.vouched_mail(MAIL, "The printer is broken")
    await link(town)
    [(number, key)] = re.findall(r"/form/link/(\d+)\.([\w-]+)", str(town.heard("email", MAIL)))
    await bring(town, olena("olena@firma.example"), sofia())
    with pytest.raises(NotFound, match="no_link"):
        await town.desk.links.answer(int(number), key, is_so=False)
    assert await town.employee_of("telegram", 501) is not None


async def test_a_mailbox_that_a_list_took_away_by_mistake_comes_back_by_a_mail(town):
    await bring(town, olena())
    await town.vouched_mail(MAIL, "The printer is broken")
    await link(town)
    for what in ("KASSANDRA", "HEKTOR"):
        await bring(town, olena("olna@firma.example"))
        await bring(town, olena())
        await town.vouched_mail(MAIL, f"My laptop {what} does not start")
        assert await is_read_by(town, what)


async def test_a_mailbox_that_somebody_had_once_joins_no_chat(town):
    """Who had it may read it still; whoever has it next would be read by them."""
    await bring(town, olena())
    await town.vouched_mail(MAIL, "The printer is broken")
    await bring(town, olena("olena@firma.example"))
    await bring(town, olena("olena@firma.example"))
    await link(town)
    await bring(town, sofia())
    await town.vouched_mail(f"Sofia <{MAIL}>", "My laptop KASSANDRA does not start")
    assert (await town.links(), await is_read_by(town, "KASSANDRA")) == ([], False)
    await link(town, 502)
    assert await is_read_by(town, "KASSANDRA", 502)


async def test_what_an_agent_has_asked_there_is_answered_by_nobody_else(town):
    marek = await town.desk.agents.add("marek", "Marek", "-", "en")
    await bring(town, olena())
    await town.viber("s==", name="Olena", type="text", text="my mouse is broken")
    [chat] = await town.desk.database.fetch("SELECT id FROM handle WHERE channel = 'viber'")
    [row] = await town.desk.database.fetch("SELECT id FROM employee")
    await town.desk.links.propose(marek, chat["id"], Found(name="", employee_id=row["id"]))
    await town.work()
    [(number, key)] = re.findall(r"/form/link/(\d+)\.([\w-]+)", town.heard("email", MAIL)[-1])
    await bring(town, olena("olena@firma.example"), sofia())
    assert await town.desk.links.answer(int(number), key, is_so=True) == "link_over"
    assert await town.links() == []
