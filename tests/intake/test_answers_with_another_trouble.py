"""An answer with a second trouble of the same kind behind it is an answer all the same."""

import pytest

from tests.intake.cast import DIALOGUE, NOW, a_situation, a_ticket, says

SAID = {
    "uk": ("INV-3305. і ще мишка не працює", "INV-3305, а ще клавіатура залипає"),
    "en": ("INV-3305. oh and my mouse is broken too", "INV-3305. also the keyboard sticks"),
    "sk": ("INV-3305. a ešte mi nejde myš", "INV-3305, a ešte sa zasekáva klávesnica"),
    "el": ("INV-3305. και επίσης δεν δουλεύει το ποντίκι",),
    "it": ("INV-3305. e inoltre il mouse non funziona",),
}


@pytest.mark.parametrize("language", SAID)
def test_the_answer_is_taken_and_the_other_is_named_to_the_agent(language):
    for text in SAID[language]:
        laptop = a_ticket(
            language=language,
            category="computer",
            answers={"symptom": "laptop", "device": "laptop"},
            asked=("asset", "os", "started"),
        )
        decision = DIALOGUE.decide(a_situation(laptop), says(text), NOW)
        assert decision.ticket.answers["asset"] == "INV-3305", text
        assert decision.besides, text
        assert not decision.is_unsure
