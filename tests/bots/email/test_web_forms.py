"""Who filled in a web form elsewhere is the requester; Reply-To of anybody else names nobody."""

import pytest

from intake.errors import Unreadable
from intake.messages import AutomaticKind
from tests.bots.email.mailroom import OLENA, OURS, REPLY_TO, SUPPORT

FORM = "Web form <noreply@firma.example>"


@pytest.mark.parametrize(
    "sender", [FORM, f"Support <{SUPPORT}>", "no-reply+web@www.firma.example", "web@shop.example"]
)
def test_a_web_forms_mail_is_of_whoever_filled_it_in(room, sender):
    message = room.take(person=sender, headers={"Reply-To": OLENA})
    assert message.address.external_id == "olena@firma.example"
    assert message.sender.name == "Олена Коваленко"
    assert message.automatic is AutomaticKind.NO


def test_a_web_forms_mail_comes_to_an_old_ticket_by_a_token_alone(room):
    parts = {"person": FORM, "headers": {"Reply-To": OLENA}, "subject": "Re: Printer [#1042]"}
    message = room.take(**parts, in_reply_to="<x@firma.example>")
    assert (message.thread, message.claimed_ticket, message.proven_ticket) == ((), None, None)
    assert room.take(**parts, to=(REPLY_TO,)).proven_ticket == 1042


@pytest.mark.parametrize(
    ("sender", "reply_to"),
    [
        ("Ivan <ivan@firma.example>", OLENA),
        (FORM, f"{OLENA}, ivan@firma.example"),
        (FORM, "noreply@other.example"),
        (FORM, SUPPORT),
        (FORM, REPLY_TO),
    ],
)
def test_a_reply_to_of_anybody_else_names_no_requester(room, sender, reply_to):
    message = room.take(person=sender, headers={"Reply-To": reply_to})
    assert message.address.external_id in ("ivan@firma.example", "noreply@firma.example")


@pytest.mark.parametrize("evil", ["noreply@evil.example", "noreply@evilfirma.example"])
def test_a_no_reply_address_of_anywhere_lets_nobody_write_in_anothers_name(room, evil):
    message = room.take(person=evil, headers={"Reply-To": OLENA}, in_reply_to=OURS)
    assert (message.address.external_id, message.proven_ticket) == (evil, 1042)
    assert message.automatic is AutomaticKind.BULK
    assert message.facts["reply_to"] == "olena@firma.example"


def test_no_reply_of_the_writers_own_organisation_is_believed(room):
    reply_to = {"Reply-To": "olena@club.example"}
    message = room.take(person="noreply@web.club.example", headers=reply_to)
    assert message.address.external_id == "olena@club.example"
    assert "reply_to" not in message.facts


def test_a_mail_of_our_own_stays_one_whatever_it_asks_to_be_answered_to(room):
    with pytest.raises(Unreadable):
        room.take(person=SUPPORT, headers={"Reply-To": OLENA, "X-Firstline-Loop": SUPPORT})
    with pytest.raises(Unreadable):
        room.take(person=SUPPORT, headers={"Reply-To": OLENA}, message_id=OURS)
