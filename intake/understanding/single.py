"""The canonical value of a text known to answer one field, and its words as they stand."""

import re
from collections.abc import Callable, Mapping

from intake.understanding import denied, places, timing
from intake.understanding.acting import before_verb
from intake.understanding.choices import read_memory
from intake.understanding.fields import ASSET, EXTENSION, LOCATION, PHONE, STARTED
from intake.understanding.questions import CHOICES
from intake.understanding.reading import Reading
from intake.understanding.values import NUMBER, phone_in, without_systems

LEADS = ("speech.answer_lead", "place.before", "speech.filler", "moment.at", "speech.greeting")
JOINS = (".", "_", "-", "@", "/", "\\")  # of a login, an address, a path
EDGES = ' \t\n.,;:!-–—→=«»"“”„'
CODE = re.compile(r"(?<![\w-])(?=[\w/-]*\d)[^\W_][\w/-]{2,}(?: \d{2,}\b)?")


def read_value(reading: Reading, field: str) -> str:
    """The canonical value of a text known to answer this field; "" where it holds none."""
    if field in CHOICES:
        return denied.listed(reading, field)
    if field == LOCATION:
        return _read_place(reading)
    read = READERS.get(field)
    return read(reading) if read else verbatim(reading)


def _read_place(reading: Reading) -> str:
    """The words themselves, unless they deny a place: then what stands instead of it, or ""."""
    place = places.mended(reading)
    if place:
        return place.value
    said = before_verb(verbatim(reading))
    start = reading.text.find(said)
    is_gone = said and denied.is_denied(reading, start, start + len(said), LOCATION)
    return "" if is_gone else said


def verbatim(reading: Reading) -> str:
    """The words themselves, without what leads into them and what closes the sentence."""
    if not reading.tokens:
        return reading.text.strip(EDGES)
    first = _after_leads(reading)
    begin, end = reading.tokens[first].start, reading.tokens[-1].end
    ending = re.match(r"[^\s\w.,;!?]+", reading.text[end:])
    opening = re.search(r"(?:\\\\|[#«\"„“])$", reading.text[:begin])
    start = opening.start() if opening else begin
    return _unquoted(reading.text[start : end + (ending.end() if ending else 0)])


def _after_leads(reading: Reading) -> int:
    first, moved = 0, True
    while moved:
        moved = False
        for label in LEADS:
            for hit in reading.hits.get(label, ()):
                if hit.first == first and _leads_on(reading, hit.after):
                    first, moved = hit.after, True
    return first


def _leads_on(reading: Reading, after: int) -> bool:
    """Whether words follow that are not one with it, as in "l.neri"."""
    if after == len(reading.tokens):
        return False
    between = reading.text[reading.tokens[after - 1].end : reading.tokens[after].start]
    return between not in JOINS


def _unquoted(text: str) -> str:
    text = text.strip(" \t\n,;:-–—")
    inner = re.fullmatch(r"[«„“\"'‘](.+)[»“”\"'’]", text, re.DOTALL)
    if inner:
        return inner[1].strip()
    pairs = (("«", "»"), ("„", "“"), ("(", ")"))
    for opening, closing in pairs:
        if text.endswith(closing) and opening not in text:
            text = text[: -len(closing)]
        if text.startswith(opening) and closing not in text:
            text = text[len(opening) :]
    return text.strip()


def _code(pattern: re.Pattern[str]) -> Callable[[Reading], str]:
    def read(reading: Reading) -> str:
        found = pattern.search(without_systems(reading))
        return found.group().strip() if found and not reading.moments else ""

    return read


def _memory(reading: Reading) -> str:
    number = re.search(r"\d{1,4}", reading.text)
    return read_memory(reading) or (number.group() if number else "")


READERS: Mapping[str, Callable[[Reading], str]] = {
    ASSET: _code(CODE),
    EXTENSION: _code(NUMBER),
    "memory": _memory,
    PHONE: lambda reading: phone_in(reading, 0, len(reading.text)),
    STARTED: lambda reading: timing.read_moment(reading, STARTED),
    "deadline": lambda reading: timing.read_moment(reading, "deadline"),
}
