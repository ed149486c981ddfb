"""“Where do we stand?” asks how the ticket does, in every language."""

import pytest

from tests.intake.cast import DIALOGUE, NOW, a_situation, a_ticket, says

SAID = {
    "uk": ("на якому ми етапі?", "на чому все зупинилось?"),
    "en": ("where do we stand?", "where are we with this?"),
    "sk": ("ako na tom sme?", "v akom je to stave?"),
    "el": ("πού βρισκόμαστε;", "σε ποιο στάδιο είμαστε;"),
    "it": ("a che punto siamo?", "a che punto siete?"),
}


@pytest.mark.parametrize("language", SAID)
def test_it_is_answered_by_the_status(language):
    for text in SAID[language]:
        decision = DIALOGUE.decide(a_situation(a_ticket(language=language)), says(text), NOW)
        assert [say.template for say in decision.says] == ["status"], text
