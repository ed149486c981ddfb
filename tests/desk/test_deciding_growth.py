"""Deciding takes no seconds either, beside a card that asks, whatever a message repeats."""

from desk.limits import CpuLimit
from intake.errors import Unreadable
from tests.desk.test_understanding_growth import WORDS
from tests.intake.cast import DIALOGUE, NOW, a_situation, a_ticket, says

SIZE = 2_000  # letters; what grows with the square takes seconds then
WITHIN = 1.2  # seconds of the CPU
MARKS = ".,;:!?-—()[]\"'/#\n"
ANSWERING = [
    *("a.\n", "e;", "no, ", "why? ", "when? ", "?\n", "5. ", "5) ", "5 ", "NB-0442 "),
    *("12.12.2026 ", "10:30-", "windows 10 to 11 ", "1. INV-20418\n2. since morning\n"),
    *("not 3rd but 2nd ", "I said room 12, ", "it works. ", "and also the mail. ", "thanks. "),
    *("cancel #1042 ", "#1042 ", "i "),
]
TWO_CARDS = a_situation(a_ticket(), a_ticket(1043, category="computer", asked=("asset",)))


def test_no_repetition_slows_deciding_down():
    slow = []
    DIALOGUE.decide(TWO_CARDS, says("1. INV-20418 2. з ранку"), NOW)
    for unit in (*MARKS, *WORDS, *ANSWERING):
        try:
            with CpuLimit(WITHIN):
                DIALOGUE.decide(TWO_CARDS, says(unit * (SIZE // len(unit)) + "x"), NOW)
        except Unreadable:
            slow.append(unit)
    assert slow == []
