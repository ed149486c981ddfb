"""A place alone in its clause, and one in words that no list knows: “I sit in payroll”.

Pure. The latter only where the place is asked for and nothing has answered it.
"""

from collections.abc import Collection, Mapping

from intake.replies.asides import is_talk
from intake.replies.plainness import AROUND
from intake.understanding import Reader
from intake.understanding.acting import before_verb
from intake.understanding.asked import Asked
from intake.understanding.denied import is_denied
from intake.understanding.fields import EXTENSION, ITEM, LOCATION
from intake.understanding.phrases import hits_of, said_of
from intake.understanding.reading import Clause, Reading
from intake.understanding.wordlists import DENYING, LINK

TABLE = "stands"
LONGEST, SHORT = 6, 3  # words of a place that is led to, and of one that is not
FEWEST = 3  # clauses of a list
SMALL = (*AROUND, "speech.function", "place.before")


def place_alone(reading: Reading) -> str:
    """A floor or a room by its number that fills a clause, asked for or not: “no, room 12”.

    Who says “all on the third floor” has said whom it concerns beside.
    """
    around = reading.covered(SMALL) | said_of(reading, "impact")["everyone"]
    lines = reading.covered((f"cue.{EXTENSION}", f"field.{EXTENSION}"))  # of telephones
    heads = reading.covered(("place.head", "reply.floor")) - lines
    for clause in reading.clauses:
        own = clause.words
        numbers = {at for at in own if reading.tokens[at].word.isdecimal()}
        named = sorted(numbers | heads.intersection(own))
        if not numbers or len(named) == len(numbers) or not around.union(named).issuperset(own):
            continue
        start, end = reading.tokens[named[0]].start, reading.tokens[named[-1]].end
        if not is_denied(reading, start, end, LOCATION):
            return reading.text[start:end]
    return ""


def floor_alone(reading: Reading) -> str:
    """The same of “all on the third floor”, where nothing else names a place or denies this."""
    small = reading.covered(SMALL) | said_of(reading, "impact")["everyone"]
    small -= reading.covered(DENYING)
    nth, floors = reading.covered(("place.ordinal",)), reading.covered(("reply.floor",))
    for clause in reading.clauses:
        own = set(clause.words)
        named = sorted((nth | floors) & own)
        if nth & own and floors & own and small.union(named) >= own:
            return reading.says(named[0], named[-1] + 1)
    return ""


def lone_place(
    reader: Reader,
    whole: Reading,
    asked: Asked,
    filled: Mapping[str, str],
    declined: Collection[str],
) -> dict[str, str]:
    """What follows words for sitting or standing somewhere; else what a wish leaves over."""
    if LOCATION not in asked.fields or LOCATION in {*filled, *declined} or asked.is_explicit:
        return {}
    led = _led_to(reader, whole, filled)
    if led is None and ITEM in asked.fields and len(whole.clauses) >= FEWEST:
        left = [own for clause in whole.clauses if (own := _inside(reader, whole, clause, filled))]
        led = left[0] if len(left) == 1 else None
    return {} if led is None else {LOCATION: led}


def _led_to(reader: Reader, whole: Reading, filled: Mapping[str, str]) -> str | None:
    hits = hits_of(whole, TABLE)
    for hit in (*hits["sits"], *hits["stands"]):
        clause = whole.clause_at(hit.first)
        moments = (when.first for when in whole.moments if when.first >= hit.after)
        after = min([clause.after, *moments])
        if 0 < after - hit.after <= LONGEST:
            said = before_verb(whole.says(hit.after, after))
            is_sure = hit in hits["sits"] or not is_talk(reader, whole.piece(said), LOCATION)
            if is_sure and _is_free(whole, hit.after, said, filled):
                return said
    return None


def _inside(
    reader: Reader, whole: Reading, clause: Clause, filled: Mapping[str, str]
) -> str | None:
    """Some words behind one for inside, that no other question asks for."""
    links = whole.found(LINK, clause.first, clause.after)
    first = max((hit.after for hit in links if hit.first == clause.first), default=clause.after)
    is_timed = any(when.first in clause.words for when in whole.moments)
    if is_timed or not 0 < clause.after - first <= SHORT:
        return None
    said = whole.text[clause.start : clause.end]
    is_used = any(said in value for value in filled.values())
    if is_used or not _is_free(whole, first, said, filled):
        return None
    is_known = bool(whole.found("place.head", first, clause.after))
    is_other = not is_known and is_talk(reader, whole.piece(said), LOCATION)
    return None if is_other else whole.says(first, clause.after)


def _is_free(whole: Reading, first: int, said: str, filled: Mapping[str, str]) -> bool:
    """Whether it is neither denied nor an answer to something else, and may be a place."""
    start = whole.tokens[first].start
    after = whole.token_at(start + len(said) - 1) + 1
    if any(first <= hit.first < after for hit in hits_of(whole, TABLE)["no_place"]):
        return False
    is_used = any(value in said for value in filled.values())
    return not (is_used or is_denied(whole, start, start + len(said), LOCATION))
