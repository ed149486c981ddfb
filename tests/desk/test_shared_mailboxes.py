"""A mailbox that several employees read makes nobody one of them in particular."""

import re

import pytest

from intake.errors import Conflict
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


async def link(town, who, mailbox):
    await town.telegram(who, text=f"link {mailbox}")
    await town.telegram(who, text=town.code(mailbox) or "00000000")


async def told_of_tickets(town, who):
    known = len(town.heard("telegram", who))
    await town.telegram(who, text="what is the status of my tickets?")
    return str(town.heard("telegram", who)[known:])


async def olena_in_telegram(town):
    await town.telegram(501, text="/link")
    await town.share(501, PHONE.lstrip("+"))
    await town.telegram(501, text="my laptop KASSANDRA is broken")


async def test_a_link_in_a_mail_to_several_joins_nobody(town):
    await olena_in_telegram(town)
    for who in (501, 502):
        await town.telegram(who, text=f"/start {town.token(TEAM)}")
        await town.telegram(who, text=town.code(TEAM) or "00000000")
    assert "no longer counts" in town.heard("telegram", 502)[0]
    assert await town.employee_of("telegram", 501) is not None
    assert "KASSANDRA" not in await told_of_tickets(town, 502)


async def test_a_mailbox_that_the_directory_does_not_have_joins_no_employee(town):
    """Anybody who works here may read it."""
    await olena_in_telegram(town)
    await town.mail("hall3@firma.example", "the scale is broken")
    for who in (501, 502):
        await link(town, who, "hall3@firma.example")
    assert await town.employee_of("telegram", 501) is not None
    assert "KASSANDRA" not in await told_of_tickets(town, 502)


async def test_a_mailbox_that_becomes_shared_is_no_longer_one_persons(town):
    await town.vouched_mail(OWN, "The printer is broken")
    await link(town, 501, OWN)
    await town.telegram(501, text="my laptop KASSANDRA is broken")
    await share(town, OWN, "Sofia")
    known = len(town.heard("email", OWN))
    await town.vouched_mail(f"Sofia <{OWN}>", "status", "What is the status of my tickets?")
    await town.vouched_mail(f"Sofia <{OWN}>", "My laptop HEKTOR does not start")
    assert "KASSANDRA" not in str(town.heard("email", OWN)[known:])
    assert "HEKTOR" not in await told_of_tickets(town, 501)


async def propose(town, channel, whose):
    """An agent takes the newest chat there for this person's."""
    marek = await town.desk.agents.add("marek", "Marek", "-", "en")
    newest = "SELECT id FROM handle WHERE channel = $1 ORDER BY id DESC LIMIT 1"
    [chat] = await town.desk.database.fetch(newest, channel)
    await town.desk.links.propose(marek, chat["id"], Found(name="", person_id=whose.id))
    await town.work()


async def test_no_agent_makes_one_persons_what_several_read(town):
    await olena_in_telegram(town)
    with pytest.raises(Conflict, match="linked_elsewhere"):
        await propose(town, "email", await town.person_of("telegram", 501))


async def test_a_mailbox_that_became_shared_since_an_agent_asked_is_no_ones(town):
    await olena_in_telegram(town)
    await town.mail("hall3@firma.example", "the scale is broken")
    await propose(town, "email", await town.person_of("telegram", 501))
    await share(town, "hall3@firma.example", "Ivan", "Sofia")
    await town.tap(501, town.button("telegram", 501, "agree"))
    assert "no longer counts" in town.heard("telegram", 501)[-1]


@pytest.mark.parametrize("is_known", [True, False])
async def test_no_agent_gives_a_chat_to_a_mailbox_that_several_read(town, is_known):
    """Whoever opens it there first would say yes, and all of them would read the chat."""
    if is_known:
        await olena_in_telegram(town)
    else:
        await town.telegram(501, text="my laptop KASSANDRA is broken")
    with pytest.raises(Conflict, match="linked_elsewhere"):
        await propose(town, "telegram", await town.person_of("email", TEAM))


async def test_what_is_one_employees_no_agent_proposes_to_another(town):
    """The other may say yes to anything."""
    await olena_in_telegram(town)
    await town.telegram(502, text="/link", name="Ivan")
    await town.share(502, "380501112233")
    ivan = await town.person_of("telegram", 502)
    marek = await town.desk.agents.add("marek", "Marek", "-", "en")
    [chat] = await town.desk.database.fetch("SELECT id FROM handle WHERE address = '501'")
    with pytest.raises(Conflict, match="linked_elsewhere"):
        await town.desk.links.propose(marek, chat["id"], Found(name="", person_id=ivan.id))


async def test_what_was_asked_in_a_mailbox_that_becomes_shared_nobody_agrees_to(town):
    await olena_in_telegram(town)
    await town.viber("ivan==", name="Olena Kovalenko", type="text", text="my mouse is broken")
    await propose(town, "viber", await town.person_of("telegram", 501))
    *_, (number, key) = re.findall(r"/form/link/(\d+)\.([\w-]+)", str(town.heard("email", OWN)))
    await share(town, OWN, "Sofia")
    assert await town.desk.links.answer(int(number), key, is_so=True) == "link_over"


async def test_a_mailbox_that_an_agent_gave_is_parted_once_a_list_says_whose_it_is(town):
    await olena_in_telegram(town)
    await town.mail("hall3@firma.example", "the scale is broken")
    await propose(town, "email", await town.person_of("telegram", 501))
    await town.tap(501, town.button("telegram", 501, "agree"))
    assert await town.employee_of("email", "hall3@firma.example") is not None
    await share(town, "hall3@firma.example", "Sofia")
    assert await town.employee_of("email", "hall3@firma.example") is None
    known = len(town.heard("email", "hall3@firma.example"))
    for words in ("What is the status of my tickets?", "My laptop HEKTOR does not start"):
        await town.vouched_mail("Sofia <hall3@firma.example>", words, words)
    assert "KASSANDRA" not in str(town.heard("email", "hall3@firma.example")[known:])
    assert "HEKTOR" not in await told_of_tickets(town, 501)


async def share(town, mailbox, *names):
    """A list says that they have it too."""
    people = [Told(line=2, name=name, external_id=name, mails=(mailbox,)) for name in names]
    importing = Importing(town.desk.database, town.clock)
    await importing.run(people, "csv", is_whole=False, is_trial=False)


async def test_a_mail_from_what_several_read_shows_no_tickets_of_one(town):
    await olena_in_telegram(town)
    known = len(town.heard("email", TEAM))
    await town.vouched_mail(f"Ivan <{TEAM}>", "status", "What is the status of my tickets?")
    assert "KASSANDRA" not in str(town.heard("email", TEAM)[known:])
