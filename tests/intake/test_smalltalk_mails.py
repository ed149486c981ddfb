"""Small talk by mail: answered where somebody waits for it, and never a ticket of its own."""

from dataclasses import replace
from datetime import timedelta

import pytest

from intake.messages import AutomaticKind
from intake.tickets import Status
from tests.intake.cast import (
    DIALOGUE,
    MAILBOX,
    NOW,
    a_situation,
    an_entry,
    says,
    settled,
    templates,
)

GREETINGS = ("Добрий день!", "Good morning!", "Dobrý deň!", "Καλημέρα!", "Buongiorno!")
THANKS = ("Дякую!", "Thank you!", "Ďakujem!", "Ευχαριστώ!", "Grazie!")
HUMAN = (
    "дайте мені живу людину", "I want to talk to a human", "chcem hovoriť s človekom",
    "θέλω να μιλήσω με άνθρωπο", "voglio parlare con una persona",
)  # fmt: skip
INSULTS = (
    "ви там зовсім ідіоти", "you are complete idiots", "ste úplní idioti",
    "είστε τελείως ηλίθιοι", "siete degli idioti",
)  # fmt: skip
STATUS = (
    "як там моя заявка?", "how is my ticket doing?", "ako je na tom moja požiadavka?",
    "τι γίνεται με το αίτημά μου;", "a che punto è la mia richiesta?",
)  # fmt: skip
WORKS = ("вже все працює", "it works now", "už to funguje", "τώρα δουλεύει", "adesso funziona")
OPEN = settled(address=MAILBOX, waits_for_agent=False, first_response_at=NOW)
SOLVED = replace(OPEN, status=Status.SOLVED)


def decide(situation, text, **more):
    given = {"address": MAILBOX, "subject": "", **more}
    return DIALOGUE.decide(situation, says(text, **given), NOW)


def replied(ticket, text, **more):
    """In the ticket's thread."""
    live = (ticket,) if ticket.status.is_live else ()
    before = {"last_entry": more.pop("last_entry", None)}
    return decide(
        a_situation(*live, named_ticket=ticket, **before), text, subject="Re: Printer", **more
    )


# a mail by itself


@pytest.mark.parametrize("text", GREETINGS)
@pytest.mark.parametrize("subject", ["", "Hi", None])
def test_a_greeting_is_prompted_and_filed_where_it_can_be_seen(text, subject):
    decision = decide(a_situation(), text, subject=text if subject is None else subject)
    assert (decision.opens, templates(decision)) == (None, ["welcome"])
    assert decision.needless


@pytest.mark.parametrize("text", THANKS)
def test_thanks_are_filed_or_kept_with_what_was_before_and_need_no_answer(text):
    alone = decide(a_situation(), text)
    assert (alone.opens, alone.says, bool(alone.needless)) == (None, (), True)
    after = decide(a_situation(last_ticket=SOLVED), text)
    assert (after.ticket.status, after.keeps_message, after.says) == (Status.SOLVED, True, ())
    assert not after.needless


@pytest.mark.parametrize(("said", "flag", "word"), [
    (HUMAN, "human", "human"), (INSULTS, "abuse", "calm"),
])  # fmt: skip
def test_a_wish_for_a_person_and_an_insult_go_straight_to_one(said, flag, word):
    for text in said:
        decision = decide(a_situation(), text, subject=text)
        assert (decision.opens is not None, decision.asks_nothing) == (True, True)
        assert (decision.flag, templates(decision)) == (flag, [word])


@pytest.mark.parametrize("text", STATUS)
def test_a_question_how_it_stands_is_answered_at_once(text):
    decision = decide(a_situation(OPEN), text, subject=text)
    assert (decision.opens, templates(decision)) == (None, ["status"])
    assert [line["number"] for line in decision.says[0].values["tickets"]] == [OPEN.id]
    assert (decision.ticket.id, decision.keeps_message) == (OPEN.id, True)
    assert decision.ticket.waits_for_agent
    solved = decide(a_situation(last_ticket=SOLVED), text)
    assert (solved.ticket.status, templates(solved)) == (Status.SOLVED, ["status"])


def test_who_is_not_proven_hears_of_nothing_that_was_said_elsewhere():
    elsewhere = settled(1043)
    mail = says(STATUS[1], address=MAILBOX)
    for is_proven, numbers in ((False, [OPEN.id]), (True, [1043, OPEN.id])):
        sent = replace(mail, sender=replace(mail.sender, is_proven=is_proven))
        told = DIALOGUE.decide(a_situation(elsewhere, OPEN), sent, NOW).says[0]
        assert [line["number"] for line in told.values["tickets"]] == numbers


@pytest.mark.parametrize("text", [*WORKS, "yes", "please cancel my ticket"])
def test_a_mail_by_itself_closes_nothing(text):
    asked = an_entry(OPEN, minutes_ago=1, facts={"asks": "solved"})
    waiting = replace(OPEN, waits_for_agent=True)
    decision = decide(a_situation(waiting, last_entry=asked), text)
    assert decision.ticket is None or decision.ticket.status.is_live
    assert decision.says == ()


@pytest.mark.parametrize(("subject", "text"), [
    ("Printer broken", "Thanks!"),
    ("Принтер не друкує", "Добрий день!"),
    ("VPN", "Good morning, it does not connect. Thanks"),
    ("", "The VPN drops every ten minutes, case 17"),
])  # fmt: skip
def test_whatever_its_subject_or_text_tells_is_a_ticket(subject, text):
    assert decide(a_situation(), text, subject=subject).opens is not None


FILED = AutomaticKind.CALENDAR  # whatever it says
MACHINES = [kind for kind in AutomaticKind if kind not in (AutomaticKind.NO, FILED)]


@pytest.mark.parametrize("kind", MACHINES)
@pytest.mark.parametrize("text", ["Thank you!", "how is my ticket doing?", "Good morning!"])
def test_a_machines_mail_is_no_talk(kind, text):
    decision = decide(a_situation(), text, automatic=kind)
    assert decision.opens is not None
    assert templates(decision) == []


def test_what_an_agent_wants_to_be_a_ticket_is_one():
    assert decide(a_situation(), "Thank you!", is_requeued=True).opens is not None


def test_who_has_had_ten_mails_in_an_hour_is_prompted_no_more():
    told = (NOW - timedelta(minutes=5),) * 10
    decision = decide(a_situation(carded_at=told), "Good morning!")
    assert (decision.says, bool(decision.needless)) == ((), True)
    human = decide(a_situation(carded_at=told), HUMAN[1])
    assert (human.opens is not None, human.says) == (True, ())


# in the thread of a ticket


@pytest.mark.parametrize("text", STATUS)
def test_in_its_thread_a_ticket_alone_is_told_of(text):
    other = settled(1043, address=MAILBOX)
    situation = a_situation(other, OPEN, named_ticket=OPEN)
    told = decide(situation, text, subject="Re: Printer")
    assert (told.ticket.id, templates(told)) == (OPEN.id, ["status"])
    assert [line["number"] for line in told.says[0].values["tickets"]] == [OPEN.id]
    solved = replied(SOLVED, text)
    assert (solved.ticket.status, templates(solved)) == (Status.SOLVED, ["status"])


@pytest.mark.parametrize("text", WORKS)
def test_who_says_that_it_works_is_asked_and_answers_in_words(text):
    decision = replied(OPEN, text)
    assert (templates(decision), decision.asks) == (["is_it_solved"], "solved")
    asked = an_entry(decision.ticket, minutes_ago=1, facts={"asks": "solved"})
    for yes in ("yes", "Так, вирішено"):
        over = replied(decision.ticket, yes, last_entry=asked)
        assert (over.ticket.status, templates(over)) == (Status.SOLVED, ["glad"])
    no = replied(decision.ticket, "no", last_entry=asked)
    assert (no.ticket.status.is_live, templates(no)) == (True, ["stays_open"])


@pytest.mark.parametrize("text", THANKS)
@pytest.mark.parametrize("ticket", [OPEN, SOLVED, replace(OPEN, status=Status.CLOSED)])
def test_thanks_in_a_thread_are_kept_without_a_mail_and_open_nothing(ticket, text):
    decision = replied(ticket, text)
    assert (decision.ticket.status, decision.keeps_message) == (ticket.status, True)
    assert (decision.opens, decision.says) == (None, ())


@pytest.mark.parametrize(("said", "flag", "word"), [
    (HUMAN, "human", "human"), (INSULTS, "abuse", "annoyed"),
])  # fmt: skip
@pytest.mark.parametrize("ticket", [OPEN, SOLVED])
def test_in_a_thread_they_are_answered_flagged_and_seen(ticket, said, flag, word):
    for text in said:
        decision = replied(ticket, text)
        assert (decision.flag, templates(decision)) == (flag, [word])
        assert (decision.ticket.status, decision.ticket.waits_for_agent) == (
            Status.OPEN,
            True,
        ) or (decision.ticket.status is ticket.status and ticket.status.is_live)


def test_whoever_was_answered_a_moment_ago_is_answered_no_more():
    told = an_entry(OPEN, minutes_ago=1, facts={"told": (NOW - timedelta(minutes=1)).isoformat()})
    decision = replied(OPEN, STATUS[1], last_entry=told)
    assert (decision.keeps_message, decision.says) == (True, ())


@pytest.mark.parametrize("pointed", ["proven_ticket", "claimed_ticket"])
def test_a_strangers_ticket_is_told_to_nobody(pointed):
    hers = replace(OPEN, person_id=2) if pointed == "proven_ticket" else OPEN
    decision = decide(a_situation(**{pointed: hers}), STATUS[1], subject="Re: Printer")
    assert decision.says == ()
    assert decision.keeps_message


# which one is over

PRINTER_WORKS = {
    "Принтер": "Принтер знову працює, дякую!",
    "Printer": "The printer works again, thank you!",
    "Tlačiareň": "Tlačiareň už funguje, ďakujem!",
    "Εκτυπωτής": "Ο εκτυπωτής δουλεύει ξανά, ευχαριστώ!",
    "Stampante": "La stampante funziona di nuovo, grazie!",
}
LAPTOP = replace(
    OPEN, id=1043, subject="Laptop", category="computer", answers={"device": "laptop"}
)
PRINTER = replace(OPEN, subject="Printer", category="printer", answers={})


@pytest.mark.parametrize("text", WORKS)
def test_of_several_open_ones_it_is_asked_which_is_over(text):
    decision = decide(a_situation(LAPTOP, PRINTER), text, subject=text)
    assert (decision.opens, templates(decision)) == (None, ["which_solved"])
    assert len(decision.says[0].options) == 2
    assert decision.ticket.status.is_live


@pytest.mark.parametrize(("subject", "text"), PRINTER_WORKS.items())
def test_who_names_it_is_asked_about_that_one(subject, text):
    decision = decide(a_situation(LAPTOP, replace(PRINTER, subject=subject)), text)
    assert (decision.ticket.id, templates(decision)) == (PRINTER.id, ["is_it_solved"])


@pytest.mark.parametrize("text", WORKS)
@pytest.mark.parametrize("subject", ["Re: Printer", "RE: printer", "Aw: Re: Printer"])
def test_an_answers_subject_names_the_ticket_and_opens_none(text, subject):
    decision = decide(a_situation(LAPTOP, PRINTER), text, subject=subject)
    assert (decision.ticket.id, templates(decision)) == (PRINTER.id, ["is_it_solved"])
    assert decide(a_situation(), text, subject=subject).opens is None


@pytest.mark.parametrize("text", THANKS)
@pytest.mark.parametrize("subject", ["Re: Printer", "Відп: Принтер", "Απ: Εκτυπωτής", "R: x"])
def test_thanks_in_answer_to_a_mail_of_old_open_none(text, subject):
    assert decide(a_situation(), text, subject=subject).opens is None


def test_a_trouble_in_answer_to_a_mail_of_old_opens_one():
    decision = decide(a_situation(), "It jams again on every page.", subject="Re: Printer")
    assert decision.opens is not None


@pytest.mark.parametrize("text", ["#1043 Laptop", "1043", "the laptop", "Laptop", "RE: #1043"])
def test_in_the_thread_of_the_question_the_named_one_is_solved(text):
    asked = an_entry(PRINTER, facts={"asks": "which_solved"})
    situation = a_situation(PRINTER, LAPTOP, named_ticket=PRINTER, last_entry=asked)
    decision = decide(situation, text, subject="Re: Printer")
    assert (decision.ticket.id, decision.ticket.status) == (LAPTOP.id, Status.SOLVED)


def test_outside_that_thread_naming_one_closes_nothing():
    asked = an_entry(PRINTER, facts={"asks": "which_solved"})
    decision = decide(a_situation(PRINTER, LAPTOP, last_entry=asked), "#1043 Laptop")
    assert decision.ticket is None or decision.ticket.status.is_live
