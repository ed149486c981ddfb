"""What sounds like thanks or "any news?", and tells a trouble or a wish, has a ticket."""

import pytest

from intake.people import LANGUAGES
from tests.intake.cast import DIALOGUE, NOW, a_situation, says
from tests.intake.desk import READER

WORKS_BADLY = {
    "uk": ("принтер друкує чисті аркуші", "принтер друкує бліде"),
    "en": ("the printer prints blank pages", "printer prints faint"),
    "sk": ("tlaciaren tlaci pasiky", "tlačí šmuhy"),
    "el": ("ο εκτυπωτής τυπώνει γραμμές", "o ektypotis typonei grammes"),
    "it": ("la stampante stampa a righe", "la stampante stampa sbiadito"),
}
WORKS = {
    "uk": ("принтер вже друкує без смуг",),
    "en": ("the printer works now",),
    "sk": ("tlačiareň už tlačí", "tlačiareň tlačí bez pásikov"),
    "el": ("ο εκτυπωτής δουλεύει πάλι",),
    "it": ("è tornato internet", "tutto a posto, era solo spento il monitor"),
}
HAS_ANYONE = {
    "uk": "є в когось зарядка до делла?",
    "en": "has anyone got a charger for a dell?",
    "sk": "mas niekto nabijacku na dell?",
    "el": "έχει κανείς φορτιστή για dell;",
    "it": "qualcuno ha un caricatore per dell?",
}
IN_LATIN_LETTERS = (
    ("uk", "de mii laptop z remontu?"),
    ("uk", "pomogite printer ne rabotaet"),
    ("sk", "mas niekto nabijacku na dell?"),
    ("sk", "mate nabijacku na dell?"),
    ("sk", "telefon nezvoni"),
    ("el", "mas epese to internet"),
    ("it", "la stampante nell'ufficio del direttore"),
)


def told(language, texts):
    return [(language, text) for text in texts[language]]


@pytest.mark.parametrize(
    ("language", "text"), [each for one in LANGUAGES for each in told(one, WORKS_BADLY)]
)
def test_a_printer_that_prints_what_it_should_not_is_a_trouble_of_its_own(language, text):
    understood = READER.understand(text, hint_language=language, now=NOW)
    assert (understood.intent, understood.category) == ("report", "printer")
    assert DIALOGUE.decide(a_situation(), says(text), NOW).opens is not None


@pytest.mark.parametrize(
    ("language", "text"), [each for one in LANGUAGES for each in told(one, WORKS)]
)
def test_a_thing_that_works_again_is_no_trouble(language, text):
    understood = READER.understand(text, hint_language=language, now=NOW)
    assert understood.intent == "thanks"


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_asks_whether_anyone_has_a_thing_asks_for_no_news(language):
    assert DIALOGUE.decide(a_situation(), says(HAS_ANYONE[language]), NOW).opens is not None


@pytest.mark.parametrize(("language", "text"), IN_LATIN_LETTERS)
def test_few_words_in_latin_letters_tell_their_language(language, text):
    assert READER.language_of(text, "uk") == language
