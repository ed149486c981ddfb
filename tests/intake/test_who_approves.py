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
        ("en", "a headset, for calls. Dr Hartley has already said yes", "Dr Hartley"),
        ("en", "a headset for calls, my manager agreed", "manager"),
        ("sk", "slúchadlá, na hovory. súhlasí Rybárová", "Rybárová"),
        ("sk", "slúchadlá na hovory, vedúci to schválil", "vedúci"),
        ("el", "ακουστικά, για κλήσεις (το ενέκρινε η διευθύνουσα)", "διευθύνουσα"),
        ("el", "ακουστικά για κλήσεις, ο κ. Βλάχος είπε ναι", "Βλάχος"),
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
