"""A question about a solved ticket opens nothing again; a trouble that is back opens its own."""

from dataclasses import replace
from datetime import timedelta

import pytest

from intake.messages import MessageKind
from intake.tickets import Status
from tests.intake.cast import (
    DIALOGUE,
    NOW,
    a_situation,
    a_ticket,
    an_entry,
    says,
    settled,
    templates,
)

PRINTER = settled(
    1041, status=Status.SOLVED, waits_for_agent=False, updated_at=NOW - timedelta(minutes=30)
)
LAPTOP = replace(
    PRINTER,
    id=1042,
    category="computer",
    subject="ноутбук NB-0442 не вмикається",
    answers={"symptom": "ноутбук не вмикається", "asset": "NB-0442"},
    updated_at=NOW - timedelta(minutes=5),
)
HOW_IT_STANDS = (
    "як там моя заявка?", "how is my ticket doing?", "ako je na tom moja požiadavka?",
    "τι γίνεται με το αίτημά μου;", "a che punto è la mia richiesta?", "any news?",
    "is it solved?",
)  # fmt: skip
WANTED_OPEN = (
    "please reopen my ticket", "перевідкрийте, будь ласка", "prosím otvorte to znova",
    "ανοίξτε το ξανά", "riaprite il ticket", "why did you close my ticket?",
)  # fmt: skip
STILL_NO_PRINT = (
    "досі не друкує", "it still does not print", "stále netlačí", "ακόμα δεν τυπώνει",
    "ancora non stampa",
)  # fmt: skip
STILL = ("все ще не працює", "it still doesn't work", "stále nefunguje", "ancora non funziona")


def decide(situation, text):
    return DIALOGUE.decide(situation, says(text), NOW)


def after_both():
    return a_situation(last_ticket=LAPTOP, solved_tickets=(LAPTOP, PRINTER))


@pytest.mark.parametrize("text", HOW_IT_STANDS)
def test_who_asks_how_a_solved_ticket_stands_hears_that_it_is_solved(text):
    decision = decide(after_both(), text)
    assert (decision.opens, decision.ticket.id, decision.changes) == (None, 1042, ())
    assert decision.ticket.status is Status.SOLVED
    assert templates(decision) == ["status"]
    told = decision.says[0].values
    assert [line["number"] for line in told["tickets"]] == [1042]
    assert told["is_over"]


@pytest.mark.parametrize("text", WANTED_OPEN)
def test_who_wants_a_solved_ticket_open_gets_it_open(text):
    decision = decide(after_both(), text)
    assert (decision.ticket.status, decision.ticket.waits_for_agent) == (Status.OPEN, True)
    assert templates(decision) == ["stays_open"]


def test_what_is_open_and_nobodys_waits_for_a_colleague():
    waiting = settled(status=Status.OPEN)
    taken = replace(waiting, assignee_id=3)
    for ticket, status in ((waiting, "new"), (taken, "open")):
        line = decide(a_situation(ticket), "any news?").says[0].values["tickets"][0]
        assert line["status"] == status


@pytest.mark.parametrize("text", STILL_NO_PRINT)
def test_of_two_solved_tickets_the_one_that_it_speaks_of_is_open_again(text):
    decision = decide(after_both(), text)
    assert (decision.opens, decision.ticket.id) == (None, 1041)
    assert decision.ticket.status is Status.OPEN


@pytest.mark.parametrize("text", STILL_NO_PRINT)
def test_a_solved_ticket_is_open_again_beside_another_that_is_open(text):
    laptop = replace(LAPTOP, status=Status.OPEN)
    decision = decide(a_situation(laptop, solved_tickets=(PRINTER,)), text)
    assert (decision.opens, decision.ticket.id) == (None, 1041)
    assert decision.ticket.status is Status.OPEN


@pytest.mark.parametrize("text", STILL)
def test_in_doubt_the_one_solved_last_is_asked_about_with_the_other_and_new(text):
    decision = decide(after_both(), text)
    assert (decision.ticket.id, decision.is_unsure) == (1042, True)
    (asked,) = decision.says
    targets = [option.data.rpartition("|")[2] for option in asked.options]
    assert (asked.template, targets) == ("unsure", ["1042", "1041", "new"])


def test_what_was_solved_long_before_is_not_asked_about():
    old = replace(PRINTER, updated_at=NOW - timedelta(days=3))
    decision = decide(a_situation(last_ticket=LAPTOP, solved_tickets=(LAPTOP, old)), STILL[1])
    assert (decision.ticket.id, decision.is_unsure) == (1042, False)


def test_a_tap_takes_it_to_the_other_solved_ticket_and_leaves_the_first_solved():
    decision = decide(after_both(), STILL[1])
    facts = {"gave": decision.gave, "unsure": "yes"}
    entry = an_entry(decision.ticket, minutes_ago=0, text=STILL[1], facts=facts)
    tap = says("", kind=MessageKind.TAP, tap="move|1042|77|1041", tap_id="cb")
    open_again = replace(decision.ticket, preview=STILL[1])
    situation = a_situation(
        open_again, named_ticket=open_again, known_entry=entry, solved_tickets=(PRINTER,)
    )
    moved = DIALOGUE.decide(situation, tap, NOW)
    assert (moved.ticket.id, moved.ticket.status) == (1041, Status.OPEN)
    assert moved.leaves.ticket.status is Status.SOLVED


@pytest.mark.parametrize(
    ("text", "category"),
    [("Outlook still does not open", "email"), ("VPN досі не підключається", "network")],
)
def test_another_thing_that_still_does_not_work_is_a_ticket_of_its_own(text, category):
    decision = decide(after_both(), text)
    assert (decision.opens.category, decision.changes) == (category, ())


def test_a_card_that_waits_takes_its_answer_whatever_was_solved():
    asking = a_ticket(1050, category="computer", asked=("tried", "started"), answers={})
    text = "restarted it, still the same"
    decision = decide(a_situation(asking, solved_tickets=(PRINTER,)), text)
    assert decision.ticket.id == 1050
