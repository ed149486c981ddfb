"""What works, told before what does not: “the scanner works, but the printer takes no paper”.

What works is no trouble, and its “works, but” says nothing of how badly the work goes. What a
ticket is about, and whether it is over, is left to others.
"""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from intake.understanding.fields import SYMPTOM, URGENCY
from intake.understanding.phrases import said_of
from intake.understanding.reading import Clause, Reading
from intake.understanding.values import Found

PARTLY = "degraded"
MACHINES = ("device", "phone_service")
TABLE = "contrasts"
FAILING = ("speech.negation", "speech.not", "trouble.broken", "concept.no_word")


def is_of_two(reading: Reading, field: str, value: str) -> bool:
    """Whether “works” is said of one machine and “but” of another: no work is slowed by it."""
    if (field, value) != (URGENCY, PARTLY):
        return False
    told = [*reading.hits.get(f"{URGENCY}.{PARTLY}", ())]
    joints = [
        second.first for first, second in _contrasted(reading) if _are_two(reading, first, second)
    ]
    return bool(told) and all(any(hit.first < at < hit.after for at in joints) for hit in told)


def trouble(reading: Reading, found: Mapping[str, Found]) -> dict[str, Found]:
    """What happens, where the words marked for it tell what works, or begin with “but”."""
    own = found.get(SYMPTOM)
    if own is None or not own.end:
        return {}
    start, end = own.start, own.end
    for works, fails in _contrasted(reading):
        if works.start <= start and end <= works.end:
            start = fails.start if _are_two(reading, works, fails) else start
            end = fails.end
    start = _after_link(reading, start, end)
    if (start, end) == (own.start, own.end):
        return {}
    return {SYMPTOM: replace(own, value=reading.text[start:end], start=start, end=end)}


def _contrasted(reading: Reading) -> list[tuple[Clause, Clause]]:
    """Each clause in which something works, with the “but” that follows it."""
    links = said_of(reading, TABLE)["but"]
    follow = [(one, other) for one, other in pairwise(reading.clauses) if other.first in links]
    return [
        (works, fails)
        for works, fails in follow
        if _works(reading, works) and _fails(reading, fails)
    ]


def _works(reading: Reading, clause: Clause) -> bool:
    own = set(clause.words)
    works = said_of(reading, "over", is_mixed=True)["works"]
    goes = said_of(reading, TABLE, is_mixed=True)["goes"]
    return bool(own & (works | goes)) and not reading.has_any(FAILING, clause)


def _fails(reading: Reading, clause: Clause) -> bool:
    """Whether it tells anything that is no more of the same."""
    own = set(clause.words)
    works = said_of(reading, "over", is_mixed=True)["works"]
    return not own & works or reading.has_any(FAILING, clause)


def _are_two(reading: Reading, first: Clause, second: Clause) -> bool:
    ours, theirs = _machines(reading, first), _machines(reading, second)
    return bool(ours and theirs) and not ours & theirs


def _machines(reading: Reading, clause: Clause) -> set[str]:
    return {
        hit.label for lists in MACHINES for hit in reading.below(lists, clause.first, clause.after)
    }


def _after_link(reading: Reading, start: int, end: int) -> int:
    """Behind the “but” with which it begins, unless nothing else is told."""
    links = said_of(reading, TABLE)["but"]
    at = reading.token_at(start)
    while at in links and at + 1 < len(reading.tokens) and reading.tokens[at + 1].start < end:
        at += 1
    return max(start, reading.tokens[at].start)
