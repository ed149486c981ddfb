"""What is special about mail: threads and tokens name the ticket, machines get no card."""

from dataclasses import replace
from datetime import timedelta

import pytest

from intake.decisions import CardStep
from intake.messages import AutomaticKind
from intake.tickets import Author, Status
from tests.intake.cast import DIALOGUE, MAILBOX, NOW, a_situation, a_ticket, says


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
