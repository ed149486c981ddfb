"""A nod to a card that asks is told what it asks; haste and sighs are heard."""

import pytest

from tests.intake.cast import CATALOGUE, DIALOGUE, NOW, a_situation, a_ticket, says, settled


def decided(text, ticket):
    return DIALOGUE.decide(a_situation(ticket), says(text), NOW)


@pytest.mark.parametrize(
    ("language", "text"),
    [("uk", "ок"), ("en", "ok"), ("sk", "dobre"), ("el", "εντάξει"), ("it", "va bene")],
)
def test_a_mere_nod_to_a_card_that_asks_is_told_what_would_still_help(language, text):
    answers = {"symptom": "jams", "location": "2"}
    (said,) = decided(text, a_ticket(language=language, answers=answers)).says
    missing = [CATALOGUE.label(name, language, "printer") for name in ("asset", "started")]
    labels = ", ".join(label[0].lower() + label[1:] for label in missing)
    assert (said.template, said.values) == ("still_asked", {"labels": labels})
    assert not decided(text, settled(language=language)).says


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "поспішіть будь ласка"),
        ("en", "please hurry up"),
        ("sk", "ponáhľajte sa prosím"),
        ("el", "βιαστείτε παρακαλώ"),
        ("it", "sbrigatevi per favore"),
    ],
)
def test_haste_and_sighs_are_heard(language, text):
    decision = decided(text, settled(language=language))
    assert decision.opens is None
    assert [say.template for say in decision.says] == ["added"]
