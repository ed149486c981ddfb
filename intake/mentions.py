"""The ticket that a person names by its number: "#1001", "1001: …", "regarding 1001".

Pure. A number of a room or of a year is no ticket's, so a bare one counts at the beginning alone.
"""

import re
from collections.abc import Sequence
from functools import cache
from itertools import islice

from intake.tickets import Ticket
from intake.understanding.folding import plain
from intake.understanding.layout import blanked
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
    named = [found.span() for found in _pattern(ticket.id).finditer(folded)]
    return blanked(text, [*_foreign_parts(ticket.id, text), *named])


def _foreign_parts(number: int, text: str) -> list[tuple[int, int]]:
    marks = list(LISTED.finditer(text))
    if number not in [int(mark[1]) for mark in marks]:
        return []
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    parts = zip(marks, ends, strict=True)
    return [(mark.start(), end) for mark, end in parts if int(mark[1]) != number]


def _pattern(number: int) -> re.Pattern[str]:
    listed = rf"[,;\n]\s*(?={number}\s?:)"  # “1001: NB-7, 1002: today”
    before = rf"^\s*|{listed}|[#№]\s?|{_words()}\s+[#№]?"
    return re.compile(rf"(?:{before}){number}{AFTER}")


@cache
def _words() -> str:
    return whole("mentions", "before")
