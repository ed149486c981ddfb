"""Who approves is known from a clause of its own, whatever else the reply says."""

import pytest

from intake.replies.answers import read_answers
from tests.intake.cast import NOW
from tests.intake.desk import READER

REQUEST = ("item", "symptom", "location", "deadline")


def replied(text, language, category="request", asked=REQUEST):
    found = read_answers(
        text, asked=asked, category=category, language=language, now=NOW, reader=READER
    )
    return found.filled


@pytest.mark.parametrize(
    ("language", "text", "approver"),
    [
        ("uk", "навушники, для дзвінків. погодила пані Лозова", "пані Лозова"),
        ("uk", "навушники, шеф підписав", "шеф"),
        ("uk", "навушники, Іван Степанович не проти", "Іван Степанович"),
        ("en", "a headset, for calls. Dr Hartley has already said yes", "Dr Hartley"),
        ("en", "a headset for calls, my manager agreed", "manager"),
        ("sk", "slúchadlá, na hovory. súhlasí Rybárová", "Rybárová"),
        ("sk", "slúchadlá na hovory, vedúci to schválil", "vedúci"),
        ("el", "ακουστικά, για κλήσεις (το ενέκρινε η διευθύνουσα)", "διευθύνουσα"),
        ("el", "ακουστικά για κλήσεις, ο κ. Βλάχος είπε ναι", "Βλάχος"),
        ("uk", "навушники, бюджет погоджено зі старшою Бекою", "старшою Бекою"),
        ("uk", "навушники, Світлана Грант в курсі", "Світлана Грант"),
        ("en", "a headset, Tina in procurement has okayed it", "Tina in procurement"),
        ("en", "a headset, budget agreed with Sister Mbeki", "Sister Mbeki"),
        ("sk", "slúchadlá, Jana Eamesová dala povolenie", "Jana Eamesová"),
        ("sk", "slúchadlá, po dohode s riaditeľom Kmeťom", "riaditeľom Kmeťom"),
        ("el", "ακουστικά, η Ιωάννα Έμη έδωσε άδεια", "Ιωάννα Έμη"),
        ("el", "ακουστικά, με την άδεια του Μάρκου Ρήγα", "Μάρκου Ρήγα"),
        ("it", "cuffie, Gianna Amati ha dato il permesso", "Gianna Amati"),
        ("it", "cuffie, con il consenso di Marta Riva", "Marta Riva"),
        ("uk", "навушники, для дзвінків, підпише головний ветлікар", "головний ветлікар"),
        ("uk", "навушники, для дзвінків. узгодила з Петренком", "Петренком"),
        ("en", "a headset, for calls, joe tully said its ok", "joe tully"),
        ("en", "a headset, for calls, my boss is fine with it", "boss"),
        ("en", "a headset. My senior clerk, Ms Frost, has agreed", "My senior clerk, Ms Frost"),
        ("sk", "slúchadlá, na hovory. podpíše primár Hudák", "primár Hudák"),
        ("el", "ακουστικά. Ο ιδιοκτήτης, ο κ. Ξένος, το εγκρίνει", "ιδιοκτήτης, ο κ. Ξένος"),
        ("it", "cuffie, per le chiamate. approva la preside Caruso", "preside Caruso"),
        ("it", "cuffie, per le chiamate. Ha già dato l'ok Anna Viola", "Anna Viola"),
        ("it", "cuffie. Lo firma il mio responsabile, dott. Bassi", "responsabile, dott. Bassi"),
    ],
)
def test_the_one_beside_a_word_of_approval_approves(language, text, approver):
    assert approver in replied(text, language)["approver"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "навушники, ніхто ще не погодив"),
        ("en", "a headset, nobody has approved it yet"),
        ("en", "a headset, it was approved yesterday"),
        ("sk", "slúchadlá, nikto to neschválil"),
        ("el", "ακουστικά, δεν το ενέκρινε κανείς"),
        ("it", "cuffie, non ha approvato nessuno"),
    ],
)
def test_where_nobody_is_named_nobody_approves(language, text):
    assert "approver" not in replied(text, language)


@pytest.mark.parametrize("language", ["uk", "en", "sk", "el", "it"])
def test_the_number_of_a_machine_is_no_place(language):
    asked = ("asset", "location", "started")
    found = replied("KASA-04", language, category="printer", asked=asked)
    assert found == {"asset": "KASA-04"}


@pytest.mark.parametrize(
    ("language", "text", "login"),
    [
        ("uk", "Доступ до архіву будь ласка, Марія Іванівна погодила, логін bondar", "bondar"),
        ("en", "Access to Z drive please, Sue Grant agrees, login okafm", "okafm"),
        ("sk", "Prístup na disk Z prosím, Eva Malá súhlasí, login mkral", "mkral"),
        ("el", "Πρόσβαση στο SAP παρακαλώ, η Άννα Βλάχου συμφωνεί, login kpap", "kpap"),
        ("it", "Accesso al CRM per favore, Anna Neri ha dato l'ok, utente lverdi", "lverdi"),
    ],
)
def test_whoever_approves_has_not_the_account(language, text, login):
    answers = READER.understand(text, hint_language=language, now=NOW).answers
    assert answers["account"] == login


def test_whoever_has_not_approved_has_neither_part():
    text = "Need access to Power BI for my team, Dr Hartley hasn't approved it yet"
    answers = READER.understand(text, hint_language="en", now=NOW).answers
    assert answers.keys().isdisjoint({"account", "approver"})


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "1. everyone\n2. slowly but it goes"),
        ("sk", "1. všetci\n2. ide to ale pomaly"),
        ("it", "1. tutti\n2. va a rilento"),
        ("el", "1. όλοι\n2. δουλεύει αλλά αργά"),
    ],
)
def test_everyone_is_not_the_writer_alone(language, text):
    found = replied(text, language, category="network", asked=("scope", "urgency"))
    assert found.get("scope") != "me"
    assert found["urgency"] == "degraded"


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("en", "1 - a drive\n2 - to archive x-rays\n3 - ward 4, 1st floor", "ward 4, 1st floor"),
        ("sk", "1 - disk\n2 - na archiváciu röntgenov\n3 - ortopédia, 1. poschodie, blok C",
         "ortopédia, 1. poschodie, blok C"),
    ],
)  # fmt: skip
def test_a_place_is_what_stands_under_its_number(language, text, place):
    assert replied(text, language)["location"] == place
