"""A mere number under the question for a version is that version, in words as well."""

import pytest

from intake.replies.answers import read_answers
from tests.intake.cast import NOW
from tests.intake.desk import READER

ASKED = ("asset", "os", "started")
TENS = {
    "uk": ("десята", "десятка", "десять"),
    "en": ("ten", "the ten", "10"),
    "sk": ("desať", "desiatka", "10"),
    "el": ("το δέκα", "τα δέκα", "10"),
    "it": ("il dieci", "dieci", "il 10"),
}


def told(language, text):
    return read_answers(
        text, asked=ASKED, category="computer", language=language, now=NOW, reader=READER
    ).filled


@pytest.mark.parametrize("language", TENS)
def test_the_number_of_a_version_is_no_day_of_the_month(language):
    for words in TENS[language]:
        assert told(language, f"2. {words}") == {"os": "windows-10"}
        said = told(language, f"1. NB-44\n2. {words}\n3. 18.11.2026")
        assert said == {"asset": "NB-44", "os": "windows-10", "started": "2026-11-18"}


@pytest.mark.parametrize("language", TENS)
def test_the_number_of_its_question_may_stand_without_a_mark(language):
    for words in TENS[language]:
        if not words.isdecimal():
            assert told(language, f"2 {words}") == {"os": "windows-10"}


def test_under_the_question_when_the_tenth_is_a_day():
    assert told("it", "3. il dieci") == {"started": "2026-11-10"}
    assert told("it", "2. il dieci 3. il dieci") == {"os": "windows-10", "started": "2026-11-10"}
