"""A number said once more after a slip puts the known one right, whatever else a card asks for."""

import pytest

from tests.intake.cast import DIALOGUE, NOW, a_situation, a_ticket, each, says

SLIPS = {
    "uk": ["ой вибачте 231", "помилилась, 231", "231*"],
    "en": ["oh sorry, 231", "oops 231", "*231", "typo, 231"],
    "sk": ["pardon, 231", "ojoj, 231", "preklep, 231"],
    "el": ["συγγνώμη, 231", "ουπς 231", "λάθος μου, 231"],
    "it": ["scusi, 231", "ops, 231", "errore mio, 231"],
}


def told(language, words, **known):
    answers = {"symptom": "it jams", "location": "room 321"} | known
    asked = tuple(name for name in ("asset", "started") if name not in answers)
    ticket = a_ticket(language=language, answers=answers, asked=asked)
    answers = DIALOGUE.decide(a_situation(ticket), says(words), NOW).ticket.answers
    return {name: answers[name] for name in ("location", "asset") if name in answers}


@pytest.mark.parametrize(("language", "words"), each(SLIPS))
def test_the_same_digits_after_a_slip_put_the_room_right(language, words):
    assert told(language, words) == {"location": "room 231"}


@pytest.mark.parametrize("words", ["231", "oh sorry, INV-231", "sorry, 555", "sorry, 3210"])
def test_another_number_or_no_slip_leaves_the_room(words):
    assert told("en", words)["location"] == "room 321"
