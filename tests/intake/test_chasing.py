"""Who asks when somebody comes, or what became of a thing, is told how it stands at once."""

import pytest

from tests.intake.cast import DIALOGUE, NOW, a_situation, a_ticket, says

CHASES = {
    "uk": ("коли вже хтось зайде", "а як же мій ноут", "а що з ноутом"),
    "en": ("so when's someone popping by", "when is somebody coming", "what about my laptop then"),
    "sk": ("kedy sa niekto zastavi", "a co moj notebook", "kedy už niekto príde"),
    "el": ("ποτε θα περασει κανεις", "τι εγινε, το ειδατε;", "και το λαπτοπ μου;"),
    "it": ("quando passa qualcuno", "e il mio portatile?", "quando arriva qualcuno"),
}


@pytest.mark.parametrize(
    ("language", "words"), [(of, words) for of, every in CHASES.items() for words in every]
)
@pytest.mark.parametrize("asked", [(), ("location",)])
def test_who_asks_what_became_of_it_is_told_how_it_stands(language, words, asked):
    ticket = a_ticket(
        language=language, category="computer", answers={"symptom": "E5"}, asked=asked
    )
    decision = DIALOGUE.decide(a_situation(ticket), says(words), NOW)
    assert "status" in [say.template for say in decision.says]
    assert "location" not in (decision.ticket or ticket).answers


ASKS = {
    "uk": (
        "ви отримали моє повідомлення?", "чи 1042 ще відкрите?", "який номер мого звернення?",
        "хто цим займається?", "це вже вирішено?", "коли це вже буде готово?",
    ),
    "en": (
        "did you get my message?", "is 1042 still open?", "what is my ticket number?",
        "who is dealing with it?", "is it solved yet?", "when will it be ready?",
    ),
    "sk": (
        "dostali ste moju správu?", "je 1042 ešte otvorený?", "aké je číslo môjho tiketu?",
        "kto to má na starosti?", "pozrel sa na to niekto?", "kedy to bude?",
    ),
    "el": (
        "λάβατε το μήνυμά μου;", "είναι ακόμα ανοιχτό το 1042;", "ποια είναι η κατάσταση;",
        "ποιος το έχει αναλάβει;", "είναι έτοιμο;", "λύθηκε;", "είναι κανείς εκεί;",
    ),
    "it": (
        "avete ricevuto il mio messaggio?", "il 1042 è ancora aperto?", "è risolto?",
        "chi ci sta lavorando?", "ci sta lavorando qualcuno?", "quando sarà pronto?",
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "words"), [(of, words) for of, every in ASKS.items() for words in every]
)
@pytest.mark.parametrize("asked", [(), ("asset", "started", "urgency")])
def test_how_it_stands_may_be_asked_in_many_words(language, words, asked):
    answers = {"symptom": "E5"} if asked else {"symptom": "E5", "urgency": "blocked"}
    ticket = a_ticket(language=language, category="computer", answers=answers, asked=asked)
    decision = DIALOGUE.decide(a_situation(ticket), says(words), NOW)
    assert [say.template for say in decision.says] == ["status"]
    assert (decision.ticket or ticket).answers == answers
    assert decision.opens is None


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "вирішено"), ("en", "it is fixed"), ("sk", "už je to hotové"), ("el", "λύθηκε"),
        ("it", "risolto"),
    ],
)  # fmt: skip
def test_without_a_question_mark_it_is_no_question(language, words):
    ticket = a_ticket(language=language, category="computer", answers={"symptom": "E5"}, asked=())
    decision = DIALOGUE.decide(a_situation(ticket), says(words), NOW)
    assert "status" not in [say.template for say in decision.says]
