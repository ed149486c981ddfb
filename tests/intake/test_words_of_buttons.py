"""The words of a button are as good as its tap, and amid others they are words."""

import pytest

from tests.intake.cast import (
    DIALOGUE,
    NOW,
    a_situation,
    a_ticket,
    says,
)


def decide(situation, message):
    return DIALOGUE.decide(situation, message, NOW)


@pytest.mark.parametrize("text", ["Send as it is", "надіслати як є", "Odoslať tak, ako je"])
def test_the_words_of_a_button_are_as_good_as_a_tap(text):
    decision = decide(a_situation(a_ticket()), says(text))
    assert decision.ticket.asked == ()
    assert decision.keeps_message
    assert decision.tap_answer is None


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("щось інше", ("category",)), ("Something else.", ("category",)),
        ("niečo iné", ("category",)), ("κάτι άλλο", ("category",)),
        ("qualcos'altro", ("category",)),
        ("надішліть як є", ()), ("send it as is", ()), ("pošlite to tak", ()),
        ("στείλτε το έτσι", ()), ("invia così", ()),
    ],
)  # fmt: skip
def test_a_button_is_known_by_the_words_that_people_use_for_it(text, asked):
    decision = decide(a_situation(a_ticket()), says(text))
    assert decision.ticket.asked == asked
    assert decision.keeps_message


@pytest.mark.parametrize("text", ["something else is wrong with it", "send me a new mouse"])
def test_words_of_a_button_amid_others_are_no_tap(text):
    ticket = a_ticket()
    assert decide(a_situation(ticket), says(text)).ticket.asked not in ((), ("category",))
