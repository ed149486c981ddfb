"""The ticket that a person names by its number: "#1001", "1001: …", "regarding 1001".

Pure. A number of a room or of a year is no ticket's, so a bare one counts at the beginning alone.
"""

import re
from collections.abc import Sequence
from functools import cache
from itertools import islice

from intake.tickets import Ticket
from intake.understanding.folding import plain
from intake.understanding.phrases import whole

LISTED = re.compile(
    r"(?:^|[,;\n])\s*#?(\d{4,})\s*(?::|\s(?=[^\W\d]))"
)  # with an answer under each
NUMBER = re.compile(r"(?<!\d)[1-9]\d{3,8}(?!\d)", re.ASCII)
LONGEST_LOOKED_AT, MOST_MENTIONED = 1_000, 5  # letters, and numbers that are looked up
AFTER = r"(?![\w/-]|[.,:]\d)[.:,;–—-]?"  # no part of a longer number, date or hour


def perhaps_mentioned(text: str) -> set[int]:
    """The numbers in it that may be tickets', the first few alone."""
    found = (int(one) for one in NUMBER.findall(text[:LONGEST_LOOKED_AT]))
    return set(islice(found, MOST_MENTIONED))


def mentioned(tickets: Sequence[Ticket], text: str) -> Ticket | None:
    """The one of them that the text names; None where it names none, or several."""
    named = [ticket for ticket in tickets if _pattern(ticket.id).search(plain(text))]
    return named[0] if len(named) == 1 else None


def without_number(ticket: Ticket, text: str) -> str:
    """The text, with blanks where the ticket is named: its number answers nothing.

    Nor does what stands under another's number: "1001: NB-7, 1002: since today".
    """
    folded = plain(text)
    if len(folded) != len(text):
        return text
    text = _own_parts(ticket.id, text)
    for found in _pattern(ticket.id).finditer(folded):
        text = text[: found.start()] + " " * len(found.group()) + text[found.end() :]
    return text


def _own_parts(number: int, text: str) -> str:
    marks = list(LISTED.finditer(text))
    if number not in [int(mark[1]) for mark in marks]:
        return text
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    for mark, end in zip(marks, ends, strict=True):
        if int(mark[1]) != number:
            text = text[: mark.start()] + " " * (end - mark.start()) + text[end:]
    return text


def _pattern(number: int) -> re.Pattern[str]:
    listed = rf"[,;\n]\s*(?={number}\s?:)"  # “1001: NB-7, 1002: today”
    before = rf"^\s*|{listed}|[#№]\s?|{_words()}\s+[#№]?"
    return re.compile(rf"(?:{before}){number}{AFTER}")


@cache
def _words() -> str:
    return whole("mentions", "before")
