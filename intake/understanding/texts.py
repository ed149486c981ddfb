"""Fields kept in the employee's words: symptom, attempts, programs, systems, wishes, approvers."""

import re

from intake.understanding.reading import Clause, Reading
from intake.understanding.spans import Span, is_overlapping, joined, trim

MOST_CLAUSES = 3


def find_symptom(reading: Reading, removable: list[Span]) -> list[Span]:
    """The first clauses that say what is wrong, without what other fields already say."""
    clauses = reading.clauses
    seed = next((n for n, c in enumerate(clauses) if _trouble(reading, c) >= 2), None)
    if seed is None:
        seed = next((n for n, c in enumerate(clauses) if _trouble(reading, c) >= 1), None)
    if seed is None:
        return []
    last = seed
    while (
        last + 1 < len(clauses)
        and last - seed + 1 < MOST_CLAUSES
        and _continues(reading, clauses[last], clauses[last + 1])
    ):
        last += 1
    span = trim(reading, (clauses[seed].first, clauses[last].after), removable)
    return [span] if span[1] > span[0] else []


def _trouble(reading: Reading, clause: Clause) -> int:
    if is_taken(reading, clause):
        return 0
    broken = len(reading.found("trouble.broken", clause.first, clause.after))
    weak = reading.has("trouble.weak", clause) or reading.has("speech.negation", clause)
    return 2 * broken + weak


def is_taken(reading: Reading, clause: Clause) -> bool:
    """A clause about attempts, the urgency or what does work is no symptom."""
    labels = ("tried.did", "tried.none", "tried.fails", "trouble.works", "decline.unknown")
    if any(reading.has(label, clause) for label in labels):
        return True
    return bool(reading.below("urgency", clause.first, clause.after))


def _continues(reading: Reading, before: Clause, clause: Clause) -> bool:
    if clause.sentence != before.sentence or is_taken(reading, clause):
        return False
    return bool(reading.found("trouble.broken", clause.first, clause.after))


def find_tried(reading: Reading, removable: list[Span]) -> list[Span]:
    spans = []
    for clause in reading.clauses:
        if reading.has("tried.did", clause) or reading.has("tried.none", clause):
            span = trim(reading, (clause.first, clause.after), [*removable, *_failures(reading)])
            if span[1] > span[0]:
                spans.append(span)
    return spans


def _failures(reading: Reading) -> list[Span]:
    return [(hit.first, hit.after) for hit in reading.hits.get("tried.fails", ())]


def find_application(reading: Reading) -> Span | None:
    """The first product by name, with its version; else a name after a word for "program"."""
    named = reading.hits.get("application", ())
    if named:
        longest = max(
            (hit for hit in named if hit.first == named[0].first), key=lambda hit: hit.after
        )
        return longest.first, _version(reading, longest.after)
    return None


def _version(reading: Reading, after: int) -> int:
    if after < len(reading.tokens):
        token = reading.tokens[after]
        gap = reading.text[reading.tokens[after - 1].end : token.start]
        if gap == " " and re.fullmatch(r"(?:20)?[0-9]{1,2}|365", token.word):
            return after + 1
    return after


def words_of(reading: Reading, spans: list[Span]) -> str:
    return joined(reading, spans)


def is_free(span: Span, taken: list[Span]) -> bool:
    return not is_overlapping(span, taken)
