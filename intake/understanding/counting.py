"""First messages that count what they say within a line: "1. access to the drive 2. by Friday".

Each mark ends what stands before it and belongs to no value. Replies to a card, whose numbers
stand for questions, are left to `cutting`; whether the parts are two troubles to
`intake.signs.second_troubles`.
"""

import re
from collections.abc import Iterator

from intake.understanding.numbering import is_ordinal
from intake.understanding.reading import Reading

MARK = re.compile(r"(?:^|(?<=\s))(?P<number>[1-9])[.)](?=\s|[^\W\d])[ \t]*", re.MULTILINE)
OPENING = re.compile(r"(?:^|[.:;,!?–—-])\s*\Z", re.MULTILINE)  # what stands before the first
FEWEST = 2


def uncounted(reading: Reading) -> Reading:
    """The same message with the end of a line for each mark, letter for letter."""
    marks = list(_marks(reading))
    if len(marks) < FEWEST:
        return reading
    text = reading.text
    for mark in marks:
        text = text[: mark.start()] + "\n".ljust(len(mark.group())) + text[mark.end() :]
    return reading.piece(text)


def _marks(reading: Reading) -> Iterator[re.Match[str]]:
    """Those that go on from 1: no "2." of a second floor, no number out of turn."""
    due = 1
    for mark in MARK.finditer(reading.text):
        if int(mark["number"]) != due or is_ordinal(mark, reading.text, reading.language):
            continue
        if due > 1 or OPENING.search(reading.text[: mark.start()]):
            yield mark
            due += 1
