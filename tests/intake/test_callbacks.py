"""The number on which somebody is to be called is their phone, and no answer to anything else."""

import pytest

from tests.intake.cast import DIALOGUE, NOW, a_situation, a_ticket, says, settled

PRINTER = {"symptom": "E5", "asset": "INV-1", "started": "2026-11-22"}
ACCESS = {"symptom": "E5", "system": "SAP", "deadline": "2026-11-30"}
COMPUTER = {
    "symptom": "E5", "asset": "NB-1", "os": "windows-11", "started": "2026-11-22",
    "urgency": "minor",
}  # fmt: skip
LAST_OPEN = [
    ("printer", "location", PRINTER),
    ("access", "account", ACCESS),
    ("computer", "tried", COMPUTER),
]


def heard(language, words, asked, category, known):
    asked = (asked,) if isinstance(asked, str) else asked
    ticket = a_ticket(language=language, asked=asked, category=category, answers=known)
    return DIALOGUE.decide(a_situation(ticket), says(words), NOW).ticket


NUMBERS = [
    ("uk", "тел 050 123 45 67", "+380501234567"),
    ("uk", "мій номер 0501234567", "+380501234567"),
    ("uk", "дзвоніть на 050-123-45-67", "+380501234567"),
    ("en", "call me at +380501234567", "+380501234567"),
    ("en", "my phone is 020 7946 0958", "+442079460958"),
    ("sk", "volajte mi na 0905 123 456", "+421905123456"),
    ("el", "καλέστε με στο 6945550271", "+306945550271"),
    ("it", "chiamatemi al 3331234567", "+393331234567"),
]


@pytest.mark.parametrize(("language", "words", "phone"), NUMBERS)
@pytest.mark.parametrize("last", LAST_OPEN)
def test_a_number_to_call_leaves_the_last_text_open(last, language, words, phone):
    category, asked, known = last
    ticket = heard(language, words, asked, category, known)
    assert ticket.answers == known | {"phone": phone}
    assert ticket.asked == (asked,)


@pytest.mark.parametrize(("language", "words", "phone"), NUMBERS)
def test_nor_is_it_another_trouble_once_all_is_told(language, words, phone):
    known = COMPUTER | {"tried": "no"}
    ticket = settled(language=language, category="computer", answers=known)
    decision = DIALOGUE.decide(a_situation(ticket), says(words), NOW)
    assert decision.opens is None
    assert decision.ticket.answers == known | {"phone": phone}


@pytest.mark.parametrize(
    ("language", "words", "phone"),
    [
        ("uk", "дзвоніть на 050-123-45-67", "+380501234567"),
        ("en", "you can reach me on +380501234567", "+380501234567"),
        ("sk", "volajte mi na 0905 123 456", "+421905123456"),
        ("el", "καλέστε με στο 6945550271", "+306945550271"),
        ("it", "chiamatemi al 3331234567", "+393331234567"),
    ],
)
def test_nor_is_it_the_line_in_trouble(language, words, phone):
    asked = ("phone_service", "extension", "started", "urgency")
    ticket = heard(language, words, asked, "telephony", {"symptom": "E5"})
    assert ticket.answers == {"symptom": "E5", "phone": phone}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "мій внутрішній номер 214"),
        ("uk", "внутрішній 214"),
        ("en", "my ext is 214"),
        ("en", "my extension: 214"),
        ("sk", "moja klapka je 214"),
        ("el", "εσωτερικό 214"),
        ("it", "il mio interno è 214"),
    ],
)
@pytest.mark.parametrize(
    "last",
    [*LAST_OPEN, ("computer", ("asset", "os", "started", "tried", "urgency"), {"symptom": "E5"})],
)
def test_a_line_within_the_house_is_no_label_place_or_login(last, language, words):
    category, asked, known = last
    assert heard(language, words, asked, category, known).answers == known


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "NB-0442, тел 0501234567"),
        ("en", "NB-0442, call me at +380501234567"),
        ("sk", "NB-0442, volajte na +380501234567"),
        ("el", "NB-0442, καλέστε με στο +380501234567"),
        ("it", "NB-0442, chiamatemi al +380501234567"),
    ],
)
def test_beside_an_answer_it_is_taken_too(language, words):
    asked = ("asset", "os", "started", "tried", "urgency")
    ticket = heard(language, words, asked, "computer", {"symptom": "E5"})
    assert ticket.answers == {"symptom": "E5", "asset": "NB-0442", "phone": "+380501234567"}
