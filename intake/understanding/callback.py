"""The number to call back on: signed, said in words, or told beside a trouble of another thing.

What else is said of telephones is left to the model.
"""

from collections.abc import Iterator
from typing import NamedTuple

from intake.understanding.lexicon import lexicon, tokenize
from intake.understanding.phones import as_phone, find_phones
from intake.understanding.reading import Clause, Reading

SPELLED_LEAST = 9  # digits
LINE_BEFORE = 24  # letters that tell whose number it is
TIMES = {"double": 2, "triple": 3}
CALL_ME, NOT_SO = "cue.call_me", "speech.negation"
CONTACT = (CALL_ME, "cue.phone", "field.phone", "intent.human", "concept.call_verb")
AROUND = (
    "speech.function", "speech.filler", "speech.please", "speech.closing", "speech.answer_lead",
    "speech.equals", "place.before", "moment.at", "moment.by", "concept.please",
)  # fmt: skip
TOPIC, OF_PHONES = "about.", ("about.telephony", "about.request")


class Stretch(NamedTuple):
    """Words in a row of one clause."""

    first: int
    after: int


def find_callback(reading: Reading) -> str:
    """E.164, or ""."""
    return _signed(reading) or as_phone(_spelled(reading), reading.language, reading.country)


def lone_number(reading: Reading) -> str:
    """The only number in the body of a message that is about no line, or ""."""
    phones = [
        phone.number
        for phone in find_phones(reading.text, reading.language, reading.country)
        if not is_foreign(reading.text, phone.start, reading.language)
    ]
    return phones[0] if len(phones) == 1 else ""


def without_contact(reading: Reading) -> tuple[Reading, str]:
    """What is told beside “call me on …”, letter for letter, and the number; else all, and "".

    Something other than a telephone must be named beside it, whose line it may be otherwise.
    """
    number = lone_number(reading)
    runs = list(_runs(reading)) if number else []
    if not any(_has_number(reading, run) for run in runs):
        return reading, ""
    rest = reading.without(runs)
    topics = {label for label in rest.hits if label.startswith(TOPIC)}
    return (rest, number) if topics.difference(OF_PHONES) else (reading, "")


def called_back_on(reading: Reading) -> str:
    """The only number, where it is asked to be called: “can someone call me on …?”; or ""."""
    runs = _runs(reading) if CALL_ME in reading.hits else ()
    asks = any(reading.found(CALL_ME, *run) for run in runs if _has_number(reading, run))
    return lone_number(reading) if asks else ""


def _runs(reading: Reading) -> Iterator[Stretch]:
    """The words of each clause that ask for a call or give a number, and no others."""
    known = reading.covered((*CONTACT, *AROUND)) - reading.covered([NOT_SO])
    known |= {at for at, token in enumerate(reading.tokens) if token.word.isdecimal()}
    for clause in reading.clauses:
        for run in _stretches(clause, known):
            is_whole = run == (clause.first, clause.after)
            calls = reading.found(CALL_ME, *run)
            names = any(reading.found(label, *run) for label in CONTACT)
            if (is_whole and names) or (calls and _has_number(reading, run)):
                yield run


def _stretches(clause: Clause, known: set[int]) -> Iterator[Stretch]:
    first = clause.first
    for at in range(clause.first, clause.after + 1):
        if at == clause.after or at not in known:
            if at > first:
                yield Stretch(first, at)
            first = at + 1


def _has_number(reading: Reading, run: Stretch) -> bool:
    start, end = reading.letters(run)
    numbers = find_phones(reading.text, reading.language, reading.country)
    return any(start <= phone.start and phone.end <= end for phone in numbers)


def is_foreign(text: str, position: int, language: str) -> bool:
    """Whether the number at this place is a fax, a switchboard, somebody else's."""
    line = text[:position].rsplit("\n", 1)[-1][-LINE_BEFORE:]
    found = lexicon(language).find(tokenize(line, language))
    return bool(found.get("cue.not_phone"))


def _signed(reading: Reading) -> str:
    signature = reading.layout.signature
    for phone in find_phones(signature, reading.language, reading.country):
        if not is_foreign(signature, phone.start, reading.language):
            return phone.number
    return ""


def _spelled(reading: Reading) -> str:
    """The digits of "oh seven four double oh one ..."."""
    spoken = {hit.first: hit.label.removeprefix("digit.") for hit in reading.below("digit")}
    if not spoken:
        return ""
    run = ""
    times = 1
    for at, token in enumerate(reading.tokens):
        if token.word in TIMES:
            times = TIMES[token.word]
        elif at in spoken:
            run += spoken[at] * times
            times = 1
        elif len(run) >= SPELLED_LEAST:
            break
        else:
            run = ""
    return run if len(run) >= SPELLED_LEAST else ""
