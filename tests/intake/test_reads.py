"""However much is asked about a message, its words are looked up once."""

import pytest

from intake.understanding import reader
from tests.intake.cast import DIALOGUE, NOW, a_situation, a_ticket, says, settled

WAITING = a_ticket()


@pytest.mark.parametrize(
    ("tickets", "text"),
    [
        ((), "принтер на 3 поверсі не друкує, E5"),
        ((WAITING,), "1. INV-20418 2. з ранку"),
        ((WAITING,), "INV-20418, з самого ранку"),
        ((WAITING,), "а де знайти номер на наклейці?"),
        ((WAITING,), "Outlook не відкривається з ранку"),
        ((settled(),), "і ще: папір є"),
        ((settled(), settled(1050, category="email")), "знову жує папір"),
    ],
)
def test_a_message_is_read_once(tickets, text):
    reader.reading_of.cache_clear()
    DIALOGUE.decide(a_situation(*tickets), says(text), NOW)
    assert reader.reading_of.cache_info().misses == 1
