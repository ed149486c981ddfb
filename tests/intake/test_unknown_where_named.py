"""Who can't tell one thing by name, and tells another, declines nothing else by it."""

import pytest

from intake.replies.answers import read_answers
from tests.intake.cast import NOW, READER, each

ASKED = ("asset", "os", "started", "tried", "urgency")
WHEN = {
    "uk": ["не пам'ятаю коли, мабуть вчора"],
    "en": ["don't remember when, probably yesterday", "not sure when exactly, maybe monday"],
    "sk": ["nepamätám si kedy, asi včera"],
    "el": ["δεν θυμάμαι πότε, μάλλον χθες"],
    "it": ["non ricordo quando, forse ieri"],
}
NUMBER = {
    "uk": ["номера не знаю, з учора"],
    "en": ["no idea about the number, since monday"],
    "sk": ["číslo neviem, od včera"],
    "el": ["τον αριθμό δεν τον ξέρω, από χθες"],
    "it": ["il numero non lo so, da ieri"],
}


def answers(language, words):
    return read_answers(
        words, asked=ASKED, category="computer", language=language, now=NOW, reader=READER
    )


@pytest.mark.parametrize(("language", "words"), each(WHEN))
def test_a_moment_in_doubt_declines_nothing(language, words):
    found = answers(language, words)
    assert (set(found.filled), found.declined) == ({"started"}, frozenset())


@pytest.mark.parametrize(("language", "words"), each(NUMBER))
def test_a_number_by_name_declines_itself(language, words):
    found = answers(language, words)
    assert (set(found.filled), found.declined) == ({"started"}, {"asset"})
