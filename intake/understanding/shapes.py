"""What words look like, whatever the language: addresses, labels, codes, logins, numbers.

A shape says how something is written, not what it is for: that is left to the model.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from intake.understanding.lexicon import PAGE
from intake.understanding.phones import CANDIDATE

AT, SLASH, POINT, HYPHEN, CODED, JOINT, DIGIT = map(
    re.compile, ("@", r"\\", "[.:]", r"[\d-]", r"[\d_#]", "[._]", r"\d")
)
PRINTED = r"(?:INV|NB|PC|WS|PRN|PRT|LT|NTB|PL|SN|DT|TAB|MON|SRV|IT|MFP|ІНВ|ПК|НБ)"  # on labels
# each with a mark that none of them lacks: most texts have few of these
SHAPES: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...] = (
    ("mail", AT, re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    (
        "path",
        SLASH,
        re.compile(r"\\\\[\w.$-]+(?:\\[^\s\\,;:*?\"<>|]+)*|\b[A-Za-z]:\\[^\s,;:*?\"<>|]*"),
    ),
    (
        "site",
        POINT,
        re.compile(rf"{PAGE}|\bwww\.\S+|\b[\w-]+\.(?:com|net|org|eu|ua|sk|gr|it|uk)\b"),
    ),
    (
        "label",
        HYPHEN,
        re.compile(
            rf"(?<![\w.-])(?:{PRINTED} ?\d{{2,}}[A-Z0-9-]*"  # "inv 5512" is a word and a number
            rf"|(?i:{PRINTED}-?(?:[A-Z0-9]{{1,8}}-)*\d{{2,}}[A-Z0-9-]*)"
            r"|(?i:(?:DESKTOP|LAPTOP|PC|NB|WS|LT|NTB|PRN|PRT|SRV|ПК|НБ)(?:-[A-Z0-9]{1,10}){1,4})"
            r")(?![\w-])"
        ),
    ),
    (
        "error",
        CODED,
        re.compile(
            r"(?<![\w.-])(?:0x[0-9A-Fa-f]{2,8}|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+"
            r"|\d\d\.[0-9A-F]{2,4}(?:\.\d\d)?"
            r"|#(?:REF|N/A|VALUE|NAME|DIV/0|NULL|NUM|ССЫЛКА|ЗНАЧ|HODNOTA)[!?]?"
            r"|[45]\d\d[ -]\d\.\d{1,2}\.\d{1,3}(?:[ ][A-Za-z][\w ]{3,50})?"
            r"|(?:SC|C|E|F|U|J|B|H)[- ]?\d{1,5}(?:-\d{1,4})?"
            r"|ORA-\d{4,5}|HTTP[ ]?\d{3}|KB\d{6,7})(?![\w-])"
        ),
    ),
    (
        "login",
        JOINT,
        re.compile(
            r"(?<![\w@.\\])(?:[a-z]{1,12}[._][a-z][a-z._]*\d*|[a-z]{3,14}_[a-z]{1,3})(?![\w@])"
        ),
    ),
    ("telephone", DIGIT, CANDIDATE),
    # with a digit, and joined by more than blanks
    ("code", DIGIT, re.compile(r"(?<![\w-])(?=[\w/.-]*\d)[^\W_][\w/.-]*[\w]")),
)
LONGEST_OUTLINE = 5
REMEMBERED = 4096  # words
WHOLE = ("mail", "path", "error", "site", "label")  # a value that touches one takes it whole


@dataclass(frozen=True, slots=True)
class Shape:
    """A run of letters that looks like something."""

    name: str
    start: int
    end: int


def find_shapes(text: str) -> Iterator[Shape]:
    for name, mark, pattern in SHAPES:
        if mark.search(text):
            for found in pattern.finditer(text):
                yield Shape(name, found.start(), found.end())


@lru_cache(maxsize=REMEMBERED)
def outline(word: str) -> str:
    """`X9` for "B12", `Xx` for "Outlook": letters and digits by kind, repeats once."""
    found = ""
    for letter in word:
        kind = "9" if letter.isdigit() else "X" if letter.isupper() else "x"
        if not found.endswith(kind):
            found += kind
    return found[:LONGEST_OUTLINE]
