"""People as their directory knows them, and how mails and phones are compared. Pure.

An employee need not have written to us; who writes is a `people.Person`, which may point to one.
"""

import re
import unicodedata
from dataclasses import dataclass

from intake.understanding.phones import CANDIDATE, as_phone

LONGEST_MAIL = 254  # characters; RFC 5321
_MAIL = re.compile(r"[^\s@<>,;:\"()]+@[^\s@<>,;:\"()]+\.[^\s@<>,;:\"().]+")
_SCHEME = re.compile(r"(?:mailto|smtp):", re.IGNORECASE)  # as directories and web pages write it
_ASCII_LABEL = "xn--"  # with which a domain's name begins where it stands for other letters


@dataclass(frozen=True, slots=True, kw_only=True)
class Employee:
    """One entry of the directory. What it does not tell is ""."""

    id: int
    name: str
    mails: tuple[str, ...] = ()  # as `plain_mail` gives them
    phones: tuple[str, ...] = ()  # in E.164
    place: str = ""
    machine: str = ""
    language: str = ""  # one of LANGUAGES
    department: str = ""
    organization: str = ""
    source: str = ""  # who keeps it: "csv", "ldap"
    external_id: str = ""  # its key there
    is_active: bool = True  # until the directory says that they have left


def plain_mail(written: str) -> str:
    """As two of them are compared: in one case and one form. "" where it is no address."""
    if any(map(_passes_for_another, written)):
        return ""
    bare = _SCHEME.sub("", written.strip(), count=1)
    mail = unicodedata.normalize("NFC", bare).casefold()
    if len(mail) > LONGEST_MAIL or not _MAIL.fullmatch(mail):
        return ""
    return _in_letters(mail) if _ASCII_LABEL in mail else mail


def _in_letters(mail: str) -> str:
    """A domain's name as it is read; one that stands for none is what it is."""
    local, _, domain = mail.rpartition("@")
    read = ".".join(map(_read, domain.split(".")))
    return "" if any(map(_passes_for_another, read)) else f"{local}@{read}"


def _read(label: str) -> str:
    if not label.startswith(_ASCII_LABEL):
        return label
    try:
        return unicodedata.normalize("NFC", label.encode().decode("idna")).casefold()
    except UnicodeError:
        return label


def _passes_for_another(letter: str) -> bool:
    """`ß` becomes `ss`, the sign for kelvin `k`: somebody else's address."""
    plain = unicodedata.normalize("NFC", letter).casefold()
    return not letter.isascii() and any(map(str.isascii, plain))


def plain_phone(written: str, language: str, country: str) -> str:
    """E.164, or "" where it is no number; `country` ("UA") is where national ones are at home."""
    text = written.strip()
    return as_phone(text, language, country) if CANDIDATE.fullmatch(text) else ""


def phone_of_contact(digits: str) -> str:
    """E.164 of what a messenger tells of an account: always international, often without `+`."""
    return as_phone(f"+{digits.strip().removeprefix('+')}", "en")
