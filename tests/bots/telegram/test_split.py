"""Long texts are cut where people would cut them, and no character is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.bot_markup import Run, plain, units
from bots.bot_split import LONGEST_TEXT, split_runs
from bots.cutting import split_text

TEXTS = st.text(alphabet=st.sampled_from("ab. \n!?є😀é\u0301\u200d👩"), max_size=120)


@given(TEXTS, st.integers(min_value=2, max_value=40))
def test_the_parts_are_the_text_and_each_fits(text, limit):
    parts = split_text(text, limit, units)
    assert "".join(parts) == text
    assert all(0 < units(part) <= limit for part in parts)


@given(
    st.lists(st.tuples(TEXTS, st.sampled_from(["", "b", "i"])), max_size=6),
    st.integers(min_value=2, max_value=40),
)
def test_every_character_keeps_its_look(pieces, limit):
    runs = [Run(text, tag) for text, tag in pieces]
    parts = split_runs(runs, limit)

    def looks(some):
        return [(letter, run.tag) for run in some for letter in run.text]

    assert [one for part in parts for one in looks(part)] == looks(runs)
    assert all(units(plain(part)) <= limit for part in parts)


def test_a_short_text_stays_whole():
    assert split_text("Добрий день", LONGEST_TEXT, units) == ["Добрий день"]
    assert split_text("x" * LONGEST_TEXT, LONGEST_TEXT, units) == ["x" * LONGEST_TEXT]
    assert split_text("", LONGEST_TEXT, units) == []


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("one two. three\n\nfour five six seven", "one two. three\n\n"),
        ("one two three. four five six seven", "one two three. "),
        ("one two three four five six seven", "one two three four five "),
        ("onetwothreefourfivesixseveneight", "onetwothreefourfivesixse"),
    ],
)
def test_the_cut_is_at_a_paragraph_else_a_sentence_else_a_word(text, first):
    assert split_text(text, 24, units)[0] == first


def test_emoji_count_twice_and_stay_whole():
    parts = split_text("😀" * 10, 5, units)
    assert parts == ["😀😀"] * 5


def test_an_accent_stays_on_its_letter_and_a_family_together():
    assert split_text("aaae\u0301aa", 4, units) == ["aaa", "e\u0301aa"]
    assert split_text("aa👩\u200d👩\u200d👧", 9, units)[1] == "👩\u200d👩\u200d👧"
