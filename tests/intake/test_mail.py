"""What is special about mail: threads and tokens name the ticket, machines get no card."""

from dataclasses import replace
from datetime import timedelta

import pytest

from intake.decisions import CardStep
from intake.dialogue import Dialogue
from intake.directory import Employee
from intake.messages import AutomaticKind, Failure, MessageKind
from intake.speech import DeliveryState
from intake.tickets import Author, Status
from tests.intake.cast import (
    DIALOGUE,
    FORMS,
    MAILBOX,
    NOW,
    READER,
    TRAITS,
    a_situation,
    a_ticket,
    an_entry,
    says,
)

LAST = {"asset": "INV-20418", "started": "2026-11-23"}


def writes(**more):
    return says("The printer on floor 3 shows E5", address=MAILBOX, subject="Printer", **more)


def opened(count, minutes_ago=5):
    at = NOW - timedelta(minutes=minutes_ago)
    return (at,) * count


def decide(situation, message):
    return DIALOGUE.decide(situation, message, NOW)


def accepts(subject="Accepted: Maintenance", **more):
    calendars = {"automatic": AutomaticKind.CALENDAR, **more}
    return says("", address=MAILBOX, subject=subject, **calendars)


def test_a_calendars_answer_opens_no_ticket_unless_an_agent_wants_one():
    decision = decide(a_situation(), accepts())
    assert decision.needless
    assert (decision.opens, decision.says, decision.card) == (None, (), CardStep.NONE)
    wanted = decide(a_situation(), accepts(is_requeued=True))
    assert (wanted.opens.subject, wanted.card) == ("Accepted: Maintenance", CardStep.NONE)


def test_a_calendars_word_on_an_invitation_that_opened_a_ticket_is_of_that_ticket():
    invited = a_ticket(subject="Maintenance", address=MAILBOX)
    other = a_ticket(id=1043, subject="Printer", address=MAILBOX)
    decision = decide(a_situation(other, invited), accepts("Canceled: Maintenance"))
    assert (decision.ticket.id, decision.ticket.waits_for_agent) == (invited.id, True)
    assert (decision.keeps_message, decision.needless, decision.says) == (True, "", ())
    assert decide(a_situation(other), accepts("Canceled: Maintenance")).needless


@pytest.mark.parametrize(
    ("carded_at", "card"),
    [
        (opened(9), CardStep.SHOW),
        (opened(10), CardStep.NONE),
        (opened(15, minutes_ago=61), CardStep.SHOW),
    ],
)
def test_from_ten_cards_in_an_hour_on_a_mail_opens_its_ticket_in_silence(carded_at, card):
    decision = decide(a_situation(carded_at=carded_at), writes())
    assert decision.opens is not None
    assert decision.card is card


def guarded(situation, message):
    """By a desk that sends at most three first cards an hour."""
    traits = {**TRAITS, "email": replace(TRAITS["email"], most_first_cards=3)}
    return Dialogue(FORMS, READER, traits).decide(situation, message, NOW)


def from_(*, is_proven):
    mail = writes()
    return replace(mail, sender=replace(mail.sender, is_proven=is_proven))


@pytest.mark.parametrize(("newcomers", "card"), [(3, CardStep.SHOW), (4, CardStep.NONE)])
def test_where_many_write_for_the_first_time_who_nobody_knows_gets_no_card(newcomers, card):
    decision = guarded(a_situation(newcomers=newcomers), from_(is_proven=False))
    assert decision.opens is not None
    assert decision.card is card


@pytest.mark.parametrize(
    ("known", "is_proven"),
    [
        ({"carded_at": opened(1)}, False),
        ({"employee": Employee(id=1, name="Olena Kovalenko")}, False),
        ({}, True),
    ],
)
def test_whom_somebody_knows_or_vouches_for_gets_a_card_amid_a_flood(known, is_proven):
    decision = guarded(a_situation(newcomers=1000, **known), from_(is_proven=is_proven))
    assert decision.card is CardStep.SHOW


OF_NO_PERSON = [k for k in AutomaticKind if not k.may_be_answered]


@pytest.mark.parametrize("kind", [k for k in OF_NO_PERSON if k is not AutomaticKind.CALENDAR])
def test_what_a_machine_may_not_answer_opens_its_ticket_in_silence(kind):
    new = decide(a_situation(), writes(automatic=kind))
    assert (new.opens is not None, new.card, new.says) == (True, CardStep.NONE, ())


@pytest.mark.parametrize(
    ("carded_at", "card"),
    [
        (opened(3), CardStep.SHOW),
        (opened(4), CardStep.NONE),
        (opened(4, minutes_ago=61), CardStep.SHOW),
    ],
)
@pytest.mark.parametrize("kind", [AutomaticKind.LIST, AutomaticKind.DOUBTFUL])
def test_where_a_machine_may_have_written_a_person_gets_four_cards_an_hour(carded_at, card, kind):
    decision = decide(a_situation(carded_at=carded_at), writes(automatic=kind))
    assert decision.opens is not None
    assert decision.card is card


@pytest.mark.parametrize("words", ["Please cancel my ticket", "It works now", "1. INV-20418"])
def test_what_a_subject_alone_brings_closes_and_answers_nothing(words):
    ticket = a_ticket(address=MAILBOX, status=Status.OPEN, waits_for_agent=False)
    decision = decide(a_situation(claimed_ticket=ticket), says(words, address=MAILBOX))
    assert (decision.ticket.status, decision.ticket.waits_for_agent) == (Status.OPEN, True)
    assert (decision.ticket.answers, decision.ticket.asked) == (ticket.answers, ticket.asked)
    assert (decision.says, decision.changes, decision.is_claimed) == ((), (), True)


@pytest.mark.parametrize("kind", [k for k in AutomaticKind if not k.is_machines_own])
@pytest.mark.parametrize("status", [Status.SOLVED, Status.PENDING])
def test_words_that_may_be_a_persons_open_a_ticket_again(kind, status):
    ticket = a_ticket(address=MAILBOX, status=status, waits_for_agent=False)
    more = says("No, it still does not work", address=MAILBOX, automatic=kind)
    decision = decide(a_situation(named_ticket=ticket), more)
    assert (decision.ticket.status, decision.ticket.waits_for_agent) == (Status.OPEN, True)
    assert [(one.before, one.after) for one in decision.changes] == [(status, Status.OPEN)]
    assert decision.author is Author.REQUESTER


@pytest.mark.parametrize("subject", ["Den me afinei", "den me afinei na mpw…"])
def test_what_a_subject_takes_over_from_the_words_is_read_once(subject):
    words = "den me afinei na mpw sto Papyros"
    opened = decide(a_situation(), says(words, address=MAILBOX, subject=subject)).opens
    assert opened.answers["symptom"] == words
    assert (opened.language, opened.subject) == ("el", subject)


@pytest.mark.parametrize("kind", [AutomaticKind.LIST, AutomaticKind.BULK])
def test_answers_with_a_lists_headers_are_read(kind):
    decision = answering(automatic=kind)
    assert decision.ticket.is_complete
    assert len(decision.says) == (1 if kind.may_be_answered else 0)


@pytest.mark.parametrize("status", [Status.SOLVED, Status.PENDING])
def test_a_colleagues_words_are_work_again_but_not_the_requesters(status):
    ticket = a_ticket(address=MAILBOX, person_id=2, status=status, waits_for_agent=False)
    decision = decide(a_situation(proven_ticket=ticket), writes())
    assert (decision.ticket.status, decision.ticket.waits_for_agent) == (Status.OPEN, True)
    assert [(one.before, one.after) for one in decision.changes] == [(status, Status.OPEN)]
    assert (decision.author, decision.says) == (Author.OTHER, ())
    assert decision.ticket.answers == ticket.answers


@pytest.mark.parametrize("kind", [k for k in AutomaticKind if k.is_machines_own])
def test_a_machines_own_words_are_kept_and_change_nothing(kind):
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


FAILURE = Failure(delivery_id=9, reason="5.1.1 user unknown", is_lasting=True)


def reported(ticket, author=Author.AGENT, state=DeliveryState.ACCEPTED):
    """What a report does about our message on the ticket."""
    ours = an_entry(ticket, author=author, delivery_id=9, delivery_state=state)
    situation = a_situation(proven_ticket=ticket, known_entry=ours)
    return decide(situation, writes(automatic=AutomaticKind.BOUNCE, failure=FAILURE))


@pytest.mark.parametrize("status", [Status.SOLVED, Status.PENDING])
def test_an_agents_answer_that_came_back_waits_for_an_agent(status):
    decision = reported(a_ticket(person_id=2, status=status, waits_for_agent=False))
    assert (decision.ticket.status, decision.ticket.waits_for_agent) == (Status.OPEN, True)
    assert [(one.before, one.after) for one in decision.changes] == [(status, Status.OPEN)]
    assert (decision.failure, decision.author) == (FAILURE, Author.OTHER)
    assert (decision.keeps_message, decision.says) == (True, ())


def test_a_bots_message_that_came_back_is_shown_but_opens_nothing():
    solved = a_ticket(person_id=2, status=Status.SOLVED, waits_for_agent=False)
    decision = reported(solved, author=Author.BOT)
    assert (decision.ticket.status, decision.ticket.waits_for_agent) == (Status.SOLVED, False)
    assert decision.failure == FAILURE
    going = reported(replace(solved, status=Status.ON_HOLD), author=Author.BOT)
    assert (going.ticket.status, going.ticket.waits_for_agent) == (Status.ON_HOLD, True)


def test_what_is_known_to_have_failed_is_no_news():
    solved = a_ticket(person_id=2, status=Status.SOLVED, waits_for_agent=False)
    decision = reported(solved, state=DeliveryState.FAILED)
    assert (decision.ticket.status, decision.failure) == (Status.SOLVED, None)
    assert decision.keeps_message


@pytest.mark.parametrize("kind", [k for k in AutomaticKind if k.is_machines_own])
def test_a_machines_own_words_open_no_ticket_beside_a_closed_one(kind):
    closed = a_ticket(status=Status.CLOSED)
    decision = decide(a_situation(proven_ticket=closed), writes(automatic=kind))
    assert (decision.opens, decision.ticket.status) == (None, Status.CLOSED)


@pytest.mark.parametrize("pointed", ["named_ticket", "proven_ticket"])
def test_an_answer_to_a_closed_ticket_opens_another_that_leads_there(pointed):
    closed = a_ticket(1016, status=Status.CLOSED)
    decision = decide(a_situation(**{pointed: closed}), writes())
    assert decision.opens is not None
    assert [(one.what, one.after) for one in decision.changes] == [("follows", "1016")]
    assert decide(a_situation(), writes()).changes == ()


@pytest.mark.parametrize(
    ("subject", "text", "trouble"),
    [
        ("Принтер зламався", "не друкує", "не друкує"),
        ("Printer broken", "does not print", "does not print"),
        ("Tlačiareň pokazená", "netlačí", "netlačí"),
        ("Χάλασε ο εκτυπωτής", "δεν τυπώνει", "δεν τυπώνει"),
        ("Stampante rotta", "non stampa", "non stampa"),
    ],
)
def test_a_mail_tells_its_trouble_once(subject, text, trouble):
    decision = decide(a_situation(), says(text, address=MAILBOX, subject=subject))
    assert decision.opens.subject == subject
    assert decision.opens.answers["symptom"] in (subject, trouble)


def test_two_troubles_of_a_text_are_joined_as_people_write():
    said = says(
        "It prints blank pages. Also it eats the paper.", address=MAILBOX, subject="Printer"
    )
    assert " ;" not in decide(a_situation(), said).opens.answers["symptom"]
