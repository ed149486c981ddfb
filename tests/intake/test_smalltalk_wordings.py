"""How people ask where it stands, and how they tell that it works: hardly ever by the book."""

import pytest

from tests.intake.cast import DIALOGUE, NOW, a_situation, says, settled

STATUS = {
    "uk": (
        "А коли приблизно відповісте?", "коли хтось подивиться?", "є якісь новини?",
        "хтось уже дивиться?", "довго ще чекати?", "коли буде доступ",
    ),
    "en": (
        "when will somebody look at it?", "when will you answer?", "any news?",
        "anyone working on this?", "when is someone coming to fix it",
    ),
    "sk": (
        "je niečo nové?", "kedy sa na to niekto pozrie?", "kedy približne odpoviete?",
        "príde niekto?", "ako dlho to ešte potrvá?", "kedy to bude hotové", "kedy mi to spravite",
        "ja stale cakam",
    ),
    "el": (
        "πότε θα απαντήσετε", "υπάρχει κάποιο νέο;", "πότε θα έρθει κάποιος;",
        "πόσο θα πάρει ακόμα;", "πότε θα το φτιάξετε",
    ),
    "it": (
        "a che punto siamo", "quando arriva?", "quando mi rispondete?", "ci sono novità?",
        "quanto ci vuole ancora?",
    ),
}  # fmt: skip
WORKS = {
    "uk": (
        "дякую, вже зайшла в 1С!", "вже все ок", "розібралась сама", "вийшло, дякую!",
        "принтер запрацював", "інтернет з'явився",
    ),
    "en": (
        "never mind, fixed it myself", "all good now thanks", "managed to log in, thanks",
        "ok got it working myself, a piece of label was stuck inside",
        "sorted, it was just a loose cable", "the printer is back",
    ),
    "sk": ("už som to vyriešil", "už to ide, ďakujem", "vyriešené, kábel bol vytiahnutý"),
    "el": (
        "τα κατάφερα", "μπήκα τελικά, ευχαριστώ", "το έφτιαξα μόνος μου",
        "τελικά δουλεύει, ήταν βγαλμένο το καλώδιο",
    ),
    "it": (
        "tutto ok adesso", "ce l'ho fatta, grazie", "risolto da solo",
        "a posto, era staccato il cavo", "il problema si è risolto da solo",
    ),
}  # fmt: skip
STILL_BROKEN = (
    "вже зайшла в 1С, але там порожньо",
    "got it working but it crashed again",
    "včera to išlo, dnes zase nie",
    "χθες δούλευε, σήμερα όχι",
    "ieri funzionava, oggi no",
)
GOES_ON = (
    "воно знову", "стало ще гірше", "дуже треба сьогодні", "it happened again",
    "everyone has this problem", "súrne to dnes potrebujem", "to isté zas", "πάλι τα ίδια",
    "το χρειάζομαι σήμερα", "è successo ancora", "mi serve davvero oggi",
)  # fmt: skip
QUESTIONS = (
    "коли закінчується термін дії пароля?",
    "when does my password expire?",
    "kedy mi vyprší heslo?",
    "πότε λήγει ο κωδικός μου;",
    "quando scade la mia password?",
)


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


@pytest.mark.parametrize("text", STILL_BROKEN)
def test_what_worked_for_a_while_is_not_solved(text):
    assert "is_it_solved" not in templates(text)


@pytest.mark.parametrize("text", QUESTIONS)
def test_when_something_ends_is_a_question_of_its_own(text):
    assert "status" not in templates(text)


@pytest.mark.parametrize("text", GOES_ON)
def test_who_says_in_small_words_that_it_goes_on_hears_that_it_arrived(text):
    assert templates(text) == ["added"]
