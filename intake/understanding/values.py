"""The value of one named field out of a piece of text that is known to answer it."""

import re
from collections.abc import Callable, Mapping

from intake.understanding import choices, codes, moments
from intake.understanding.phones import find_phones
from intake.understanding.reading import Reading
from intake.understanding.spans import Span, joined, trim

LEADS = ("speech.answer_lead", "place.before", "speech.filler", "moment.at", "speech.greeting")
EDGES = ' \t\n.,;:!-–—→=«»"“”„'


def read_value(reading: Reading, field: str) -> str:
    """The canonical value, or "" where the text gives none for this field."""
    read = READERS.get(field)
    return read(reading) if read else verbatim(reading, ())


def is_plainly(reading: Reading, field: str) -> bool:
    """Whether the text plainly is of this field's type, whatever it was numbered as."""
    plain = PLAIN.get(field)
    return bool(plain and plain(reading))


def verbatim(reading: Reading, leads: tuple[str, ...]) -> str:
    """The words themselves, without what leads into them and what closes the sentence."""
    if not reading.tokens:
        return reading.text.strip(EDGES)
    first, after = _without_leads(reading, leads)
    begin, end = reading.tokens[first].start, reading.tokens[after - 1].end
    ending = re.match(r"[^\s\w.,;!?]+", reading.text[end:])
    opening = re.search(r"(?:\\\\|[#«\"„“])$", reading.text[:begin])
    start = opening.start() if opening else begin
    return _unquoted(reading.text[start : end + (ending.end() if ending else 0)])


def _without_leads(reading: Reading, leads: tuple[str, ...]) -> Span:
    first, after = 0, len(reading.tokens)
    moved = True
    while moved:
        moved = False
        for label in leads:
            for hit in reading.hits.get(label, ()):
                if hit.first == first and hit.after < after:
                    first, moved = hit.after, True
    return first, after


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


def _moment(reading: Reading, *, is_ahead: bool) -> str:
    found = reading.moments
    if not found:
        return ""
    chosen = found[-1] if reading.hits.get("speech.correction") else found[0]
    return moments.resolve(chosen, reading.now, is_ahead=is_ahead)


def _asset(reading: Reading) -> str:
    found = codes.find_assets(reading)
    if found:
        return found[0].value
    code = re.search(
        r"(?<![\w-])(?=[\w/-]*\d)[A-Za-zА-ЯІЇЄΑ-Ω0-9][\w/-]{2,}(?: \d{2,}\b)?", reading.text
    )
    return code.group() if code and not reading.moments else ""


def _error(reading: Reading) -> str:
    quotes = reading.quotes
    if quotes:
        return quotes[0].text.strip()
    found = codes.find_errors(reading)
    words = verbatim(reading, (*LEADS, "cue.error"))
    return found[0].value if found and len(words.split()) > 7 else words


def _extension(reading: Reading) -> str:
    numbers = codes.find_numbers(reading)
    if numbers:
        return numbers[0].value
    found = codes.find_extension(reading)
    if found:
        return found.value
    code = re.search(r"(?<![\w-])\d[\d/ -]{0,12}\d|\b\d\b", reading.text)
    return code.group().strip() if code else ""


def _phone(reading: Reading) -> str:
    return next((phone.number for phone in find_phones(reading.text, reading.language)), "")


def _account(reading: Reading) -> str:
    found = codes.find_account(reading)
    return found.value if found else verbatim(reading, (*LEADS, "cue.account"))


def _memory(reading: Reading) -> str:
    number = re.search(r"\d{1,4}", reading.text)
    return choices.read_memory(reading) or (number.group() if number else "")


def _tried(reading: Reading) -> str:
    failures = [(hit.first, hit.after) for hit in reading.hits.get("tried.fails", ())]
    first, after = trim(reading, (0, len(reading.tokens)), failures)
    return joined(reading, [(first, after)]) if after > first else verbatim(reading, ())


def _location(reading: Reading) -> str:
    return verbatim(reading, LEADS)


def _text(*leads: str) -> Callable[[Reading], str]:
    return lambda reading: verbatim(reading, (*LEADS, *leads))


READERS: Mapping[str, Callable[[Reading], str]] = {
    "symptom": _text(),
    "asset": _asset,
    "device": lambda reading: choices.first_named(reading, "device"),
    "os": choices.read_os,
    "memory": _memory,
    "application": _text("cue.application"),
    "error": _error,
    "started": lambda reading: _moment(reading, is_ahead=False),
    "tried": _tried,
    "scope": choices.read_scope,
    "urgency": choices.read_urgency,
    "location": _location,
    "phone": _phone,
    "extension": _extension,
    "phone_service": lambda reading: choices.first_named(reading, "phone_service"),
    "connection": lambda reading: choices.first_named(reading, "connection"),
    "system": _text(),
    "account": _account,
    "deadline": lambda reading: _moment(reading, is_ahead=True),
    "item": _text(),
    "approver": _text("cue.approver"),
}


def _is_short(reading: Reading) -> bool:
    return len(reading.tokens) <= 12


PLAIN: Mapping[str, Callable[[Reading], bool]] = {
    "asset": lambda reading: bool(codes.find_assets(reading)) or _is_bare_code(reading),
    "os": lambda reading: bool(choices.read_os(reading)) and len(reading.tokens) <= 6,
    "started": lambda reading: bool(reading.moments) and _is_short(reading),
    "deadline": lambda reading: bool(reading.moments) and _is_short(reading),
    "urgency": lambda reading: bool(choices.read_urgency(reading)),
    "scope": lambda reading: bool(choices.read_scope(reading)),
    "connection": lambda reading: (
        bool(choices.first_named(reading, "connection")) and len(reading.tokens) <= 5
    ),
    "phone_service": lambda reading: (
        bool(choices.first_named(reading, "phone_service")) and len(reading.tokens) <= 5
    ),
    "account": lambda reading: (
        codes.MAIL.search(reading.text) is not None or codes.LOGIN.search(reading.text) is not None
    ),
    "application": lambda reading: (
        bool(reading.hits.get("application")) and len(reading.tokens) <= 6
    ),
    "extension": lambda reading: (
        codes.find_extension(reading) is not None or _is_bare_number(reading)
    ),
    "error": lambda reading: codes.ERROR.search(reading.text) is not None or bool(reading.quotes),
    "tried": lambda reading: bool(reading.hits.get("tried.did") or reading.hits.get("tried.none")),
    "location": lambda reading: bool(
        reading.hits.get("place.head")
        or reading.hits.get("place.open")
        or reading.hits.get("place.home")
    ),
    "symptom": lambda reading: bool(reading.hits.get("trouble.broken")),
    "system": lambda reading: (
        codes.find_path(reading) is not None or bool(reading.hits.get("cue.system"))
    ),
    "phone": lambda reading: bool(_phone(reading)),
}


def _is_bare_code(reading: Reading) -> bool:
    text = reading.text.strip(EDGES)
    if reading.hits.get("application") or reading.below("os"):
        return False
    return (
        re.fullmatch(r"(?=.*\d)[A-Za-z0-9][\w/ -]{3,18}", text) is not None
        and len(text.split()) <= 2
        and not reading.moments
    )


def _is_bare_number(reading: Reading) -> bool:
    return re.fullmatch(r"[\d /-]{1,14}", reading.text.strip(EDGES)) is not None
