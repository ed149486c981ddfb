"""“Something about a certificate” is what the screen says, asked alone or among others."""

import pytest

from intake.replies.answers import read_answers
from tests.intake.cast import NOW
from tests.intake.desk import READER

SAID = {
    "uk": ("щось про сертифікат", "пише щось про сертифікат", "там щось про сертифікат безпеки"),
    "en": ("something about a certificate", "it says something about a certificate"),
    "sk": ("niečo s certifikátom", "píše niečo o certifikáte", "hlási čosi o certifikáte"),
    "el": ("κάτι για πιστοποιητικό", "γράφει κάτι για πιστοποιητικό"),
    "it": ("qualcosa su un certificato", "dice qualcosa su un certificato"),
}
OTHER = {
    "uk": "треба щось зробити",
    "en": "something is wrong with it",
    "sk": "niečo s tým spravte",
    "el": "κάντε κάτι",
    "it": "fate qualcosa",
}


def replied(language, text, asked):
    return read_answers(
        text, asked=asked, category="software", language=language, now=NOW, reader=READER
    )


@pytest.mark.parametrize("language", SAID)
@pytest.mark.parametrize("asked", [("error",), ("error", "started", "tried", "urgency")])
def test_what_is_remembered_of_a_message_is_the_error(language, asked):
    for text in SAID[language]:
        found = replied(language, text, asked)
        assert found.filled.keys() == {"error"}, text
        assert (
            "ertif" in found.filled["error"]
            or "ертиф" in found.filled["error"]
            or ("πιστοποιητικό" in found.filled["error"])
        )
        assert not found.declined


@pytest.mark.parametrize("language", SAID)
def test_it_closes_with_its_clause(language):
    text = f"{SAID[language][0]}, windows 11"
    found = replied(language, text, ("error", "started"))
    assert found.filled["error"] == SAID[language][0]


@pytest.mark.parametrize("language", OTHER)
def test_something_else_is_no_error(language):
    found = replied(language, OTHER[language], ("error", "started", "tried", "urgency"))
    assert "error" not in found.filled


def test_a_greeting_below_a_subject_about_an_error_is_none():
    mail = "Rota export stops with an error\nMorning,\n\nthe export stops after two seconds."
    understood = READER.understand(mail, hint_language="en", now=NOW)
    assert "error" not in understood.answers
