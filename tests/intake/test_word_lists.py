"""Phrases of word lists: how they are written, and where they are found."""

import pytest

from intake.understanding.compiling import net_of
from intake.understanding.folding import fold
from intake.understanding.net import Walker, grow


def found(phrases, text, language="en"):
    """The lists with a phrase from the first word on, and where its longest one ends."""
    net = Walker(grow(net_of(phrases, language)))
    return net.phrases([fold(word, language) for word in text.split()], 0)


@pytest.mark.parametrize(
    ("phrase", "text", "after"),
    [
        ("paper jam", "paper jam again", 2),
        ("print*", "printers", 1),
        ("paper|sheet jam*", "sheet jammed", 2),
        ("out [of] paper", "out paper", 2),
        ("out [of] paper", "out of paper", 3),
        ("drawer # stuck", "drawer 2 stuck", 3),
        ("the _ tray", "the lower tray", 3),
        ("does .. not print", "does not print", 3),
        ("does .. not print", "does it really just not print", 6),
    ],
)
def test_a_phrase_is_found_as_it_is_written(phrase, text, after):
    assert found([("trouble", phrase)], text) == {"trouble": after}


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("paper jam", "paper"),
        ("print*", "sprinter"),
        ("drawer # stuck", "drawer two stuck"),
        ("does .. not print", "does the one over there not print"),
    ],
)
def test_other_words_are_not_that_phrase(phrase, text):
    assert found([("trouble", phrase)], text) == {}


def test_of_two_phrases_of_a_list_the_longer_is_found_and_every_list_has_its_own():
    phrases = [("a", "paper"), ("a", "paper jam"), ("b", "paper")]
    assert found(phrases, "paper jam") == {"a": 2, "b": 1}


@pytest.mark.parametrize(
    ("language", "phrase", "text"),
    [("uk", "не друкує", "ne drukuye"), ("el", "δεν τυπώνει", "den typwnei"),
     ("sk", "tlačiareň", "tlaciaren"), ("it", "perché", "perche")],
)  # fmt: skip
def test_accents_and_letters_of_another_script_do_not_count(language, phrase, text):
    assert found([("trouble", phrase)], text, language)


def test_branches_that_go_on_alike_are_kept_once():
    rows = net_of([("a", "one|two|three|four five|six|seven")], "en")
    assert len(rows) == 3
