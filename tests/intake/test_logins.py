"""A login alone in its line or between commas is the answer to the question for it."""

import pytest

from intake.replies.answers import read_answers
from intake.replies.logins import bare_login, login_alone
from tests.intake.cast import DIALOGUE, NOW, READER, a_situation, a_ticket, says, settled

ASKED = ("account", "error", "started", "urgency")
GREETED = {
    "uk": "Добрий день, Марку,\n\n{}\n0x80040610\nз вівторка зранку",
    "en": "Hi Marek,\n\n{}\n0x80040610\nsince Tuesday morning",
    "sk": "Dobrý deň,\n\n{}\n0x80040610\nod utorka rána",
    "el": "Καλησπέρα σας,\n\n{}\n0x80040610\nαπό την Τρίτη το πρωί",
    "it": "Buongiorno Marek,\n\n{}\n0x80040610\nda martedì mattina",
}


def account(text, language="en", asked=ASKED):
    told = read_answers(
        text, asked=asked, category="email", language=language, now=NOW, reader=READER
    )
    return told.filled.get("account")


@pytest.mark.parametrize("language", GREETED)
@pytest.mark.parametrize("login", ["j.novak", "maria_k", "FIRMA\\a.baker", "Olena.Kovalenko2"])
def test_below_a_greeting(language, login):
    assert account(GREETED[language].format(login), language) == login


@pytest.mark.parametrize(
    "text", ["j.novak", "Hi,\n1. j.novak", "j.novak, since Monday", "j.novak. 0x80040610. Now."]
)
def test_however_it_is_set_apart(text):
    assert account(text) == "j.novak"


@pytest.mark.parametrize(
    "text", ["report.xlsx", "outlook.exe", "firma.sk", "a.baker, j.novak", "since 8.30"]
)
def test_files_pages_and_two_at_once_are_none(text):
    assert login_alone(READER.read(text, language="en", now=NOW), ASKED) == {}


def test_where_none_is_asked_for_it_is_left():
    assert account("j.novak", asked=("error", "started")) is None


BARE = {
    "uk": ("tbondar", "tbondar, якнайшвидше", "логін tbondar", "tbondar\nдо п'ятниці"),
    "en": ("tbaker", "tbaker, asap", "tbaker . 5pm", "tbaker, by Friday"),
    "sk": ("jnovak", "jnovak, čo najskôr", "1. jnovak", "jnovak\ndo piatku"),
    "el": (
        "gpapas",
        "gpapas, το συντομότερο",
        "gpapas, για ημερομηνία δεν έχω",
        "gpapas; Παρασκευή",
    ),
    "it": ("erossi", "erossi, subito", "erossi\nil prima possibile", "erossi, entro venerdì"),
}


def of_access(text, language, asked=("account", "deadline")):
    told = read_answers(
        text, asked=asked, category="access", language=language, now=NOW, reader=READER
    )
    return told.filled.get("account")


@pytest.mark.parametrize(
    ("language", "text"), [(one, text) for one, own in BARE.items() for text in own]
)
def test_one_unknown_word_is_a_login_where_it_is_asked_for(language, text):
    assert of_access(text, language) == BARE[language][0]


@pytest.mark.parametrize("text", ["account?", "outlook", "tbaker, sdrury", "thanks, monday"])
def test_a_known_word_or_two_unknown_ones_are_none(text):
    assert bare_login(READER.read(text, language="en", now=NOW), ("account", "deadline"), {}) == {}


def test_where_the_system_is_open_too_it_may_be_that():
    assert of_access("kompas, monday", "en", asked=("system", "account", "deadline")) is None


@pytest.mark.parametrize(
    ("language", "person", "text"),
    [
        ("uk", "Івана Коваленка", "до п'ятниці, погодила Марія Гнатюк, логін ikovalenko"),
        ("en", "Nick Pappas", "until Friday, Mary George approved, user npappas"),
        ("sk", "Eva Kováčová", "do piatku, schválila Mária Nová, login ekovacova"),
        ("el", "Νίκο Βλάχου", "μέχρι Παρασκευή, ενέκρινε η Μαρία Ρήγα, χρήστης nvlachou"),
        ("it", "Anna Ferrari", "entro venerdì, ha approvato Maria Conti, utente aferrari"),
    ],
)
def test_the_login_of_whom_the_access_is_for_is_no_other_account(language, person, text):
    answers = {"symptom": "access", "system": "ERP", "account": person}
    ticket = a_ticket(category="access", language=language, answers=answers, asked=("deadline",))
    decision = DIALOGUE.decide(a_situation(ticket), says(text), NOW)
    assert decision.ticket.answers["deadline"] == "2026-11-27"
    assert not decision.is_unsure


BY_NAME = {"symptom": "access", "system": "SAP", "account": "Anna Kowalska"}


@pytest.mark.parametrize(
    ("language", "words", "login"),
    [
        ("uk", "логін akowal, керівник погодив", "akowal"),
        ("en", "login akowal, her boss Peter Brown approves", "akowal"),
        ("sk", "login akowal, vedúci schválil", "akowal"),
        ("el", "a.kowal, το ενέκρινε ο διευθυντής", "a.kowal"),
        ("it", "akowal", "akowal"),
    ],
)
def test_a_login_takes_the_place_of_a_persons_name(language, words, login):
    fields = {"answers": BY_NAME, "asked": ("deadline",), "category": "access"}
    ticket = a_ticket(language=language, **fields)
    decision = DIALOGUE.decide(a_situation(ticket), says(words), NOW)
    assert decision.ticket.answers["account"] == login
    moved = [one for one in decision.changes if one.what == "answer:account"]
    assert [(one.before, one.after) for one in moved] == [("Anna Kowalska", login)]
    assert "corrected" in [say.template for say in decision.says]


def test_a_login_takes_its_place_after_a_finished_card_too():
    ticket = settled(language="en", answers=BY_NAME, category="access")
    decision = DIALOGUE.decide(a_situation(ticket), says("akowal"), NOW)
    assert decision.ticket.answers["account"] == "akowal"
    assert [one.before for one in decision.changes] == ["Anna Kowalska"]


@pytest.mark.parametrize("words", ["asap", "tomorrow", "thanks", "urgent!", "hello", "ok"])
def test_any_other_word_alone_is_no_login(words):
    fields = {"answers": BY_NAME, "asked": ("deadline",), "category": "access"}
    ticket = a_ticket(language="en", **fields)
    decision = DIALOGUE.decide(a_situation(ticket), says(words), NOW)
    assert (decision.ticket or ticket).answers["account"] == "Anna Kowalska"
