"""Who asks what became of a thing hears of its ticket; so does who says that it works too."""

import pytest

from intake.people import LANGUAGES
from intake.smalltalk.responses import IS_IT_SOLVED
from tests.intake.cast import DIALOGUE, NOW, a_situation, an_entry, says, settled
from tests.intake.desk import READER

WHEN_ANSWERED = {
    "uk": ("коли я отримаю відповідь?", "есть новости по ноуту?", "de mii laptop z remontu?"),
    "en": ("when will I get an answer?", "hi any eta"),
    "sk": ("kedy dostanem odpoveď?", "kde je môj notebook z opravy?"),
    "el": ("πότε θα πάρω απάντηση;", "πού είναι το λάπτοπ μου από την επισκευή;"),
    "it": ("quando riceverò una risposta?", "ci sono novità sul portatile?"),
}
ON_THE_PRINTER = {
    "uk": "є новини по принтеру?",
    "en": "any update on the printer?",
    "sk": "sú novinky ohľadom tlačiarne?",
    "el": "υπάρχει κάποιο νέο για τον εκτυπωτή;",
    "it": "ci sono novità sulla stampante?",
}
PRINTER_TOO = {
    "uk": "принтер теж",
    "en": "the printer too",
    "sk": "tlačiareň tiež",
    "el": "και ο εκτυπωτής",
    "it": "anche la stampante",
}
PRINTER = settled(1001, category="printer", subject="E5", answers={"symptom": "E5"})
WIFI = settled(1002, category="network", subject="wifi", answers={"symptom": "wifi"})
LAPTOP = settled(1003, category="computer", subject="PC-7", answers={"symptom": "PC-7"})


@pytest.mark.parametrize(
    ("language", "text"), [(one, text) for one in LANGUAGES for text in WHEN_ANSWERED[one]]
)
def test_who_asks_for_the_answer_asks_how_things_stand(language, text):
    understood = READER.understand(text, hint_language=language, now=NOW)
    assert understood.intent == "status"


@pytest.mark.parametrize("language", LANGUAGES)
def test_news_of_one_thing_are_those_of_its_ticket(language):
    situation = a_situation(LAPTOP, WIFI, PRINTER)
    decision = DIALOGUE.decide(situation, says(ON_THE_PRINTER[language]), NOW)
    [told] = decision.says
    assert [line["number"] for line in told.values["tickets"]] == [PRINTER.id]


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_another_works_too_asks_whether_that_one_is_solved(language):
    asked = an_entry(WIFI, minutes_ago=1, facts={"asks": "solved"})
    situation = a_situation(WIFI, PRINTER, last_entry=asked)
    decision = DIALOGUE.decide(situation, says(PRINTER_TOO[language]), NOW)
    assert decision.ticket.id == PRINTER.id
    assert decision.says == (IS_IT_SOLVED,)
    assert decision.ticket.answers == PRINTER.answers
