"""What people say by habit is no place, where one is asked; what says where by itself is one."""

import pytest

from intake.answers import read_answers
from intake.understanding import Reader
from tests.intake.cast import CATALOGUE, NOW

READER = Reader(CATALOGUE)
HABITS = {
    "uk": ("тримаю кулаки", "та скоріше вже", "все як завжди у вас"),
    "en": ("fingers crossed", "whatever", "really counting on you"),
    "sk": ("drzim palce", "spolieham sa na vas", "no tak makajte uz"),
    "el": ("καλα καλα", "τα γνωστα", "βασιζομαι σε εσας"),
    "it": ("stupendo", "incrociamo le dita", "conto su di voi"),
}
PLACES = {
    "uk": ("нагорі", "бухгалтерія", "склад"),
    "en": ("upstairs", "accounts", "by the window"),
    "sk": ("hore", "sklad", "na chodbe"),
    "el": ("πάνω", "λογιστήριο", "αποθηκη"),
    "it": ("di sopra", "contabilità", "corridoio"),
}


def place(language, words):
    return read_answers(
        words,
        asked=("location",),
        category="printer",
        language=language,
        now=NOW,
        reader=READER,
    ).filled.get("location", "")


def each(said):
    return [(language, words) for language, every in said.items() for words in every]


@pytest.mark.parametrize(("language", "words"), each(HABITS))
def test_what_is_said_by_habit_is_no_place(language, words):
    assert place(language, words) == ""


@pytest.mark.parametrize(("language", "words"), each(PLACES))
def test_what_says_where_by_itself_is_the_place(language, words):
    assert place(language, words) in words
    assert place(language, words)
