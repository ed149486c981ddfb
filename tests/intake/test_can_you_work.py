"""A bare yes to “Can you work?” is shown as that, and as nothing more."""

import pytest

from tests.intake.cast import CATALOGUE, DIALOGUE, NOW, a_situation, a_ticket, says


@pytest.mark.parametrize(
    ("language", "yes", "shown"),
    [
        ("uk", "так", "Можу працювати"),
        ("en", "yes", "Can work"),
        ("sk", "áno", "Môžem pracovať"),
        ("el", "ναι", "Μπορώ να δουλέψω"),
        ("it", "sì", "Posso lavorare"),
    ],
)
def test_yes_to_can_you_work_says_that_one_can(language, yes, shown):
    answers = {"symptom": "slow"}
    ticket = a_ticket(language=language, category="computer", answers=answers, asked=("urgency",))
    for words in (yes, shown):
        filled = DIALOGUE.decide(a_situation(ticket), says(words), NOW).ticket
        assert CATALOGUE.show("urgency", filled.answers["urgency"], language) == shown
