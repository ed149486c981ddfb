"""A bare name after a finished ticket is asked about; amid a card it is an answer."""

from dataclasses import replace

import pytest

from tests.intake.cast import DIALOGUE, NOW, a_situation, a_ticket, an_entry, says, settled

NAMES = {
    "uk": ("вайфай", "Принтер"),
    "en": ("wifi", "The printer"),
    "sk": ("wifi", "Tlačiareň"),
    "el": ("wifi", "ο εκτυπωτής"),
    "it": ("wifi", "la stampante"),
}
EACH = [(language, name) for language, names in NAMES.items() for name in names]


def decided(language, text, ticket):
    situation = a_situation(ticket, last_entry=an_entry(ticket, minutes_ago=1))
    person = replace(situation.person, language=language)
    return DIALOGUE.decide(replace(situation, person=person), says(text), NOW)


@pytest.mark.parametrize(("language", "name"), EACH)
def test_a_bare_name_of_another_thing_asks_whether_it_is_new(language, name):
    ticket = settled(category="computer", subject="…", answers={"symptom": "…"}, language=language)
    (said,) = decided(language, name, ticket).says
    assert "new" in " ".join(option.data for option in said.options)


@pytest.mark.parametrize("language", NAMES)
def test_amid_a_card_it_is_an_answer(language):
    ticket = a_ticket(
        category="network", answers={"symptom": "…"}, asked=("connection",), language=language
    )
    assert decided(language, NAMES[language][0], ticket).ticket.answers["connection"] == "wifi"


@pytest.mark.parametrize("language", NAMES)
def test_the_name_of_its_own_thing_is_no_news(language):
    ticket = settled(answers={"symptom": "…"}, language=language)
    said = decided(language, NAMES[language][1], ticket).says
    assert [say.template for say in said] == ["added"]
