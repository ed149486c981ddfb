"""Telephone numbers out of a text, in E.164; national ones by the language's country."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from intake.understanding.lexicon import lexicon

CANDIDATE = re.compile(r"(?<![\w@.,/-])(?:\+|00)?\(?\d[\d()\s./-]{5,19}\d(?![\w@])")
SHORTEST, LONGEST = 8, 15  # digits of an international number


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """How a country's numbers are written at home."""

    code: str
    national: str  # what a national number looks like, all digits
    drops: str  # the trunk prefix that the international form leaves out


@cache
def country(language: str) -> Country:
    return Country(**lexicon(language).tables["country"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """A number where it stands, and its E.164 form."""

    start: int
    end: int
    number: str


def find_phones(text: str, language: str) -> Iterator[Phone]:
    for found in CANDIDATE.finditer(text):
        number = as_phone(found.group(), language)
        if number:
            yield Phone(start=found.start(), end=found.end(), number=number)


def as_phone(written: str, language: str) -> str:
    """E.164, or "" where it is no telephone number."""
    digits = re.sub(r"\D", "", written)
    home = country(language)
    if written.lstrip("( ").startswith("+") or digits.startswith("00"):
        digits = digits.removeprefix("00")
        if home.drops and digits.startswith(home.code + home.drops):
            digits = home.code + digits[len(home.code) + len(home.drops) :]  # +44 (0)161
        return f"+{digits}" if SHORTEST <= len(digits) <= LONGEST else ""
    if re.fullmatch(home.national, digits):
        return f"+{home.code}{digits.removeprefix(home.drops)}"
    if digits.startswith(home.code) and re.fullmatch(
        home.national, home.drops + digits[len(home.code) :]
    ):
        return f"+{digits}"
    return ""
