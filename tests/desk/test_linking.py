"""One person on many channels: how each is linked, what that joins, and how it is undone.

Steps are what the person does for it: taps, and words written.
"""

from dataclasses import replace

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bots.portal.receive import portal_app
from intake.links import Found
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


async def linked(town):
    await town.mail(MAIL, "The printer is broken")
    await town.telegram(OLENA, text="my mouse is broken")
    await town.share(OLENA, PHONE)


async def owners(town):
    """Of each ticket the person's name."""
    page = await town.desk.listing.tickets("all", 1)
    tickets = [await town.desk.listing.ticket(line.id) for line in page.lines]
    return {ticket.id: ticket.requester for ticket in tickets}


async def test_the_person_is_told_where_they_were_known_and_can_undo_it_there(town):
    await linked(town)
    told = town.heard("email", MAIL)[-1]
    assert "A chat in Telegram was connected with you" in told
    url, key = "https://desk.example.org/form/link/", told.split("/form/link/")[1].split()[0]
    assert url in told
    assert await town.person_of("telegram", OLENA) == await town.person_of("email", MAIL)
    number, _, key = key.partition(".")
    assert await town.desk.links.answer(int(number), key, is_so=False) == "link_undone"
    await town.work()
    assert await town.person_of("telegram", OLENA) != await town.person_of("email", MAIL)
    assert "on its own again" in town.heard("telegram", OLENA)[-1]


async def test_undoing_splits_what_was_joined_and_what_came_after_stays_where_it_came_from(town):
    await linked(town)
    await town.telegram(OLENA, text="I need a new headset please")
    await town.mail(MAIL, "The monitor flickers")
    before = await owners(town)
    assert len(set(before.values())) == 1
    await town.tap(OLENA, town.button("telegram", OLENA, "unlink"))
    telegram, mail = await town.person_of("telegram", OLENA), await town.person_of("email", MAIL)
    assert telegram.id != mail.id
    for number in before:
        ticket = await town.desk.listing.ticket(number)
        own = telegram if ticket.address.channel == "telegram" else mail
        assert ticket.person_id == own.id
    await town.telegram(OLENA, text="status?")
    heard = town.heard("telegram", OLENA)[-1]
    assert "mouse" in heard
    assert "printer" not in heard


async def test_a_link_stands_on_the_timelines_of_what_it_moved(town):
    await linked(town)
    timeline = await town.desk.listing.timeline(1002)
    assert [entry.change.what for entry in timeline if entry.change][-1] == "linked"
    await town.tap(OLENA, town.button("telegram", OLENA, "unlink"))
    timeline = await town.desk.listing.timeline(1002)
    assert [entry.change.what for entry in timeline if entry.change][-1] == "unlinked"


async def test_an_undone_link_is_over_and_so_are_its_buttons(town):
    await linked(town)
    undo = town.button("telegram", OLENA, "unlink")
    await town.tap(OLENA, undo)
    person = await town.person_of("telegram", OLENA)
    await town.tap(OLENA, undo)
    assert await town.person_of("telegram", OLENA) == person
    assert await town.links() == []


async def test_what_was_told_in_a_chat_is_known_by_mail_until_the_link_is_undone(town):
    """A chat is one person's, so that its answers are good for all their channels."""
    mailbox = f"Olena Kovalenko <{MAIL}>"
    await town.mail(mailbox, "The printer is broken")
    await town.telegram(OLENA, text="my laptop is slow")
    await town.telegram(OLENA, text="NB-0442, Windows 11, since this morning")
    await town.share(OLENA, PHONE)
    await town.mail(mailbox, "My laptop does not start", "My laptop does not start since today.")
    newest = await town.desk.listing.ticket(1003)
    assert newest.answers["asset"] == "NB-0442"
    assert "asset" in newest.assumed
    await town.tap(OLENA, town.button("telegram", OLENA, "unlink"))
    await town.mail(mailbox, "The laptop is broken again", "The laptop is broken again.")
    assert "asset" not in (await town.desk.listing.ticket(1004)).answers


async def test_nobody_else_can_tap_the_button_of_a_link(town):
    await linked(town)
    await town.telegram(IVAN, text="hello", name="Ivan")
    await town.tap(IVAN, town.button("telegram", OLENA, "unlink"))
    assert len(await town.links()) == 1


@pytest.mark.parametrize("mail", [MAIL, "nobody@firma.example", "petro@elsewhere.example"])
async def test_whether_an_address_is_known_nobody_is_told(town, mail):
    await town.telegram(IVAN, name="Ivan", text=f"link {mail}")
    first = town.heard("telegram", IVAN)
    for guess in ("1111 1111", "22222222"):
        await town.telegram(IVAN, name="Ivan", text=guess)
    assert first == [
        "If I know this address, a code is on its way to the work mailbox."
        " Type it here within ten minutes."
    ]
    assert town.heard("telegram", IVAN)[1:] == [
        "That is not the code. You have 4 tries left.",
        "That is not the code. You have 3 tries left.",
    ]


async def test_codes_are_few_for_a_chat_and_for_a_mailbox(town):
    for _ in range(5):
        await town.telegram(IVAN, name="Ivan", text=f"link {MAIL}")
    assert len(town.heard("email", MAIL)) == 3
    assert "Too many tries" in town.heard("telegram", IVAN)[-1]
    for person in range(600, 609):
        await town.telegram(person, text=f"link {MAIL}")
    assert len(town.heard("email", MAIL)) == 10
    assert "Too many tries" in town.heard("telegram", 608)[-1]
    town.clock.advance(3601)
    await town.telegram(OLENA, text=f"link {MAIL}")
    assert len(town.heard("email", MAIL)) == 11


async def test_no_chats_at_all_keep_codes_from_who_has_a_link_from_the_mailbox(town):
    strangers = range(600, 605)
    for person in strangers:
        await town.telegram(person, text="/start")
    town.clock.advance(86_401)
    await town.mail(MAIL, "The projector shows no picture")
    for person in (*strangers, *strangers, *strangers):
        await town.telegram(person, text=f"link {MAIL}")
    await town.telegram(OLENA, text=f"link {MAIL}")
    assert "Too many tries" in town.heard("telegram", OLENA)[-1]
    await town.telegram(OLENA, text=f"/start {town.token(MAIL)}")
    await town.telegram(OLENA, text=town.code(MAIL))
    assert "is connected with you" in town.heard("telegram", OLENA)[-1]


@pytest.mark.parametrize("mail", [MAIL, "nobody@firma.example"])
async def test_no_throw_away_chats_keep_codes_from_a_chat_that_is_known(town, mail):
    await town.telegram(OLENA, text="/start")
    town.clock.advance(86_401)
    for person in range(600, 611):
        await town.telegram(person, text=f"link {mail}")
    assert "Too many tries" in town.heard("telegram", 610)[-1]
    await town.telegram(OLENA, text=f"link {mail}")
    assert "a code is on its way" in town.heard("telegram", OLENA)[-1]
    assert len(town.heard("email", mail)) == (11 if mail == MAIL else 0)


async def test_of_two_chats_that_opened_one_link_the_first_code_counts(town):
    await town.mail(MAIL, "The printer is broken")
    token, codes = town.token(MAIL), []
    for who in (501, 502):
        await town.telegram(who, text=f"/start {token}")
        codes.append(town.code(MAIL))
    await town.telegram(501, text=codes[0])
    await town.telegram(502, text=codes[1])
    linked = await town.person_of("email", MAIL)
    assert [(await town.person_of("telegram", who)).id == linked.id for who in (501, 502)] == [
        True,
        False,
    ]


async def test_a_followed_link_and_the_code_from_where_it_came_are_two_steps(town):
    await town.mail(MAIL, "The printer is broken")
    token = town.token(MAIL)
    await town.telegram(OLENA, text=f"/start {token}")
    await town.telegram(OLENA, text=town.code(MAIL))
    assert await town.person_of("telegram", OLENA) == await town.person_of("email", MAIL)
    await town.telegram(IVAN, name="Ivan", text=f"/start {token}")
    assert "no longer counts" in town.heard("telegram", IVAN)[-1]


async def test_the_token_of_a_link_stands_on_no_ticket(town):
    await town.mail(MAIL, "The printer is broken")
    token = town.token(MAIL)
    await town.telegram(OLENA, text=f"/start {token}")
    await town.telegram(OLENA, text="my mouse is broken")
    timeline = await town.desk.listing.timeline(1002)
    assert token not in str(timeline)


async def test_what_an_agent_proposes_moves_nothing_before_the_persons_yes(town):
    marek = await town.desk.agents.add("marek", "Marek Novák", "-", "en")
    await town.mail(MAIL, "The printer is broken")
    await town.telegram(OLENA, text="my mouse is broken")
    mail = await town.person_of("email", MAIL)
    chat = await town.person_of("telegram", OLENA)
    async with town.desk.store.work() as work:
        [handle] = await work.handles_of(chat.id)
    await town.desk.links.propose(marek, handle.id, Found(name="", person_id=mail.id))
    await town.work()
    assert await town.person_of("telegram", OLENA) == chat
    told = town.heard("email", MAIL)[-1]
    assert "Marek Novák of the help desk thinks that a chat in Telegram is yours" in told
    number, _, key = told.split("/form/link/")[1].split()[0].partition(".")
    assert await town.desk.links.answer(int(number), key, is_so=True) == "link_agreed"
    await town.work()
    assert (await town.person_of("telegram", OLENA)).id == mail.id
    await town.desk.links.undo(marek, int(number))
    assert await town.person_of("telegram", OLENA) == chat


async def test_the_page_from_the_mail_undoes_when_its_button_is_pressed_and_not_before(town):
    await linked(town)
    link = town.heard("email", MAIL)[-1].split("/form/link/")[1].split()[0]
    async with TestClient(TestServer(portal_app(town.desk.portal()))) as browser:
        page = await (await browser.get(f"/link/{link}")).text()
        assert "A chat is connected with you" in page
        assert len(await town.links()) == 1
        forged = await browser.post(f"/link/{link[:-1]}", data={"answer": "no"})
        assert forged.status == 404
        assert len(await town.links()) == 1
        done = await browser.post(f"/link/{link}", data={"answer": "no"})
        assert "It is undone" in await done.text()
        assert await town.links() == []
        again = await browser.get(f"/link/{link}")
        assert "This no longer counts" in await again.text()
        for wrong in ("x", "1", "1.", "٣.x", f"{10**30}.x", ".x"):
            assert (await browser.get(f"/link/{wrong}")).status == 404


async def test_whoever_is_sent_somebody_elses_link_is_asked_for_a_code_they_do_not_have(town):
    """Ivan has his own link tapped by Olena, who would show him her tickets."""
    await town.mail("ivan@firma.example", "My screen is dark")
    await town.telegram(OLENA, text="the salary list does not open")
    await town.telegram(OLENA, text=f"/start {town.token('ivan@firma.example')}")
    assert "A code is on its way to where this link came from" in town.heard("telegram", OLENA)[-1]
    assert await town.links() == []


async def test_undoing_goes_by_where_a_ticket_came_from_though_an_agent_went_on_elsewhere(town):
    await linked(town)
    mail, chat = [await town.desk.listing.ticket(number) for number in (1001, 1002)]
    async with town.desk.store.work() as work:  # each is answered at the other's place
        for ticket, place in ((mail, chat.address), (chat, mail.address)):
            await work.save_ticket(replace(ticket, address=place))
    await town.tap(OLENA, town.button("telegram", OLENA, "unlink"))
    for before in (mail, chat):
        after = await town.desk.listing.ticket(before.id)
        assert after.address == before.address
        owner = await town.person_of(after.address.channel, after.address.external_id)
        assert after.person_id == owner.id
