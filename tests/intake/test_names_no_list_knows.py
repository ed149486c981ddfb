"""The name of a program or system, told by a word for names or where it can be nothing else."""

import pytest

from intake.replies.answers import read_answers
from tests.intake.cast import NOW
from tests.intake.desk import READER

ACCESS = ("system", "account", "deadline")
EMAIL = ("account", "application", "error", "started", "urgency")


def replied(text, language, asked, category):
    found = read_answers(
        text, asked=asked, category=category, language=language, now=NOW, reader=READER
    )
    return found.filled


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("uk", "та з посилками, ми її називаємо Посилач. мій логін t.koval", "Посилач"),
        ("en", "the one with the parcels, i think they call it parcelpoint", "parcelpoint"),
        ("en", "the one with the parcels, it's called ParcelPoint I think", "ParcelPoint"),
        ("sk", "to s balíkmi, všetci to volajú Balíkovač", "Balíkovač"),
        ("el", "αυτό με τα δέματα, εμείς το λέμε Δέμα", "Δέμα"),
        ("it", "quello dei pacchi, dicono che si chiama gironave", "gironave"),
    ],
)
def test_what_it_is_called_is_its_name(language, text, name):
    assert replied(text, language, ACCESS, "access")["system"] == name


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "не знаю як називається система, логін t.koval"),
        ("en", "no idea what it's called tbh, login t.koval"),
        ("sk", "neviem ako sa volá ten systém, login t.koval"),
        ("el", "δεν ξέρω πώς λέγεται αυτό, χρήστης t.koval"),
        ("el", "ο κωδικός λέγεται kassa7, τον μοιραζόμαστε"),
        ("it", "non so come si chiama quel coso, utente t.koval"),
    ],
)
def test_what_it_is_called_may_be_unknown_or_of_another_thing(language, text):
    assert "system" not in replied(text, language, ACCESS, "access")


def test_a_known_name_in_a_clause_of_its_own_is_the_program():
    text = "i closed it and opened it again, its my normal address you know the one. thunderbird"
    assert replied(text, "en", EMAIL, "email")["application"] == "thunderbird"


def test_the_one_word_before_all_others_is_the_name_where_that_is_asked_first():
    text = "Медкард. а логін де подивитись? бажано до завтра"
    assert replied(text, "uk", ACCESS, "access")["system"] == "Медкард"


def test_one_word_further_on_is_no_name():
    text = "it shows the wrong one!! dangerous. i closed it, then it was right"
    asked = ("symptom", "application", "error", "tried")
    assert "application" not in replied(text, "en", asked, "software")
