"""Who says that the sticker is missing declines its number, and tells of no other trouble."""

import pytest

from tests.intake.cast import DIALOGUE, NOW, a_situation, a_ticket, each, says

COMPUTER = ("asset", "os", "started", "tried", "urgency")
MISSING = {
    "uk": [
        "наклейки нема", "наклейка стерлась", "не бачу ніякого номера",
        "на ньому нічого не написано", "nakleyky nema",
    ],
    "en": [
        "there is no sticker", "the label is worn off", "it has no label",
        "I don't see any number", "nothing is written on it",
    ],
    "sk": ["nie je tam ziadna nalepka", "nálepka je zodratá", "číslo tam nie je", "bez nálepky"],
    "el": ["δεν έχει αυτοκόλλητο", "έχει σβηστεί το αυτοκόλλητο", "den exei autokollito"],
    "it": [
        "non c'è nessuna etichetta", "l'etichetta è illeggibile", "senza etichetta",
        "l'etichetta si è staccata",
    ],
}  # fmt: skip


def decided(language, words, **more):
    fields = {"category": "computer", "asked": COMPUTER} | more
    ticket = a_ticket(language=language, answers={"symptom": "E5"}, **fields)
    return DIALOGUE.decide(a_situation(ticket), says(words), NOW)


@pytest.mark.parametrize(("language", "words"), each(MISSING))
def test_a_missing_sticker_declines_its_number_alone(language, words):
    decision = decided(language, words)
    assert decision.opens is None
    assert decision.ticket.declined == {"asset"}
    assert decision.ticket.asked == COMPUTER[1:]


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "the label printer prints no labels"), ("it", "la stampante non stampa etichette")],
)
def test_a_printer_of_labels_is_another_trouble_all_the_same(language, words):
    assert decided(language, words).opens is not None


def test_a_card_that_asks_no_number_is_not_answered_by_it():
    ticket = decided("en", "there is no sticker", asked=("os", "started")).ticket
    assert ticket is None or "asset" not in ticket.declined
