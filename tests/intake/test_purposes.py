"""What something is wanted for takes the place of the bare wish, and is no correction."""

import pytest

from intake.tickets import Kind
from tests.intake.cast import DIALOGUE, NOW, a_situation, a_ticket, says

WISH = {"item": "headset", "symptom": "need a new headset"}


def heard(language, words, **more):
    fields = {"answers": WISH, "asked": ("location", "deadline"), "category": "request"} | more
    ticket = a_ticket(language=language, kind=Kind.SERVICE_REQUEST, **fields)
    return DIALOGUE.decide(a_situation(ticket), says(words), NOW)


@pytest.mark.parametrize(
    ("language", "words", "purpose"),
    [
        ("uk", "для ноутбука, каб 12, до п'ятниці", "для ноутбука"),
        ("uk", "щоб дзвонити клієнтам, каб 12, до п'ятниці", "щоб дзвонити клієнтам"),
        ("en", "for calls, at home, by friday", "for calls"),
        ("en", "at home, by friday. To talk to clients", "To talk to clients"),
        ("sk", "na grafiku, doma, do piatku", "na grafiku"),
        ("el", "για να βγάζω τιμολόγια, 2ος όροφος, μέχρι Παρασκευή", "για να βγάζω τιμολόγια"),
        ("it", "per il portatile nuovo, ufficio 3, entro venerdì", "per il portatile nuovo"),
    ],
)
def test_a_purpose_in_the_reply_takes_the_place_of_the_wish(language, words, purpose):
    decision = heard(language, words)
    answers = decision.ticket.answers
    assert (answers["symptom"], answers["deadline"]) == (purpose, "2026-11-27")
    assert "location" in answers
    assert "corrected" not in [say.template for say in decision.says]
    assert {change.before for change in decision.changes} == {""}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "для 2 поверху, до п'ятниці"), ("en", "for friday, room 214"),
        ("en", "for home, by friday"), ("sk", "na 2. poschodie, do piatku"),
        ("el", "για την Παρασκευή, 2ος όροφος"), ("it", "per venerdì, secondo piano"),
    ],
)  # fmt: skip
def test_a_place_and_a_moment_are_no_purpose(language, words):
    assert heard(language, words).ticket.answers["symptom"] == WISH["symptom"]


def test_a_purpose_that_is_known_stays():
    known = {"item": "headset", "symptom": "for video meetings"}
    answers = heard("en", "for me alone, at home", answers=known).ticket.answers
    assert answers["symptom"] == "for video meetings"


def test_what_a_trouble_is_for_is_not_asked():
    known = {"symptom": "headset is broken", "item": "headset"}
    ticket = a_ticket(language="en", answers=known, asked=("location", "started"))
    decision = DIALOGUE.decide(a_situation(ticket), says("for two days, at home"), NOW)
    assert decision.ticket.answers["symptom"] == "headset is broken"


@pytest.mark.parametrize(
    ("language", "words", "purpose"),
    [
        ("uk", "для кого? для нового колеги Дениса", "для нового колеги Дениса"),
        ("en", "for whom? for my new colleague Dan", "for my new colleague Dan"),
        ("sk", "pre koho? pre nového kolegu Dana", "pre nového kolegu Dana"),
        ("el", "για ποιον; για τον νέο συνάδελφο Δημήτρη", "για τον νέο συνάδελφο Δημήτρη"),
        ("it", "per chi? per il nuovo collega Dario", "per il nuovo collega Dario"),
    ],
)
def test_our_question_said_again_is_no_purpose(language, words, purpose):
    assert heard(language, words).ticket.answers["symptom"] == purpose
