"""A trouble without a word for one: a thing that does not do something is what happens."""

import pytest

from tests.intake.cast import NOW
from tests.intake.desk import READER

SAID = {
    "uk": ("помилка 0x0000011b при друці на мережевий принтер", "сканер не видит комп"),
    "en": ("error 0x0000011b printing to the network printer", "the keyboard has no letter a"),
    "sk": (
        "klávesnica nepíše písmeno a",
        "celé oddelenie nemá wifi",
        "mám modrú obrazovku s chybou",
    ),
    "el": ("το πληκτρολόγιο δεν γράφει το α", "ο εκτυπωτής βγάζει σφάλμα 0x0000011b"),
    "it": ("la tastiera non scrive la a", "la stampante dà errore 0x0000011b"),
}
NOTHING = ("toner tam je", "il cavo è inserito", "кабель вставлений", "the light is green")


@pytest.mark.parametrize("language", SAID)
def test_what_it_does_not_do_is_the_symptom(language):
    for text in SAID[language]:
        found = READER.understand(text, hint_language=language, now=NOW)
        assert found.answers.get("symptom"), text


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_as_it_should_be_is_none(text):
    assert "symptom" not in READER.understand(text, hint_language="sk", now=NOW).answers
