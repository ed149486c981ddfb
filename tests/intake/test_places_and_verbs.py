"""A place ends where the machine begins to act."""

import pytest

from intake.people import LANGUAGES
from intake.understanding.acting import before_verb
from tests.intake.cast import DIALOGUE, NOW, a_situation, a_ticket, says
from tests.intake.desk import READER

KNOWN = {"symptom": "E5", "asset": "INV-1", "started": "2026-11-22"}


@pytest.mark.parametrize(
    ("language", "words", "place"),
    [
        ("uk", "сканер на складі гуде", "складі"),
        ("uk", "принтер у бухгалтерії мастить", "бухгалтерії"),
        ("en", "scanner in the warehouse hums", "warehouse"),
        ("en", "printer at reception eats paper", "reception"),
        ("sk", "skener v sklade hučí", "sklade"),
        ("sk", "kopírka na recepcii žerie papier", "recepcii"),
        ("el", "ο σαρωτής στην αποθήκη βουίζει", "αποθήκη"),
        ("it", "lo scanner in magazzino ronza", "magazzino"),
    ],
)
def test_a_first_message_says_where_and_what_happens(language, words, place):
    found = READER.understand(words, hint_language=language, now=NOW).answers
    assert found["location"] == place
    assert found["symptom"] in words


@pytest.mark.parametrize(
    ("language", "words", "place"),
    [
        ("uk", "у бухгалтерії мастить", "бухгалтерії"),
        ("en", "in accounting smears", "accounting"),
        ("sk", "v účtovni maže", "účtovni"),
        ("el", "στο λογιστήριο μουτζουρώνει", "λογιστήριο"),
        ("it", "in magazzino sporca tutto", "magazzino"),
    ],
)
def test_so_does_the_answer_to_where(language, words, place):
    ticket = a_ticket(language=language, asked=("location",), answers=KNOWN)
    after = DIALOGUE.decide(a_situation(ticket), says(words), NOW).ticket
    assert after.answers == KNOWN | {"location": place}


@pytest.mark.parametrize("place", ["Not far from the lift", "Ground floor", "Stampa, 2 piano"])
def test_a_place_without_a_verb_is_all_of_it(place):
    assert before_verb(place) == place


def test_every_language_has_its_verbs():
    verbs = {"uk": "мастить", "en": "smears", "sk": "maže", "el": "βγάζει", "it": "macchia"}
    assert [before_verb(f"12 {verbs[language]} x") for language in LANGUAGES] == ["12"] * 5


@pytest.mark.parametrize(
    ("language", "text", "room"),
    [
        ("uk", "не друкує принтер в 214", "214"), ("en", "the printer is dead in 305", "305"),
        ("sk", "tlačiareň netlačí v 115", "115"), ("el", "δεν τυπώνει ο εκτυπωτής στον 2ο", "2ο"),
        ("it", "la stampante non va in 305", "305"),
    ],
)  # fmt: skip
def test_a_bare_number_after_a_word_for_inside_is_a_room(language, text, room):
    assert READER.understand(text, hint_language=language, now=NOW).answers["location"] == room


@pytest.mark.parametrize("text", ["the printer died in 305 seconds", "we are in 2 minds"])
def test_but_not_where_it_counts_something(text):
    assert "location" not in READER.understand(text, hint_language="en", now=NOW).answers
