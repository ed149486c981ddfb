"""Understanding takes no seconds, whatever letter or word a message repeats to its end."""

import string

from desk.limits import CpuLimit
from intake.errors import Unreadable
from tests.intake.cast import NOW, READER

SIZE = 20_000  # letters: far more than is read of any message
WITHIN = 4.0  # seconds of the CPU
WORDS = [
    *("я", "ς", "\u200b", "\u0301", "- a\n", "--- a\n", "> a\n", "1. a\n", "1) ", "a, ", "a: "),
    *("A_", "A0_", "a1-", "a.", "a@", "a@b.c ", "http://a ", "+380 ", "12 ", "09:30 ", "3 floor "),
    *("not ", "не ", "and ", "since ", "tomorrow at 5 ", "printer broken ", "принтер не працює "),
]
REPEATED = [*string.printable, *WORDS]


def test_no_repetition_slows_understanding_down():
    slow = []
    for unit in REPEATED:
        try:
            with CpuLimit(WITHIN):
                text = unit * (SIZE // len(unit)) + "x"
                READER.understand(text, hint_language="en", now=NOW)
        except Unreadable:
            slow.append(unit)
    assert slow == []
