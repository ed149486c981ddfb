"""Where a place begins and ends in the words that are marked as one, and whether it names any."""

import re
from functools import cache

from intake.understanding.acting import before_verb
from intake.understanding.asked import Asked
from intake.understanding.fields import LOCATION
from intake.understanding.folding import plain
from intake.understanding.model import Span
from intake.understanding.naming import is_of_approver
from intake.understanding.phrases import whole
from intake.understanding.reading import Clause, Reading, covered_by
from intake.understanding.symbols import rooms
from intake.understanding.wordlists import LINK

ORDINAL = re.compile(r"(?<![\w.,])\d{1,2}\. ?$")
PLACES = ("place.head", "place.open", "place.city", "place.home", "reply.floor")
LEAD_TO_PLACE, FLOOR = "place.before", "reply.floor"
AROUND = (LEAD_TO_PLACE, "speech.function", "speech.filler", "moment.around")


def where_asked(reading: Reading, spans: list[Span], asked: Asked | None) -> list[Span]:
    """Without places away from the number or label of the question, if a place stands there."""
    own = {*asked.words_of(LOCATION)} if asked is not None and asked.is_explicit else set[int]()
    if own.isdisjoint(reading.covered(PLACES)):
        return spans
    return [
        span
        for span in spans
        if span.field != LOCATION or not own.isdisjoint(range(span.first, span.after))
    ]


def bounds(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """The place alone: a room's number whole, and nothing of what stands around it."""
    for room in rooms(reading.text):
        if room[0] <= start and end <= room[1]:
            return room
    start = _after_other(reading, _after_question(reading, start, end), end)
    start = with_ordinal(reading, _after_preposition(reading, start, end))
    start = _with_place_before(reading, start)
    return start, start + len(before_verb(reading.text[start:end]))


def _with_place_before(reading: Reading, start: int) -> int:
    """Where the place begins with the one that it tells more of: “call centre in | Swansea”."""
    first = reading.token_at(start)
    clause = reading.clause_at_letter(start)
    for link in reading.found(LINK, clause.first, first):
        places = [
            hit for label in PLACES for hit in reading.found(label, clause.first, link.first)
        ]
        before = [hit.first for hit in places if link.after == first and hit.after == link.first]
        if before:
            return reading.tokens[min(before)].start
    return start


def is_bare(reading: Reading, start: int, end: int) -> bool:
    """Whether it says “the floor” and not which."""
    first, after = reading.token_at(start), reading.token_at(end - 1) + 1
    floors = {hit.first for hit in reading.found(FLOOR, first, after)}
    around = covered_by(hit for label in AROUND for hit in reading.found(label, first, after))
    return bool(floors) and floors | around >= set(range(first, after))


def _after_question(reading: Reading, start: int, end: int) -> int:
    """Where the place begins under a heading of one's own: "which | floor: 3"."""
    heading = reading.text[start:end].partition(":")[0]
    asks = _question_word().match(plain(heading))
    return start + asks.end() if asks and start + len(heading) < end else start


def _after_other(reading: Reading, start: int, end: int) -> int:
    """Where the place begins behind clauses of since when, or of who approves."""
    for clause in reading.clauses:
        if clause.end > start and clause.end < end and _is_of_other(reading, clause):
            start = reading.tokens[clause.after].start
    return start


def _is_of_other(reading: Reading, clause: Clause) -> bool:
    since = reading.found("moment.since", clause.first, clause.after)
    is_since = any(hit.first == clause.first for hit in since)
    is_place = reading.has_any(PLACES, clause)
    return (is_since and not is_place) or is_of_approver(reading, clause)


@cache
def _question_word() -> re.Pattern[str]:
    return re.compile(rf"(?:\w{{1,2}}\s+)?{whole('asking', 'of_card')}\s+")


def _after_preposition(reading: Reading, start: int, end: int) -> int:
    """Where the place itself begins: "on | the second floor"."""
    first, after = reading.token_at(start), reading.token_at(end - 1) + 1
    leads = [hit.after for hit in reading.found(LEAD_TO_PLACE, first, after) if hit.first == first]
    if any(hit.first == first for hit in reading.found("place.beside", first, after)):
        return start  # "next to the lift"
    return reading.tokens[leads[0]].start if leads and leads[0] < after else start


def with_ordinal(reading: Reading, start: int) -> int:
    """Where a place begins: "3. poschodie" at its number, full stop and all."""
    before = ORDINAL.search(reading.text[:start])
    first = reading.token_at(start)
    is_floor = any(hit.first == first for hit in reading.hits.get("reply.floor", ()))
    return before.start() if before and is_floor else start
