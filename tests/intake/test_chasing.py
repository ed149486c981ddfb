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
