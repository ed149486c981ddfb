"""What "is" has shrunk to is no part of the word before it; an apostrophe within a word is."""

import pytest

from tests.intake.cast import DIALOGUE, NOW, a_situation, says, settled
from tests.intake.desk import READER

SHRUNK = (
    ("the wifi's gone", "network"),
    ("wifi’s gone", "network"),
    ("SAP's down", "software"),
    ("the printer's jammed", "printer"),
    ("Outlook’s frozen", "email"),
    ("the internet's down", "network"),
)
WORDS = (
    ("uk", "комп'ютер у під’їзді", ["комп'ютер", "у", "під’їзді"]),
    ("en", "it's what’s wrong, isn't it", ["it's", "what’s", "wrong", "isn't", "it"]),
    ("en", "yesterday's backup, nobody's in", ["yesterday's", "backup", "nobody's", "in"]),
    ("sk", "d'Artagnan má notebook", ["d'Artagnan", "má", "notebook"]),
    ("el", "απ' τον υπολογιστή, σ'αυτό", ["απ", "τον", "υπολογιστή", "σ'αυτό"]),
    ("it", "c'è l'errore dell’ufficio", ["c", "è", "l", "errore", "dell", "ufficio"]),
)


def words(text, language):
    reading = READER.read(text, language=language, now=NOW)
    return [reading.says(at, at + 1) for at in range(len(reading.tokens))]


@pytest.mark.parametrize(("text", "category"), SHRUNK)
def test_what_a_shrunk_is_stands_behind_is_known(text, category):
    understood = READER.understand(text, hint_language="en", now=NOW)
    assert (understood.intent, understood.category) == ("report", category)


@pytest.mark.parametrize(("text", "category"), SHRUNK)
def test_a_thing_that_is_gone_has_a_ticket_beside_another(text, category):
    sticks = {"symptom": "keyboard sticks"}
    other = settled(language="en", subject="keyboard", category="computer", answers=sticks)
    opened = DIALOGUE.decide(a_situation(other), says(text), NOW).opens
    assert opened.category == category


def test_a_name_is_told_without_what_has_shrunk():
    understood = READER.understand("SAP's down", hint_language="en", now=NOW)
    assert understood.answers["application"] == "SAP"


@pytest.mark.parametrize(("language", "text", "expected"), WORDS)
def test_an_apostrophe_within_a_word_stays(language, text, expected):
    assert words(text, language) == expected
