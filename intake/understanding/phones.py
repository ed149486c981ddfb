"""Telephone numbers out of a text, in E.164; national ones by the desk's or language's country."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from intake.people import LANGUAGES
from intake.understanding.lexicon import lexicon

CANDIDATE = re.compile(r"(?<![\w@.,/-])(?:\+|00)?\(?\d[\d()\s./-]{5,19}\d(?![\w@])")
SHORTEST, LONGEST = 8, 15  # digits of an international number


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """How a country's numbers are written at home."""

    name: str  # ISO 3166: "UA"
    code: str
    national: str  # what a national number looks like, all digits
    drops: str  # the trunk prefix that the international form leaves out


@cache
def countries(language: str, desk: str) -> Sequence[Country]:
    """Where a number may be at home, likeliest first: where the desk is, where the words are from.

    `desk` is the country's name, or "" where it is not known.
    """
    all_known = {name: Country(**lexicon(name).tables["country"]) for name in LANGUAGES}
    own = [country for country in all_known.values() if country.name == desk]
    return (*own, all_known[language])


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """A number where it stands, and its E.164 form."""

    start: int
    end: int
    number: str


def find_phones(text: str, language: str, desk: str = "") -> Iterator[Phone]:
    for found in CANDIDATE.finditer(text):
        number = as_phone(found.group(), language, desk)
        if number:
            yield Phone(start=found.start(), end=found.end(), number=number)


def as_phone(written: str, language: str, desk: str = "") -> str:
    """E.164, or "" where it is no telephone number."""
    digits = re.sub(r"\D", "", written)
    homes = countries(language, desk)
    if written.lstrip("( ").startswith("+") or digits.startswith("00"):
        return _international(digits.removeprefix("00"), homes)
    numbers = (_national(digits, home) for home in homes)
    return next(filter(None, numbers), "")


def _international(digits: str, homes: Sequence[Country]) -> str:
    for home in homes:
        if home.drops and digits.startswith(home.code + home.drops):
            digits = home.code + digits[len(home.code) + len(home.drops) :]  # +44 (0)161
    return f"+{digits}" if SHORTEST <= len(digits) <= LONGEST else ""


def _national(digits: str, home: Country) -> str:
    if re.fullmatch(home.national, digits):
        return f"+{home.code}{digits.removeprefix(home.drops)}"
    is_coded = digits.startswith(home.code)
    if is_coded and re.fullmatch(home.national, home.drops + digits[len(home.code) :]):
        return f"+{digits}"
    return ""
