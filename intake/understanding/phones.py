"""Telephone numbers out of a text, in E.164. National numbers are read with the language's country."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

CANDIDATE = re.compile(r"(?<![\w@.,/-])(?:\+|00)?\(?\d[\d()\s./-]{5,19}\d(?![\w@])")
SHORTEST, LONGEST = 8, 15  # digits of an international number


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """How a country's numbers are written at home."""

    code: str
    national: str  # what a national number looks like, all digits
    drops: str = "0"  # the trunk prefix that the international form leaves out


COUNTRIES = {
    "uk": Country(code="380", national=r"0[3-9]\d{8}"),
    "en": Country(code="44", national=r"0[1-9]\d{8,9}"),
    "sk": Country(code="421", national=r"0[2-9]\d{8}"),
    "el": Country(code="30", national=r"(?:2\d{9}|69\d{8})", drops=""),
    "it": Country(code="39", national=r"(?:0\d{5,10}|3\d{8,9})", drops=""),
}


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
    if written.lstrip("( ").startswith("+") or digits.startswith("00"):
        digits = digits.removeprefix("00")
        country = COUNTRIES.get(language)
        if country and country.drops and digits.startswith(country.code + "0"):
            digits = country.code + digits[len(country.code) + 1 :]  # +44 (0)161
        return f"+{digits}" if SHORTEST <= len(digits) <= LONGEST else ""
    for country in [COUNTRIES[language]] if language in COUNTRIES else []:
        if re.fullmatch(country.national, digits):
            return (
                f"+{country.code}{digits.removeprefix(country.drops) if country.drops else digits}"
            )
        if (
            digits.startswith(country.code)
            and len(digits) == len(country.code) + 9
            and language != "it"
        ):
            return f"+{digits}"
    return ""
