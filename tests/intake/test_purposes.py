"""What something is wanted for takes the place of the bare wish, and is no correction."""

import pytest

from intake.replies.answers import read_answers
from intake.tickets import Kind
from tests.intake.cast import DIALOGUE, NOW, a_situation, a_ticket, says
from tests.intake.desk import READER

WISH = {"item": "headset", "symptom": "need a new headset"}


ACCESS = ("symptom", "system", "account", "deadline")
REQUEST = ("item", "symptom", "location", "deadline")


def replied(language, text, category, asked):
    found = read_answers(
        text, asked=asked, category=category, language=language, now=NOW, reader=READER
    )
    return found.filled


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


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "на жаль, дуже поспішаємо"), ("en", "for god's sake hurry up"),
        ("sk", "pre boha, ponáhľajte sa"), ("el", "για όνομα του Θεού, βιαστείτε"),
        ("it", "per favore fate presto"), ("it", "per cortesia, quanto prima"),
    ],
)  # fmt: skip
def test_a_plea_is_no_purpose(language, words):
    access = {"system": "SAP", "symptom": "need access to SAP"}
    more = {"answers": access, "asked": ("account", "deadline"), "category": "access"}
    decision = heard(language, words, **more)
    assert decision.ticket.answers == access


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


@pytest.mark.parametrize(
    ("language", "words", "purpose"),
    [
        (
            "uk",
            "мені треба бачити розклад операцій, Медстар, логін koval",
            "бачити розклад операцій",
        ),
        ("uk", "маю звіряти накладні. Система: BAS. Логін: koval", "звіряти накладні"),
        ("en", "I have to read the older files. PACS. login koval", "read the older files"),
        ("en", "only need to view invoices. System: NetSuite. Account: koval", "view invoices"),
        (
            "sk",
            "potrebujem vidieť stavy skladu. Systém: Helios. Konto: koval",
            "vidieť stavy skladu",
        ),
        ("el", "θέλω να βλέπω τα υπόλοιπα, SAP, χρήστης koval", "να βλέπω τα υπόλοιπα"),
        (
            "it",
            "devo solo vedere le giacenze. Sistema: Mexal. Utente: koval",
            "vedere le giacenze",
        ),
    ],
)
def test_what_one_has_to_do_is_the_purpose(language, words, purpose):
    assert replied(language, words, "access", ACCESS)["symptom"] == purpose


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "Медстар, koval, мушу здати звіт у понеділок"),
        ("en", "NetSuite, koval, I have to close the month on monday"),
        ("sk", "Helios, koval, musím odovzdať výkaz v pondelok"),
        ("el", "SAP, koval, θα ήθελα να παραδώσω τη Δευτέρα"),
        ("it", "Mexal, koval, devo chiudere il mese lunedì"),
    ],
)
def test_why_it_is_due_then_is_no_purpose(language, words):
    assert "symptom" not in replied(language, words, "access", ACCESS)


@pytest.mark.parametrize(
    ("language", "words", "thing"),
    [
        ("uk", "два ноутбуки для нових менеджерів, до понеділка", "два ноутбуки"),
        ("en", "two laptops for the new account managers, by monday", "two laptops"),
        ("sk", "dva notebooky pre nových obchodníkov, do pondelka", "dva notebooky"),
        ("el", "δύο λάπτοπ για τους νέους πωλητές, μέχρι Δευτέρα", "δύο λάπτοπ"),
        ("it", "due portatili per i nuovi venditori, entro lunedì", "due portatili"),
    ],
)
def test_the_purpose_is_no_part_of_the_thing(language, words, thing):
    assert replied(language, words, "request", REQUEST)["item"] == thing
