"""How people ask where it stands, and how they tell that it works: hardly ever by the book."""

import pytest

from tests.intake.cast import DIALOGUE, NOW, a_situation, says, settled

STATUS = {
    "uk": (
        "А коли приблизно відповісте?", "коли хтось подивиться?", "є якісь новини?",
        "хтось уже дивиться?", "довго ще чекати?",
    ),
    "en": (
        "when will somebody look at it?", "when will you answer?", "any news?",
        "anyone working on this?", "when is someone coming to fix it",
    ),
    "sk": (
        "je niečo nové?", "kedy sa na to niekto pozrie?", "kedy približne odpoviete?",
        "príde niekto?",
    ),
    "el": (
        "πότε θα απαντήσετε", "υπάρχει κάποιο νέο;", "πότε θα έρθει κάποιος;",
        "πόσο θα πάρει ακόμα;",
    ),
    "it": (
        "a che punto siamo", "quando arriva?", "quando mi rispondete?", "ci sono novità?",
    ),
}  # fmt: skip
WORKS = {
    "uk": ("дякую, вже зайшла в 1С!", "вже все ок", "розібралась сама", "вийшло, дякую!"),
    "en": ("never mind, fixed it myself", "all good now thanks", "managed to log in, thanks"),
    "sk": ("už som to vyriešil", "už to ide, ďakujem", "vyriešené, kábel bol vytiahnutý"),
    "el": ("τα κατάφερα", "μπήκα τελικά, ευχαριστώ", "όλα καλά τώρα"),
    "it": ("tutto ok adesso", "ce l'ho fatta, grazie", "sono riuscita ad entrare, grazie"),
}


def templates(text):
    decision = DIALOGUE.decide(a_situation(settled()), says(text), NOW)
    return [say.template for say in decision.says]


def each(said):
    return pytest.mark.parametrize("text", [text for texts in said.values() for text in texts])


@each(STATUS)
def test_who_asks_when_somebody_comes_hears_where_it_stands(text):
    assert templates(text) == ["status"]


@each(WORKS)
def test_who_tells_that_it_works_is_asked_whether_it_is_solved(text):
    assert templates(text) == ["is_it_solved"]
