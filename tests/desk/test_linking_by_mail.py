"""A mail from the work mailbox of somebody known in a chat: theirs where our server says so.

Anybody can write another's address at the head of a mail, so that is all that counts.
"""

import pytest

from tests.desk.town import SERVER, VOUCHED, a_town

MAIL, SECOND, PHONE = "olena@firma.example", "o.kovalenko@firma.example", "+380671234567"
OLENA = 501
EACH = 27  # employees that are tried to be passed for in each way
RESULTS = "Authentication-Results"


@pytest.fixture
async def town(store_url, tmp_path, clock):
    async with a_town(tmp_path / "var", store_url, clock) as town:
        yield town


@pytest.fixture
async def olena(town):
    """Known in Telegram by a code that was read in a mailbox which has not written yet."""
    await town.employ("Olena Kovalenko", mails=[MAIL, SECOND], phones=[PHONE])
    await town.telegram(OLENA, text=f"link {MAIL}")
    await town.telegram(OLENA, text=town.code(MAIL))
    await town.telegram(OLENA, text="my mouse is broken")
    return await town.person_of("telegram", OLENA)


@pytest.mark.parametrize("mailbox", [MAIL, SECOND])
async def test_the_first_vouched_mail_is_the_same_persons(town, olena, mailbox):
    await town.vouched_mail(mailbox, "The printer is broken")
    assert await town.person_of("email", mailbox) == olena
    await town.telegram(OLENA, text="status?")
    heard = town.heard("telegram", OLENA)[-1]
    assert "mouse" in heard
    assert "printer" in heard


async def test_a_domain_in_letters_is_the_same_as_it_stands_in_mails(town):
    await town.employ("Olena Kovalenko", mails=["olena@фірма.укр"])
    await town.telegram(OLENA, text="link olena@xn--80axlp4g.xn--j1amh")
    await town.telegram(OLENA, text=town.code("olena@фірма.укр"))
    domain = "xn--80axlp4g.xn--j1amh"
    vouched = f"{SERVER}; dmarc=pass header.from={domain}"
    await town.mail(f"olena@{domain}", "The printer is broken", **{RESULTS: vouched})
    await town.telegram(OLENA, text="status?")
    assert "printer" in town.heard("telegram", OLENA)[-1]


async def test_the_person_is_told_in_the_chat_and_what_is_undone_stays_undone(town, olena):
    await town.vouched_mail(MAIL, "The printer is broken")
    told = town.heard("telegram", OLENA)[-1]
    assert f"The mailbox {MAIL} was connected with you" in told
    assert not any("The mailbox" in words for words in town.heard("email", MAIL))
    await town.tap(OLENA, town.button("telegram", OLENA, "unlink"))
    assert "This mailbox is on its own again" in town.heard("email", MAIL)[-1]
    await town.vouched_mail(MAIL, "The scanner is broken")
    assert await town.person_of("email", MAIL) != olena
    await town.telegram(OLENA, text="status?")
    assert "scanner" not in town.heard("telegram", OLENA)[-1]


async def test_what_came_unvouched_before_comes_along_once_a_mail_is_vouched_for(town, olena):
    await town.mail(MAIL, "The printer is broken")
    assert await town.person_of("email", MAIL) != olena
    await town.vouched_mail(MAIL, "The scanner is broken")
    assert await town.person_of("email", MAIL) == olena
    timeline = await town.desk.listing.timeline(1002)
    assert [entry.change.what for entry in timeline if entry.change][-1] == "linked"


async def test_who_is_known_nowhere_else_stays_whoever_writes(town):
    await town.employ("Olena Kovalenko", mails=[MAIL])
    await town.vouched_mail(MAIL, "The printer is broken")
    assert await town.links() == []
    assert await town.employee_of("email", MAIL) is None


async def test_a_machine_in_the_mailbox_links_nothing(town, olena):
    reply = {RESULTS: VOUCHED, "Auto-Submitted": "auto-replied"}
    await town.mail(MAIL, "Out of office", "I am away.", **reply)
    assert len(await town.links()) == 1  # the chat's own


async def test_whose_an_unproven_address_may_be_agents_are_told(town, olena):
    await town.mail(MAIL, "The printer is broken")
    writer = await town.person_of("email", MAIL)
    probably = await town.desk.listing.probably(writer.id)
    assert (probably.name, probably.person_id) == ("Olena Kovalenko", olena.id)
    assert await town.desk.listing.probably(olena.id) is None
    await town.employ("Petro", mails=[MAIL])
    assert await town.desk.listing.probably(writer.id) is None  # it is two people's now


# Look-alikes: each has its address in From, and what our server did not say.
FORGED = {
    "nothing is said": {},
    "another server says so": {RESULTS: VOUCHED.replace(SERVER, "mx.evil.example")},
    "a name that begins alike": {RESULTS: VOUCHED.replace(SERVER, f"{SERVER}.evil.example")},
    "ours says no": {RESULTS: f"{SERVER}; dmarc=fail header.from=firma.example"},
    "the envelope alone": {RESULTS: f"{SERVER}; spf=pass smtp.mailfrom=firma.example"},
    "another domain signed": {RESULTS: f"{SERVER}; dkim=pass header.d=evil.example"},
    "a domain below": {RESULTS: f"{SERVER}; dkim=pass header.d=x.firma.example"},
    "a comment says so": {RESULTS: f"{SERVER} (dmarc=pass header.from=firma.example); dmarc=none"},
    "an older field below": {
        RESULTS: f"{SERVER}; dmarc=fail header.from=firma.example",
        RESULTS.lower(): VOUCHED,
    },
    "two senders": {"FROM": "mallory@evil.example", RESULTS: VOUCHED},
    "somebody else logged in": {RESULTS: f"{SERVER}; auth=pass smtp.auth=mallory@firma.example"},
}
ALIKE = ("ｏ{}", "о{}", "x+{}", "{}.evil.example", "x.{}")


def victim(number):
    return f"petro.k{number}@firma.example", f"+38067{2_000_000 + number}", 20_000 + number


async def moved_in(town):
    """Each is known in Telegram by their number, and has never written a mail."""
    victims, known = [victim(number) for number in range(EACH)], {}
    async with town.asleep():
        for mail, phone, who in victims:
            await town.employ(f"Petro {who}", mails=[mail], phones=[phone])
            await town.telegram(who, text="/link")
    async with town.asleep():
        for _, phone, who in victims:
            await town.share(who, phone)
    for mail, _, who in victims:
        known[mail] = await town.person_of("telegram", who)
        assert known[mail].employee_id is not None
    return known


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
async def test_no_mail_that_our_server_does_not_vouch_for_becomes_theirs(town, forged):
    known = await moved_in(town)
    before = await town.links()
    for mail in known:
        await town.mail(mail, "The salary list", **forged)
        await check_apart(town, mail, known[mail])
        town.clock.advance(60)
    assert await town.links() == before


async def test_no_address_that_looks_alike_becomes_theirs(town):
    known = await moved_in(town)
    before = await town.links()
    for number, mail in enumerate(known):
        alike = ALIKE[number % len(ALIKE)].format(mail)
        await town.vouched_mail(alike, "The salary list")
        domain = alike.rpartition("@")[2]
        results = f"{SERVER}; dmarc=pass header.from={domain}"
        await town.mail(alike, "The salary list", **{RESULTS: results})
    assert await town.links() == before


async def test_a_mailbox_that_two_have_is_nobodys(town):
    known = await moved_in(town)
    before = await town.links()
    for number, mail in enumerate(known):
        await town.employ(f"Ivan {number}", mails=[mail])
        await town.vouched_mail(mail, "The salary list")
        await check_apart(town, mail, known[mail])
    assert await town.links() == before


async def check_apart(town, mail, person):
    writer = await town.person_of("email", mail)
    assert writer is None or (writer.id != person.id and writer.employee_id is None)


def test_they_are_three_hundred_more():
    assert (len(FORGED) + 2) * EACH >= 300
