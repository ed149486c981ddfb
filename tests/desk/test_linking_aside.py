"""What is said to an agent is no matter of linking, whatever it looks like."""

from datetime import timedelta

import pytest

from intake.agent_words import Reply
from intake.linking.joining import PROVEN_WITHIN
from tests.desk.town import a_town

MAIL, PHONE, OLENA = "olena@firma.example", "+380671234567", 501


@pytest.fixture
async def town(store_url, tmp_path, clock):
    async with a_town(tmp_path / "var", store_url, clock) as town:
        await town.employ("Olena Kovalenko", mails=[MAIL], phones=[PHONE])
        yield town


async def asked(town, question):
    """An agent asks about Olena's ticket, whose card asks nothing any more."""
    await town.telegram(OLENA, text="My mailbox is full")
    await town.tap(OLENA, "send|1001")
    agent = await town.desk.agents.add("marek", "Marek Novák", "-", "en")
    await town.desk.service.reply(agent, 1001, Reply(text=question, once="1"))
    await town.work()


async def said(town):
    timeline = await town.desk.listing.timeline(1001)
    return [entry.text for entry in timeline if entry.author == "requester" and entry.text]


async def test_an_address_that_answers_an_agent_stands_on_the_ticket(town):
    await asked(town, "Whose mailbox is it?")
    await town.telegram(OLENA, text=MAIL)
    assert await said(town) == ["My mailbox is full", MAIL]
    assert not town.bodies("email", MAIL)


async def test_a_number_of_eight_digits_is_an_answer_once_the_code_was_used(town):
    await town.mail(MAIL, "The printer is broken")
    await town.telegram(OLENA, text=f"link {MAIL}")
    code = town.code(MAIL)
    await town.telegram(OLENA, text=code)
    agent = await town.desk.agents.add("marek", "Marek Novák", "-", "en")
    await town.tap(OLENA, "send|1001")
    await town.desk.service.reply(agent, 1001, Reply(text="What is its number?", once="1"))
    await town.telegram(OLENA, text=code)  # sent twice
    await town.telegram(OLENA, text="12345678")
    assert (await said(town))[-1] == "12345678"


async def test_a_number_of_eight_digits_is_an_answer_once_the_code_is_over(town, clock):
    await asked(town, "What is its number?")
    await town.telegram(OLENA, text=f"link {MAIL}")
    clock.moment += PROVEN_WITHIN + timedelta(minutes=1)
    await town.telegram(OLENA, text="12345678")
    assert (await said(town))[-1] == "12345678"


async def test_the_own_number_that_answers_an_agent_stands_on_the_ticket_and_links(town):
    await town.mail(MAIL, "The printer is broken")
    await town.telegram(OLENA, text="My mailbox is full")
    await town.tap(OLENA, "send|1002")
    agent = await town.desk.agents.add("marek", "Marek Novák", "-", "en")
    await town.desk.service.reply(agent, 1002, Reply(text="Where may I call you?", once="1"))
    await town.share(OLENA, PHONE.removeprefix("+"))
    timeline = await town.desk.listing.timeline(1002)
    assert [entry.text for entry in timeline if entry.author == "requester"][-1].endswith(
        PHONE.removeprefix("+")
    )
    assert await town.person_of("telegram", OLENA) == await town.person_of("email", MAIL)
