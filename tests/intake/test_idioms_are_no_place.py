"""What people say by habit is no place, where one is asked; what says where by itself is one."""

import pytest

from intake.replies.answers import read_answers
from tests.intake.cast import NOW, READER, each

HABITS = {
    "uk": (
        "чудово",
        "типово",
        "боже мій",
        "без різниці",
        "тримаю кулаки",
        "та скоріше вже",
        "все як завжди у вас",
    ),
    "en": (
        "typical",
        "just great",
        "oh my god",
        "unbelievable",
        "fingers crossed",
        "whatever",
        "really counting on you",
    ),
    "sk": (
        "typicke",
        "no super",
        "bože môj",
        "je to jedno kde",
        "drzim palce",
        "spolieham sa na vas",
        "no tak makajte uz",
    ),
    "el": (
        "θεε μου",
        "υπέροχα",
        "κλασικά",
        "φοβερό",
        "καλα καλα",
        "τα γνωστα",
        "βασιζομαι σε εσας",
    ),
    "it": (
        "tipico",
        "mamma mia",
        "figurati",
        "che disastro",
        "stupendo",
        "incrociamo le dita",
        "conto su di voi",
    ),
}
WHEREVER = {
    "uk": ("все одно де", "це неважливо"),
    "en": ("doesn't matter where", "it doesn't matter"),
    "sk": ("je to jedno kde", "na tom nezáleží"),
    "el": ("δεν έχει σημασία πού", "μου είναι αδιάφορο"),
    "it": ("non importa dove", "è uguale"),
}
BESIDE = {
    "uk": ("чудово, кабінет 12", "кабінет 12"),
    "en": ("oh great, room 12", "room 12"),
    "sk": ("no paráda, kancelária 12", "kancelária 12"),
    "el": ("έλεος, γραφείο 12", "γραφείο 12"),
    "it": ("che bello, stanza 12", "stanza 12"),
}
PLACES = {
    "uk": ("нагорі", "бухгалтерія", "склад"),
    "en": ("upstairs", "accounts", "by the window"),
    "sk": ("hore", "sklad", "na chodbe"),
    "el": ("πάνω", "λογιστήριο", "αποθηκη"),
    "it": ("di sopra", "contabilità", "corridoio"),
}


def replied(language, words):
    return read_answers(
        words,
        asked=("location",),
        category="printer",
        language=language,
        now=NOW,
        reader=READER,
    )


def place(language, words):
    return replied(language, words).filled.get("location", "")


@pytest.mark.parametrize(("language", "words"), each(HABITS))
def test_what_is_said_by_habit_is_no_place(language, words):
    assert place(language, words) == ""


@pytest.mark.parametrize(("language", "words"), each(PLACES))
def test_what_says_where_by_itself_is_the_place(language, words):
    assert place(language, words) in words
    assert place(language, words)


@pytest.mark.parametrize(("language", "words"), each(WHEREVER))
def test_who_says_that_it_makes_no_difference_is_asked_no_more(language, words):
    told = replied(language, words)
    assert (dict(told.filled), told.declined) == ({}, {"location"})


@pytest.mark.parametrize("language", BESIDE)
def test_a_place_beside_a_sigh_is_the_place(language):
    words, expected = BESIDE[language]
    assert place(language, words) == expected
