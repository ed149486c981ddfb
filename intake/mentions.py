"""The ticket that a person names by its number: "#1001", "1001: …", "regarding 1001".

Pure. A number of a room or of a year is no ticket's, so a bare one counts at the beginning alone.
"""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from intake.tickets import Ticket
from intake.understanding.folding import plain

AFTER = r"(?![\w/-]|[.,:]\d)[.:,;–—-]?"  # no part of a longer number, date or hour


def mentioned(tickets: Sequence[Ticket], text: str) -> Ticket | None:
    """The one of them that the text names; None where it names none, or several."""
    named = [ticket for ticket in tickets if _pattern(ticket.id).search(plain(text))]
    return named[0] if len(named) == 1 else None


def without_number(ticket: Ticket, text: str) -> str:
    """The text, with blanks where the ticket is named: its number answers nothing."""
    folded = plain(text)
    if len(folded) != len(text):
        return text
    for found in _pattern(ticket.id).finditer(folded):
        text = text[: found.start()] + " " * len(found.group()) + text[found.end() :]
    return text


def _pattern(number: int) -> re.Pattern[str]:
    return re.compile(rf"(?:^\s*|[#№]\s?|\b(?:{_words()})\s+[#№]?){number}{AFTER}")


@cache
def _words() -> str:
    """People mix languages."""
    table = tomllib.loads((files("intake") / "mentions.toml").read_text(encoding="utf-8"))
    phrases = {plain(phrase) for own in table.values() for phrase in own}
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))
