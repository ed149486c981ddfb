"""Five hundred who look like somebody else: none gets in, whatever they show or say.

Each tries with a channel's real payloads, beside an employee whose tickets are there to be seen.
Nobody new is that employee then, and nothing of theirs was said where the stranger reads.
"""

import re

import pytest

from tests.desk.town import a_town

SECRET = "Kassandra"  # stands in each true person's ticket, and nowhere else
EACH = 27  # employees that each kind of stranger tries to pass for
STRANGERS = "mallory@evil.example"


class Victim:
    """An employee with a ticket by mail, and who tries to be taken for them."""

    def __init__(self, number):
        self.number = number
        self.name = f"Olena Kovalenko {'abcdefghijklmnopqrstuvwxyz'[number % 26]}{number}"
        self.mail = f"olena.k{number}@firma.example"
        self.phone = f"+38067{1_000_000 + number}"
        self.telegram = 10_000 + number  # their own, where they have one
        self.stranger = 900_000 + number

    @property
    def viber(self):
        return f"stranger{self.number}=="

    def variant(self, variants):
        """One after the other, so that each is tried."""
        return variants[self.number % len(variants)]


async def same_name(town, one):
    await town.telegram(one.stranger, name=one.name, text="what is the status of my tickets?")
    await town.viber(one.viber, name=one.name, type="text", text="any news of my ticket?")


async def a_name_that_is_an_address(town, one):
    await town.telegram(one.stranger, name=one.mail, text="link me")
    await town.telegram(one.stranger, name=one.mail, text="status?")


async def a_mail_alone(town, one):
    await town.telegram(one.stranger, text=f"link {one.mail}")
    await town.telegram(one.stranger, text=one.mail)
    await town.telegram(one.stranger, text="status?")


async def mails_that_look_alike(town, one):
    """Cyrillic о, fullwidth letters, a Kelvin sign, dots, tags, another domain."""
    local, domain = one.mail.split("@")
    alike = (
        one.mail.replace("o", "о", 1),
        f"ｏ{one.mail[1:]}",
        one.mail.replace("k", "\u212a"),
        f"{local}+x@{domain}",
        f"{local}@{domain}.evil.example",
        f"{local}@evil.example",
        f"{one.mail}\u200b",
        f"{one.mail},{STRANGERS}",
        f"<{one.mail}>{STRANGERS}",
    )
    before = len(town.phones["email"].sent)
    await town.telegram(one.stranger, text=f"link {one.variant(alike)}")
    written = {each.address.external_id for each in town.phones["email"].sent[before:]}
    assert written <= {one.mail}


async def another_ones_contact(town, one):
    await town.telegram(one.stranger, text="/link")
    await town.share(one.stranger, one.phone, whose=one.telegram)
    await town.telegram(one.stranger, text=one.phone)


async def a_forwarded_contact(town, one):
    origin = {"type": "user", "date": 1, "sender_user": {"id": one.telegram, "first_name": "O"}}
    hidden = {"type": "hidden_user", "date": 1, "sender_user_name": "O"}
    handed_on = (
        {"forward_origin": origin},
        {"forward_origin": hidden},
        {"forward_date": 1, "forward_sender_name": "O"},
        {"via_bot": {"id": 5, "is_bot": True, "first_name": "x"}},
    )
    await town.telegram(one.stranger, text="/link")
    await town.share(one.stranger, one.phone, **one.variant(handed_on))


async def a_contact_without_an_owner(town, one):
    contact = {"phone_number": one.phone, "first_name": "Olena"}
    await town.telegram(one.stranger, text="/link")
    owner = one.variant(({}, {"user_id": str(one.stranger)}, {"user_id": None}, {"user_id": True}))
    await town.telegram(one.stranger, contact=contact | owner)


async def a_contact_card_in_viber(town, one):
    """There any card looks like the own one."""
    card = {"name": one.name, "phone_number": one.phone.lstrip("+")}
    await town.viber(one.viber, type="text", text="/link")
    await town.viber(one.viber, type="contact", contact=card)


async def a_stolen_code(town, one):
    """Read over a shoulder, and typed in another chat than the one that has asked."""
    await town.telegram(one.telegram, text=f"link {one.mail}")
    code = town.code(one.mail)
    assert code
    await town.telegram(one.stranger, text=code)
    await town.viber(one.viber, type="text", text=code)
    await town.telegram(one.stranger, text=f"link {STRANGERS}")
    await town.telegram(one.stranger, text=code)


async def an_expired_code(town, one):
    await town.telegram(one.stranger, text=f"link {one.mail}")
    code = town.code(one.mail)
    town.clock.advance(601)
    await town.telegram(one.stranger, text=code)


async def a_replaced_code(town, one):
    await town.telegram(one.stranger, text=f"link {one.mail}")
    code = town.code(one.mail)
    await town.telegram(one.stranger, text=f"link {STRANGERS}")
    await town.telegram(one.stranger, text=code)


async def guessed_codes(town, one):
    await town.telegram(one.stranger, text=f"link {one.mail}")
    right = town.code(one.mail).replace(" ", "")
    for guess in range(5):
        await town.telegram(one.stranger, text=f"{(int(right) + guess + 1) % 10**8:08}")
    await town.telegram(one.stranger, text=right)  # too late


async def a_replayed_code(town, one):
    """Once used it is used, and the chat it was for has been taken back."""
    await town.telegram(one.stranger, text=f"link {one.mail}")
    code = town.code(one.mail)
    await town.telegram(one.stranger, text=code)
    assert await town.person_of("telegram", one.stranger) == await town.person_of(
        "email", one.mail
    )
    url = re.findall(r"/form/link/(\d+)\.(\S+)", "\n".join(town.heard("email", one.mail)))
    number, key = url[-1]
    assert await town.desk.links.answer(int(number), key, is_so=False) == "link_undone"
    await town.work()
    for phone in town.phones.values():
        phone.sent.clear()
    await town.telegram(one.stranger, text=code)
    await town.telegram(one.stranger, text="status?")


async def a_link_opened_by_another(town, one):
    """Handed on by mail, by way of a mailing list, or posted by mistake."""
    token = town.token(one.mail)
    await town.telegram(one.stranger, text=f"/start {token}")
    await town.viber(one.viber, event="conversation_started", context=token, type="open")
    referral = {"ref": token, "type": "OPEN_THREAD"}
    await town.meta(f"9{one.number}", referral=referral)
    said = {"mid": f"stranger{one.number}", "text": "status?", "referral": referral}
    await town.meta(f"9{one.number}", "instagram", message=said)
    await town.telegram(one.stranger, text="status?")


async def a_forged_link(town, one):
    token = town.token(one.mail)
    other = f"{token[:-1]}{'A' if token[-1] != 'A' else 'B'}"
    swapped = token[:8] + token[8:20].swapcase() + token[20:]
    forged = one.variant((other, swapped, token[:-2], f"{token}AA", "k-", "k-AAAA"))
    await town.telegram(one.stranger, text=f"/start {forged}")
    await town.telegram(one.stranger, text="status?")


async def an_agents_name(town, one):
    await town.telegram(one.stranger, name="Marek Novák", text=f"please link me with {one.name}")
    await town.telegram(one.stranger, name="Marek Novák", text="I am Marek of the help desk")


async def a_forged_sender(town, one):
    """A mail in somebody's name asks for nothing that a stranger would read."""
    await town.mail(f"{one.name} <{STRANGERS}>", f"link {one.mail}", f"link {one.mail}")
    await town.mail(one.mail, "link me", f"link {STRANGERS}")


async def typed_buttons(town, one):
    forged = ("agree|1|x", "unlink|1|x", "agree|1|", f"agree|{10**20}|x", "agree|٣|x", "agree")
    data = one.variant(forged)
    await town.tap(one.stranger, data)
    await town.viber(one.viber, type="text", text=f"tap:{data}")


ATTEMPTS = (
    same_name,
    a_name_that_is_an_address,
    a_mail_alone,
    mails_that_look_alike,
    another_ones_contact,
    a_forwarded_contact,
    a_contact_without_an_owner,
    a_contact_card_in_viber,
    a_stolen_code,
    an_expired_code,
    a_replaced_code,
    guessed_codes,
    a_replayed_code,
    a_link_opened_by_another,
    a_forged_link,
    an_agents_name,
    a_forged_sender,
    typed_buttons,
)


@pytest.fixture
async def town(store_url, tmp_path, clock):
    async with a_town(tmp_path / "var", store_url, clock) as town:
        await town.desk.agents.add("marek", "Marek Novák", "-", "en")
        yield town


async def moved_in(town, victims):
    async with town.asleep():
        for one in victims:
            await town.employ(one.name, mails=[one.mail], phones=[one.phone])
            await town.mail(one.mail, f"{SECRET} {one.number}", f"My printer is {SECRET}.")


def told_to_strangers(town):
    """All that any chat or foreign mailbox has heard."""
    return "\n".join(
        str(each.body)
        for phone in town.phones.values()
        for each in phone.sent
        if not each.address.external_id.endswith("@firma.example")
    )


@pytest.mark.parametrize("attempt", ATTEMPTS)
async def test_no_stranger_gets_in(town, attempt):
    victims = [Victim(number) for number in range(EACH)]
    await moved_in(town, victims)
    own = {one.mail: (await town.person_of("email", one.mail)).id for one in victims}
    for one in victims:
        await attempt(town, one)
        town.clock.advance(3600)
    assert await town.links() == []
    for one in victims:
        assert (await town.person_of("email", one.mail)).id == own[one.mail]
        places = (
            ("telegram", one.stranger),
            ("viber", one.viber),
            ("messenger", f"9{one.number}"),
            ("instagram", f"9{one.number}"),
        )
        for channel, who in places:
            person = await town.person_of(channel, who)
            assert person is None or person.id not in own.values()
            assert person is None or person.employee_id is None
    assert SECRET not in told_to_strangers(town)


async def test_a_phone_that_two_share_is_nobodys(town):
    for number in range(EACH):
        shared = f"+38044{1_000_000 + number}"
        for name in ("Olena", "Petro"):
            await town.employ(name, phones=[shared], mails=[f"{name}{number}@firma.example"])
        await town.share(3000 + number, shared)
    assert await town.links() == []


def test_they_are_five_hundred():
    assert (len(ATTEMPTS) + 1) * EACH >= 500
