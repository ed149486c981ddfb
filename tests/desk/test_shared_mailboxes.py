"""A mailbox that several employees read makes nobody one of them in particular."""

import pytest

from intake.importing import Told
from intake.links import Found
from store.importing import Importing
from tests.desk.town import a_town

TEAM, OWN = "warehouse@firma.example", "olena@firma.example"
PHONE = "+380671234567"


@pytest.fixture
async def town(store_url, tmp_path, clock):
    async with a_town(tmp_path / "var", store_url, clock) as town:
        people = [
            Told(
                line=2,
                name="Olena Kovalenko",
                external_id="1",
                mails=(TEAM, OWN),
                phones=(PHONE,),
            ),
            Told(line=3, name="Ivan", external_id="2", mails=(TEAM,), phones=("+380501112233",)),
        ]
        importing = Importing(town.desk.database, town.clock)
        await importing.run(people, "csv", is_whole=False, is_trial=False)
        await town.mail(TEAM, "the scale is broken")
        yield town


async def test_a_code_goes_to_no_mailbox_that_several_read(town):
    for who in (501, 502):
        await town.say("telegram", who, f"link {TEAM}")
        await town.say("telegram", who, town.code(TEAM) or "00000000")
    assert town.code(TEAM) == ""
    assert await town.links() == []


async def test_a_colleagues_card_sends_the_code_to_the_colleagues_own_mailbox(town):
    await town.telegram(501, text="/link")
    await town.share(501, PHONE.lstrip("+"))
    await town.telegram(501, text="my laptop KASSANDRA is broken")
    linked = await town.links()
    contact = {"name": "Olena", "phone_number": PHONE.lstrip("+")}
    await town.viber("ivan==", name="Ivan", type="text", text="/link")
    await town.viber("ivan==", name="Ivan", type="contact", contact=contact)
    assert (town.code(TEAM), bool(town.code(OWN))) == ("", True)
    await town.viber("ivan==", name="Ivan", type="text", text="what is the status of my tickets?")
    assert "KASSANDRA" not in str(town.heard("viber", "ivan=="))
    assert await town.links() == linked


async def test_an_agents_proposal_is_told_in_the_own_mailbox_alone(town):
    marek = await town.desk.agents.add("marek", "Marek", "-", "en")
    await town.viber("ivan==", name="Olena Kovalenko", type="text", text="my mouse is broken")
    [row] = await town.desk.database.fetch("SELECT id FROM handle WHERE channel = 'viber'")
    [olena] = await town.desk.database.fetch("SELECT id FROM employee WHERE external_id = '1'")
    before = town.heard("email", TEAM)
    await town.desk.links.propose(marek, row["id"], Found(name="", employee_id=olena["id"]))
    await town.work()
    assert town.heard("email", TEAM) == before
    assert "/form/link/" in "\n".join(town.heard("email", OWN))


def olena(*, has_left=False, number="9"):
    return Told(
        line=2,
        name="Olena Bondar",
        external_id=number,
        mails=("o.bondar@firma.example",),
        is_active=not has_left,
    )


@pytest.mark.parametrize("number", ["9", ""])
@pytest.mark.parametrize("is_told", [True, False])
async def test_who_gets_the_mailbox_of_one_who_has_left_is_somebody_else(town, number, is_told):
    mail, importing = "o.bondar@firma.example", Importing(town.desk.database, town.clock)
    await importing.run([olena(number=number)], "csv", is_whole=False, is_trial=False)
    await town.vouched_mail(mail, "The printer is broken")
    await town.say("telegram", 501, f"link {mail}")
    await town.say("telegram", 501, town.code(mail))
    if is_told:
        left = olena(number=number, has_left=True)
        await importing.run([left], "csv", is_whole=False, is_trial=False)
    successor = Told(line=2, name="Sofia", external_id=number and "10", mails=(mail,))
    await importing.run([successor], "csv", is_whole=not is_told, is_trial=False)
    await town.vouched_mail(f"Sofia <{mail}>", "My laptop KASSANDRA does not start")
    await town.telegram(501, text="what is the status of my tickets?")
    heard = "\n".join(town.heard("telegram", 501))
    assert "KASSANDRA" not in heard
    olenas, sofias = await town.person_of("telegram", 501), await town.person_of("email", mail)
    assert olenas.id != sofias.id
