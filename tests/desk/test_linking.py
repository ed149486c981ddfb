"""One person on many channels: how each is linked, what that joins, and how it is undone.

Steps are what the person does for it: taps, and words written.
"""

import pytest

from tests.desk.town import a_town

MAIL, PHONE = "olena@firma.example", "+380671234567"
OLENA, IVAN = 501, 502
CHATS = [("telegram", 501), ("viber", "olena=="), ("messenger", "601"), ("instagram", "701")]


@pytest.fixture
async def town(store_url, tmp_path, clock):
    async with a_town(tmp_path / "var", store_url, clock) as town:
        await town.employ("Olena Kovalenko", mails=[MAIL], phones=[PHONE])
        yield town


@pytest.mark.parametrize(("channel", "who"), CHATS)
async def test_a_work_mail_and_the_code_from_there_link_in_two_steps(town, channel, who):
    await town.mail(MAIL, "The printer is broken")
    await town.say(channel, who, f"link {MAIL}")
    assert await town.links() == []
    await town.say(channel, who, town.code(MAIL))
    assert await town.person_of(channel, who) == await town.person_of("email", MAIL)
    assert "connected with you" in town.heard(channel, who)[-1]
    await town.say(channel, who, "what is the status of my tickets?")
    assert "#1001" in town.heard(channel, who)[-1]


async def test_the_own_contact_links_in_two_steps(town):
    await town.mail(MAIL, "The printer is broken")
    await town.telegram(OLENA, text="/link")
    [how] = town.bodies("telegram", OLENA)
    assert how.phone
    await town.share(OLENA, PHONE.removeprefix("+"))
    assert await town.person_of("telegram", OLENA) == await town.person_of("email", MAIL)
