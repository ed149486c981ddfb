"""The number on which somebody is to be called is their phone, and no answer to anything else."""

import pytest

from tests.intake.cast import DIALOGUE, NOW, a_situation, a_ticket, says, settled
from tests.intake.desk import READER

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


BESIDE_A_TROUBLE = [
    ("uk", "телефон 0671234567, передзвоніть будь ласка, ноут не вмикається взагалі", "computer"),
    ("uk", "не працює інтернет, мій номер 0671234567", "network"),
    ("en", "call me on 07700900123 laptop won't boot", "computer"),
    ("en", "printer jams, my mobile is 07700900123", "printer"),
    ("sk", "volajte na 0905 123 456, obrazovka je čierna", "computer"),
    ("el", "το κινητό μου 6944556677, δεν ανοίγει το excel", "software"),
    ("el", "καλέστε με στο 6944556677, μαύρη οθόνη", "computer"),
    ("it", "chiamatemi al 347 1234567, schermo blu", "computer"),
]
OF_THE_LINE = [
    ("uk", "телефон 0671234567 не дзвонить"),
    ("en", "nobody can call me on 07700900123"),
    ("sk", "telefón 0905123456 nezvoní"),
    ("it", "il numero 0552345678 non riceve chiamate"),
]
WISHES_A_CALL = [
    ("uk", "передзвоніть мені 0671234567, хочу поговорити з людиною", "+380671234567"),
    ("en", "can i get someone to call me 07700900123", "+447700900123"),
    ("sk", "potrebujem hovoriť s človekom, 0905 123 456", "+421905123456"),
]


@pytest.mark.parametrize(("language", "words", "category"), BESIDE_A_TROUBLE)
def test_a_number_to_call_says_nothing_of_what_it_is_about(language, words, category):
    understood = READER.understand(words, hint_language=language, now=NOW)
    assert understood.category == category
    assert "phone" in understood.answers
    assert understood.answers.get("device") != "phone"


@pytest.mark.parametrize(("language", "words"), OF_THE_LINE)
def test_the_number_of_a_line_in_trouble_is_of_telephony(language, words):
    assert READER.understand(words, hint_language=language, now=NOW).category == "telephony"


@pytest.mark.parametrize(("_", "words", "phone"), WISHES_A_CALL)
def test_who_wishes_to_be_called_is_called_on_that_number(_, words, phone):
    alone = DIALOGUE.decide(a_situation(), says(words), NOW)
    amid = DIALOGUE.decide(a_situation(settled()), says(words), NOW)
    assert alone.opens.answers == {"phone": phone}
    assert amid.ticket.answers == settled().answers | {"phone": phone}
