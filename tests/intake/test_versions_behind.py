"""The number of a system may stand a word or two behind it: “Windows, I think it's 11”."""

import pytest

from intake.replies.answers import read_answers
from tests.intake.cast import NOW
from tests.intake.desk import READER


def system(language, words):
    return read_answers(
        words, reader=READER, asked=("asset", "os", "started"), category="computer",
        language=language, now=NOW,
    ).filled.get("os")  # fmt: skip


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "NB-0417, вінда точно 10, з понеділка"),
        ("en", "NB-0417, windows, I think it's 10, since Monday"),
        ("sk", "NB-0417, windows a myslím 10, od pondelka"),
        ("el", "NB-0417, windows νομίζω 10, από Δευτέρα"),
        ("it", "NB-0417, windows credo 10, da lunedì"),
    ],
)
def test_a_number_behind_a_guess_is_the_version(language, words):
    assert system(language, words) == "windows-10"


@pytest.mark.parametrize("words", ["NB-0417, windows, since 10", "windows, it began at 10"])
def test_an_hour_behind_a_system_is_no_version(words):
    assert system("en", words) == "windows"


def test_the_next_answer_of_a_list_is_no_version():
    assert system("en", "windows, 10") != "windows-11"
