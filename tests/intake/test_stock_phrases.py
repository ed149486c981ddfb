"""Short greetings and thanks tell their language by themselves, whatever the phone is set to."""

import pytest

from intake.people import LANGUAGES
from tests.intake.cast import DIALOGUE, NOW, a_situation, says
from tests.intake.desk import READER

STOCK = {
    "uk": ("pryvit", "dyakuyu", "dobryi den", "duzhe dyakuyu"),
    "en": ("cheers mate", "ta", "hi there", "thanks a lot", "ok cheers", "morning all"),
    "sk": ("ahoj", "vdaka", "dobry den", "ok dakujem", "cau"),
    "el": ("kalimera", "geia sas", "efharisto poly", "eyxaristw", "kalispera"),
    "it": ("arrivederci", "grazie mille", "pronto", "buongiorno a tutti", "ehi"),
}
SHARED = {
    "tak": ("uk", "sk"),
    "no": ("en", "sk", "it"),
    "dobre": ("uk", "sk"),
    "status?": LANGUAGES,
}


@pytest.mark.parametrize("language", STOCK)
def test_a_stock_phrase_is_of_its_language_whatever_is_hinted(language):
    for text in STOCK[language]:
        for written in (text, f"{text.capitalize()}!"):
            told = {READER.language_of(written, hint) for hint in LANGUAGES}
            assert told == {language}, written


@pytest.mark.parametrize("text", SHARED)
def test_one_that_two_languages_have_is_of_the_one_that_is_hinted(text):
    assert [READER.language_of(text, hint) for hint in SHARED[text]] == [*SHARED[text]]


def test_whoever_thanks_before_anything_else_is_welcomed_in_their_own_language():
    decision = DIALOGUE.decide(a_situation(), says("cheers mate"), NOW)
    assert (decision.opens, decision.person.language) == (None, "en")
