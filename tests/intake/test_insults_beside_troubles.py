"""Whoever curses and tells a trouble has told it: there is a card, a calm word and a mark."""

import pytest

from tests.intake.cast import DIALOGUE, NOW, a_situation, says

SAID = {
    "uk": "ви всі ідіоти, принтер ДОСІ не друкує",
    "en": "you lot are useless the printer is STILL broken",
    "sk": "ste neschopní, tlačiareň zase nejde",
    "el": "είσαστε απαράδεκτοι, ο εκτυπωτής πάλι δεν τυπώνει",
    "it": "siete degli incapaci, la stampante non va di nuovo",
}
MERE = ("you are all morons", "ви ідіоти", "ste idioti", "είστε ηλίθιοι", "siete dei cretini")


@pytest.mark.parametrize("language", SAID)
def test_the_trouble_beside_an_insult_is_heard(language):
    decision = DIALOGUE.decide(a_situation(), says(SAID[language]), NOW)
    assert decision.opens.category == "printer"
    assert decision.flag == "abuse"
    assert not decision.asks_nothing
    assert "annoyed" in [say.template for say in decision.says]


@pytest.mark.parametrize("text", MERE)
def test_a_mere_insult_asks_for_nothing_but_words(text):
    decision = DIALOGUE.decide(a_situation(), says(text), NOW)
    assert decision.opens.category is None
    assert [say.template for say in decision.says] == ["calm"]
