"""“None of it except …”: the rest is declined, and what follows is the answer."""

import pytest

from intake.replies.answers import read_answers
from tests.intake.cast import NOW
from tests.intake.desk import READER

ASKED = ("asset", "os", "location", "started")
ONE = {
    "uk": ("нічого крім windows 11", "не знаю нічого, тільки що windows 11"),
    "en": ("none of it except windows 11", "I know nothing but that it's windows 11"),
    "sk": ("nič okrem windows 11", "neviem, iba že windows 11"),
    "el": ("τίποτα εκτός από windows 11", "δεν ξέρω τίποτα παρά μόνο windows 11"),
    "it": ("niente tranne windows 11", "non so nulla, solo che è windows 11"),
}
PLACES = {
    "uk": ("нічого, окрім 2 поверху", "2 поверху"),
    "en": ("all unknown except the 2nd floor", "2nd floor"),
    "sk": ("nič z toho okrem 2. poschodia", "2. poschodia"),
    "el": ("τίποτα από αυτά εκτός από 2ος όροφος", "2ος όροφος"),
    "it": ("niente eccetto 2° piano", "2° piano"),
}
RESTARTED = {
    "uk": "нічого крім перезавантаження",
    "en": "nothing but restarting it",
    "sk": "nič okrem reštartu",
    "el": "τίποτα εκτός από επανεκκίνηση",
    "it": "niente tranne riavviare",
}


def replied(language, text, asked=ASKED):
    return read_answers(
        text, asked=asked, category="computer", language=language, now=NOW, reader=READER
    )


@pytest.mark.parametrize("language", ONE)
def test_all_but_what_follows_is_declined(language):
    for text in ONE[language]:
        told = replied(language, text)
        assert (dict(told.filled), told.declined) == (
            {"os": "windows-11"},
            {"asset", "location", "started"},
        )


@pytest.mark.parametrize("language", PLACES)
def test_a_place_that_follows_is_told_without_the_except(language):
    text, place = PLACES[language]
    told = replied(language, text)
    assert (dict(told.filled), told.declined) == (
        {"location": place},
        {"asset", "os", "started"},
    )


@pytest.mark.parametrize("language", RESTARTED)
def test_nothing_but_a_restart_was_tried_and_declines_nothing(language):
    told = replied(language, RESTARTED[language], ("tried",))
    assert told.filled.keys() == {"tried"}
    assert not told.declined


def test_what_nothing_works_but_one_thing_says_is_no_decline():
    assert not replied("en", "nothing works except the mouse").declined
