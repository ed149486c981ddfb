"""What is special about mail: threads and tokens name the ticket, machines get no card."""

from dataclasses import replace
from datetime import timedelta

import pytest

from intake.decisions import CardStep
from intake.messages import AutomaticKind, MessageKind
from intake.tickets import Author, Status
from tests.intake.cast import DIALOGUE, MAILBOX, NOW, a_situation, a_ticket, says

LAST = {"asset": "INV-20418", "started": "2026-11-23"}


def writes(**more):
    return says("The printer on floor 3 shows E5", address=MAILBOX, subject="Printer", **more)


def opened(count, minutes_ago=5):
    at = NOW - timedelta(minutes=minutes_ago)
    return [a_ticket(2000 + n, address=MAILBOX, created_at=at) for n in range(count)]


def decide(situation, message):
    return DIALOGUE.decide(situation, message, NOW)


@pytest.mark.parametrize(
    ("tickets", "card"),
    [
        (opened(9), CardStep.SHOW),
        (opened(10), CardStep.NONE),
        (opened(15, minutes_ago=61), CardStep.SHOW),
        ([replace(one, card_id=None) for one in opened(15)], CardStep.SHOW),
    ],
)
def test_from_ten_cards_in_an_hour_on_a_mail_opens_its_ticket_in_silence(tickets, card):
    decision = decide(a_situation(*tickets), writes())
    assert decision.opens is not None
    assert decision.card is card


@pytest.mark.parametrize("kind", [k for k in AutomaticKind if k is not AutomaticKind.NO])
def test_a_machines_mail_is_kept_and_answered_by_nobody(kind):
    new = decide(a_situation(), writes(automatic=kind))
    assert (new.opens is not None, new.card, new.says) == (True, CardStep.NONE, ())
    solved = a_ticket(status=Status.SOLVED, waits_for_agent=False)
    more = decide(a_situation(named_ticket=solved), writes(automatic=kind))
    assert more.keeps_message
    assert (more.ticket.status, more.ticket.waits_for_agent) == (Status.SOLVED, False)
    assert (more.card, more.says) == (CardStep.NONE, ())


def answering(**more):
    """The last answers that a card by mail waits for."""
    asking = a_ticket(address=MAILBOX, asked=("asset", "started"))
    words = "1. INV-20418\n2. since this morning"
    given = {"address": MAILBOX, "subject": "Re: Printer", **more}
    return decide(a_situation(asking, named_ticket=asking), says(words, **given))


def test_complete_answers_by_mail_are_thanked_for_once():
    decision = answering()
    assert decision.ticket.is_complete
    assert [say.template for say in decision.says] == ["complete"]
    again = says("1. INV-20418", address=MAILBOX)
    done = decision.ticket
    assert decide(a_situation(done, named_ticket=done), again).says == ()


def test_a_machines_answers_and_those_of_a_form_are_not_thanked_for_by_mail():
    assert answering(automatic=AutomaticKind.REPLY).says == ()
    asking = a_ticket(address=MAILBOX)
    page = says("", kind=MessageKind.FORM, answers=LAST, proven_ticket=1042)
    decision = decide(a_situation(asking, proven_ticket=asking), page)
    assert (decision.ticket.is_complete, decision.says) == (True, ())


def from_closed(**more):
    situation = a_situation()
    closed = replace(situation.handle, address=MAILBOX, is_reachable=False)
    return decide(replace(situation, handle=closed), writes(**more))


def test_who_writes_again_after_a_refusal_can_be_reached_again():
    assert from_closed().is_reachable is True
    assert from_closed(automatic=AutomaticKind.REPLY).is_reachable is True
    assert decide(a_situation(), writes()).is_reachable is None


def test_a_report_of_failure_opens_no_address_again():
    assert from_closed(automatic=AutomaticKind.BOUNCE).is_reachable is None


def test_a_report_about_our_mail_is_not_the_requesters_word():
    ticket = a_ticket(person_id=2)
    decision = decide(a_situation(proven_ticket=ticket), writes(automatic=AutomaticKind.BOUNCE))
    assert decision.ticket.id == ticket.id
    assert decision.author is Author.OTHER


def test_our_own_token_is_believed_before_the_thread():
    token, thread = a_ticket(1), a_ticket(2)
    situation = a_situation(named_ticket=thread, proven_ticket=token)
    assert decide(situation, writes()).ticket.id == 1
    closed = a_situation(named_ticket=thread, proven_ticket=replace(token, status=Status.CLOSED))
    assert decide(closed, writes()).ticket.id == 2
    anothers = a_situation(named_ticket=thread, proven_ticket=replace(token, person_id=2))
    assert decide(anothers, writes()).ticket.id == 2
