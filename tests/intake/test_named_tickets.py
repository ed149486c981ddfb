"""Whoever names a ticket by its number is heard there; "works now" is said of what it names."""

import pytest

from intake.decisions import CardStep
from intake.matching import Certainty, place
from intake.tickets import Status
from tests.intake.cast import DIALOGUE, NOW, a_situation, a_ticket, an_entry, says, settled

PRINTER = settled(1001)
ACCESS = a_ticket(1002, category="access", subject="доступ до SAP", answers={}, asked=("account",))


def placed(text, *tickets):
    found = place(a_situation(*tickets), says(text), is_threaded=False)
    return found.ticket.id, found.certainty


@pytest.mark.parametrize(
    "text",
    [
        "#1001 it now shows E5",
        "1001: paper is stuck again",
        "regarding 1001, the whole team has it",
        "it is about #1001",
        "щодо 1001: тепер пише E5",
        "заявка №1001 без змін",
        "k tiketu 1001: píše E5",
        "σχετικά με το 1001, βγάζει E5",
        "per il ticket 1001: ora mostra E5",
    ],
)
def test_a_message_that_names_a_ticket_by_its_number_belongs_to_it(text):
    assert placed(text, ACCESS, PRINTER) == (1001, Certainty.NAMED)


@pytest.mark.parametrize(
    "text",
    ["room 1001", "NB-1001", "у кімнаті 1001", "it costs 1001.5", "#1001 or #1002?", "#10012"],
)
def test_the_number_of_something_else_names_no_ticket(text):
    _, certainty = placed(text, ACCESS, PRINTER)
    assert certainty is not Certainty.NAMED


def test_a_tickets_own_number_answers_nothing():
    asking = a_ticket(1001, asked=("asset", "started"))
    decision = DIALOGUE.decide(a_situation(asking), says("#1001 з ранку"), NOW)
    assert decision.ticket.answers["started"] == "2026-11-23"
    assert "asset" not in decision.ticket.answers


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "принтер запрацював, дякую"),
        ("en", "printer is fine again, thanks"),
        ("sk", "tlačiareň už funguje, ďakujem"),
        ("el", "ο εκτυπωτής δουλεύει τώρα, ευχαριστώ"),
        ("it", "la stampante ora funziona, grazie"),
    ],
)
def test_works_now_is_asked_about_the_ticket_of_what_it_names(language, text):
    printer = settled(1001, language=language)
    access = a_ticket(1002, category="access", answers={}, asked=("account",), language=language)
    decision = DIALOGUE.decide(a_situation(access, printer), says(text), NOW)
    assert decision.ticket.id == 1001
    assert decision.asks == "solved"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "не працює інтернет"),
        ("en", "my screen is black"),
        ("sk", "nejde mi tlačiareň"),
        ("el", "δεν ανοίγει ο υπολογιστής"),
        ("it", "la stampante non stampa"),
    ],
)
def test_what_a_ticket_is_about_that_an_insult_opened_gets_its_card_once_it_is_said(
    language, text
):
    empty = a_ticket(
        category=None, answers={}, asked=(), card_id=None, subject="idiots", language=language
    )
    decision = DIALOGUE.decide(a_situation(empty), says(text), NOW)
    assert decision.card is CardStep.SHOW
    assert decision.ticket.category
    assert decision.ticket.subject == text
    assert decision.ticket.asked
    assert [change.what for change in decision.changes] == ["category"]


@pytest.mark.parametrize("text", ["the printer works now", "#1001 works now, thanks"])
def test_works_now_of_one_ticket_never_solves_another_that_was_just_asked_about(text):
    printer = settled(1001, language="en")
    mail = settled(1002, category="email", language="en", answers={}, waits_for_agent=True)
    asked = an_entry(mail, minutes_ago=1, facts={"asks": "solved"})
    decision = DIALOGUE.decide(a_situation(mail, printer, last_entry=asked), says(text), NOW)
    assert decision.ticket.id == 1001
    assert decision.ticket.status is not Status.SOLVED


def test_a_ticket_that_waited_is_seen_to_go_on_when_it_is_said_what_it_is_about():
    empty = a_ticket(
        category=None, answers={}, asked=(), card_id=None, status=Status.PENDING, language="en"
    )
    decision = DIALOGUE.decide(a_situation(empty), says("my screen is black"), NOW)
    assert [change.what for change in decision.changes] == ["status", "category"]


FOR_BOTH = ("1001: NB-0442, 1002: since morning", "#1001 NB-0442\n#1002 since monday")


@pytest.mark.parametrize("text", FOR_BOTH)
def test_what_stands_under_another_tickets_number_is_no_answer_of_this_one(text):
    asking = a_ticket(1001, asked=("asset", "started"), answers={})
    other = a_ticket(1002, category="email", asked=("account", "started"), answers={})
    decision = DIALOGUE.decide(a_situation(other, asking), says(text), NOW)
    assert (decision.ticket.id, dict(decision.ticket.answers)) == (1001, {"asset": "NB-0442"})


@pytest.mark.parametrize("text", ["just me?", "only me?", "тільки я?"])
def test_an_answer_with_a_question_mark_asks_for_no_news(text):
    asking = a_ticket(category="network", asked=("scope", "started"), answers={})
    decision = DIALOGUE.decide(a_situation(asking), says(text), NOW)
    assert (decision.ticket.answers.get("scope"), decision.says) == ("me", ())
