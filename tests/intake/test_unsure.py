"""“A mac I think, but not sure”: what is said counts, and nothing else is declined by it."""

import pytest

from intake.replies.answers import read_answers
from tests.intake.cast import NOW
from tests.intake.desk import READER

ASKED = ("asset", "os", "started")
MAC = {
    "uk": "здається мак, але не впевнена",
    "en": "I think it is a mac but not sure",
    "sk": "myslím že mac, ale nie som si istá",
    "el": "νομίζω mac αλλά δεν είμαι σίγουρη",
    "it": "credo sia un mac ma non sono sicura",
}
SINCE = {
    "uk": "десь з понеділка, не певен",
    "en": "probably since monday, not sure",
    "sk": "asi od pondelka, nie som si istý",
    "el": "νομίζω από δευτέρα, δεν είμαι σίγουρος",
    "it": "mi pare da lunedì, non sono sicuro",
}
NUMBER = {
    "uk": "windows 11, номера не знаю точно",
    "en": "windows 11, not sure about the number",
    "sk": "windows 11, číslo neviem",
    "el": "windows 11, τον αριθμό δεν τον ξέρω",
    "it": "windows 11, il numero non lo so",
}


def told(language, text, *asked):
    found = read_answers(
        text, asked=asked, category="computer", language=language, now=NOW, reader=READER
    )
    return dict(found.filled), set(found.declined)


@pytest.mark.parametrize("language", MAC)
def test_what_is_said_without_being_sure_is_said(language):
    for asked in (ASKED, ("os",)):
        assert told(language, MAC[language], *asked) == ({"os": "macos"}, set())
    assert told(language, SINCE[language], *ASKED) == ({"started": "2026-11-16"}, set())


@pytest.mark.parametrize("language", NUMBER)
def test_what_is_named_as_unknown_beside_it_is_declined(language):
    assert told(language, NUMBER[language], *ASKED) == ({"os": "windows-11"}, {"asset"})


def test_not_sure_in_its_place_in_a_list_declines_what_is_asked_there():
    filled = {"asset": "NB-44", "started": "2026-11-16"}
    assert told("en", "NB-44, not sure, monday", *ASKED) == (filled, {"os"})
    assert told("en", "not sure", *ASKED) == ({}, {*ASKED})
