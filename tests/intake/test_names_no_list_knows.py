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


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("uk", "щоб вносити рахунки. це Полярис. логін k.boyko", "Полярис"),
        ("uk", "доступ до Поляриса щоб проводити накладні, k.boyko", "Поляриса"),
        ("uk", "k.boyko, для звітів, папка Кадри", "папка Кадри"),
        ("en", "login k.hughes. to enter invoices. Polaris", "Polaris"),
        ("en", "I need Polaris to enter invoices, login k.hughes", "Polaris"),
        ("en", "k.hughes, I can't get into Polaris, by friday", "Polaris"),
        ("sk", "login p.novak. ide o Polaris. na faktúry", "Polaris"),
        ("sk", "prístup do Polarisu aby som zadával faktúry, p.novak", "Polarisu"),
        ("el", "χρήστης g.pappas. πρόσβαση στο Polaris για τα τιμολόγια", "Polaris"),
        ("el", "είναι το Polaris, χρήστης g.pappas", "Polaris"),
        ("it", "utente m.rossi. è Polaris. per le fatture", "Polaris"),
        ("it", "accesso a Polaris per inserire le fatture, m.rossi", "Polaris"),
    ],
)
def test_a_name_that_stands_alone_or_behind_words_for_access_is_the_system(language, text, name):
    asked = ("symptom", *ACCESS)
    assert replied(text, language, asked, "access")["system"] == name


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("uk", "з понеділка. працюю в Астралі. помилки нема", "Астралі"),
        ("en", "since monday, no error, it's FlowDesk", "FlowDesk"),
        ("sk", "od pondelka. chyba žiadna. robím v Zenite", "Zenite"),
        ("el", "από Δευτέρα, κανένα σφάλμα, χρησιμοποιούμε το Νέστωρ", "Νέστωρ"),
        ("it", "da lunedì, nessun errore, usiamo Gestimax", "Gestimax"),
    ],
)
def test_a_name_behind_words_for_work_is_the_program(language, text, name):
    asked = ("application", "error", "started")
    assert replied(text, language, asked, "software")["application"] == name


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "щоб вносити рахунки. погодила Бойко. до п'ятниці"),
        ("en", "to enter invoices. for Emma Watts. approved by Hughes"),
        ("sk", "pre Vierku Spišákovú, nech sa jej dá tlačiť. do piatku"),
        ("el", "για να περνάω τιμολόγια. χρήστης Παππάς. μέχρι Παρασκευή"),
        ("it", "per inserire le fatture. non so come si chiama. entro venerdì"),
    ],
)
def test_the_name_of_a_person_is_no_system(language, text):
    assert "system" not in replied(text, language, ("symptom", *ACCESS), "access")


def test_what_a_system_is_wanted_for_is_not_its_name():
    text = "it's Polaris. to enter invoices. login k.hughes. by friday"
    found = replied(text, "en", ("symptom", *ACCESS), "access")
    assert (found["system"], found["symptom"]) == ("Polaris", "to enter invoices")
