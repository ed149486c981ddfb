"""Who answers the other questions first tells the trouble last: “since Monday, no sound”."""

import pytest

from intake.replies.answers import read_answers
from tests.intake.cast import NOW
from tests.intake.desk import READER

ASKED = ("symptom", "asset", "os", "started", "tried")
BEFORE = {
    "uk": "NB-0442. windows 11. зі вчора. перезавантажувала двічі. ",
    "en": "NB-0442. windows 11. since yesterday. restarted twice. ",
    "sk": "NB-0442. windows 11. od včera. dvakrát reštartovaný. ",
    "el": "NB-0442. windows 11. από χθες. έκανα δύο φορές επανεκκίνηση. ",
    "it": "NB-0442. windows 11. da ieri. riavviato due volte. ",
}
TROUBLES = {
    "uk": ("екран не світиться", "зависає", "гуде вентилятор", "синій екран", "нема звуку"),
    "en": (
        "screen is black",
        "it keeps restarting",
        "blue screen",
        "it doesn't charge",
        "no sound",
    ),
    "sk": ("obrazovka nesvieti", "zamŕza", "hučí ventilátor", "modrá obrazovka", "je bez zvuku"),
    "el": ("μαύρη οθόνη", "κολλάει", "κάνει θόρυβο ο ανεμιστήρας", "μπλε οθόνη", "δεν φορτίζει"),
    "it": ("schermo nero", "si blocca", "la ventola fa rumore", "schermata blu", "va piano"),
}
NONE = {
    "uk": ("начальник злий", "дякую", "у інших працює"),
    "en": ("my boss is angry", "thanks", "the others work"),
    "sk": ("šéf sa hnevá", "ďakujem", "ostatným to ide"),
    "el": ("ο διευθυντής θύμωσε", "ευχαριστώ", "στους άλλους δουλεύει"),
    "it": ("il capo è arrabbiato", "grazie", "agli altri funziona"),
}


def told(language, words, asked=ASKED):
    return read_answers(
        BEFORE[language] + words,
        reader=READER,
        asked=asked,
        category="computer",
        language=language,
        now=NOW,
    ).filled


def pairs(said):
    return [(language, words) for language, each in said.items() for words in each]


@pytest.mark.parametrize(("language", "words"), pairs(TROUBLES))
def test_a_trouble_behind_the_other_answers_is_what_was_asked(language, words):
    found = told(language, words)
    assert found.get("symptom") == words
    assert found.keys() >= {*ASKED}


@pytest.mark.parametrize(("language", "words"), pairs(NONE))
def test_what_tells_no_trouble_is_none_behind_them_either(language, words):
    assert "symptom" not in told(language, words)


@pytest.mark.parametrize(("language", "words"), pairs(TROUBLES))
def test_who_told_it_before_is_not_heard_anew(language, words):
    assert "symptom" not in told(language, words, asked=ASKED[1:])
