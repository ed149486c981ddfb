"""What a reply says it can't tell: by its words, a dash under a number, "the rest I don't know".

Pure. Which fields such words speak of is left to `declined_fields`, what is said of a clause by
name to `named_unknowns`.
"""

import re
from collections.abc import Mapping

from intake.replies.declined_fields import (
    asked_about,
    knows_nothing,
    only_hedges,
    said_by_it,
    told_apart,
)
from intake.replies.foreign_clauses import own_words, rest_too
from intake.replies.named_unknowns import (
    declines_rest,
    only_named,
    only_where_named,
    says_untold,
    tells_password,
    untold,
)
from intake.understanding import Reader
from intake.understanding.asked import Asked
from intake.understanding.fields import ACCOUNT, ASSET, TRIED
from intake.understanding.parts import Part
from intake.understanding.phrases import said_of
from intake.understanding.reading import Reading
from intake.understanding.wordlists import LATER, UNKNOWN

LONGEST_NOTHING = 8  # words
NO_WORDS = re.compile(r"\s*(?:[-–—]+|[x×/\\.…_]+|\?+)\s*", re.IGNORECASE)  # "4. -"
NOTHING = ("decline.absent", UNKNOWN, "decline.left_out")
NONE = (*NOTHING, "speech.no")
SMALL = ("speech.function", "speech.filler")


def find_declined(
    reader: Reader, whole: Reading, asked: Asked, filled: Mapping[str, str]
) -> frozenset[str]:
    """What can't be said: a part set apart speaks of its own field, or of one that it names."""
    if not asked.is_explicit and only_hedges(whole, asked, filled):
        return frozenset()
    found = told_apart(whole, reader.declined(asked, list(filled))) & {*asked.fields}
    if asked.is_explicit and not _is_said_outside(whole, asked):
        own = {name for at in range(len(asked.parts)) for name in asked.fields_of(at)}
        unknown = whole.covered((UNKNOWN,))  # in Italian "so" is an operating system too
        found &= own | {n for n in asked.fields if whole.covered((f"field.{n}",)) - unknown}
    found -= asked_about(whole, asked) | _beside(whole, found) | said_by_it(whole, found)
    found -= _printed(asked, filled)
    found -= {ACCOUNT} if tells_password(whole) else {*()}
    if not asked.is_explicit:
        only = only_where_named if filled else only_named
        found = only(whole, asked.fields, found)
    found |= untold(asked.evidence.reading, asked.fields, filled)
    left_out = _left_out(whole, asked)
    if _declines_rest(whole):
        own = (
            {asked.field_of(at) for at in range(len(asked.parts))} if asked.is_explicit else set()
        )
        found |= {name for name in asked.fields if name not in {*filled, *own}}
    return found | left_out


def _printed(asked: Asked, filled: Mapping[str, str]) -> frozenset[str]:
    """The label that stands there, whatever is said of its sticker: “half of it is gone”."""
    text, label = asked.evidence.reading.text, filled.get(ASSET, "")
    shapes = (own for own in asked.evidence.shapes if own.name == "label")
    is_there = any(text[own.start : own.end] == label for own in shapes)
    return frozenset({ASSET} if is_there else ())


def _beside(whole: Reading, declined: frozenset[str]) -> frozenset[str]:
    """What "still doesn't print" says nothing of, though it has a "not" in it."""
    if UNKNOWN in whole.hits:
        return frozenset()
    return frozenset(name for name in declined if not own_words(whole, name).tokens)


def _is_said_outside(whole: Reading, asked: Asked) -> bool:
    """Whether something is not known before the parts: "1 and 3 I don't know. 2: today"."""
    begin = min((part.start for part in asked.parts), default=0)
    return any(whole.tokens[hit.first].start < begin for hit in whole.hits.get(UNKNOWN, ()))


def _left_out(whole: Reading, asked: Asked) -> frozenset[str]:
    """Where an answer was expected and a mere dash stands, or no more than “don't know”."""
    return frozenset(
        name
        for at, part in enumerate(asked.parts)
        if len(part.text.split()) <= LONGEST_NOTHING and _may_say_nothing(whole, part)
        for name in asked.fields_of(at)
        if _says_nothing(reading := whole.piece(part.text))
        or knows_nothing(reading)
        or (asked.is_explicit and (says_untold(reading) or _opens_with_nothing(reading)))
        or (asked.is_explicit and name != TRIED and _has_none(reading, asked, name))
    )


def _may_say_nothing(whole: Reading, part: Part) -> bool:
    """Whether it holds any words for that: dear to read each part alone."""
    first, after = whole.token_at(part.start), whole.token_at(part.start + len(part.text))
    said = whole.covered(NOTHING) | said_of(whole, "untold")["untold"]
    return not said.isdisjoint(range(first, after)) or bool(NO_WORDS.fullmatch(part.text))


def _has_none(reading: Reading, asked: Asked, name: str) -> bool:
    """“3. it shows nothing” under its number or a wrong one; nothing tried is an answer."""
    named = [each for each in asked.fields if reading.covered((f"field.{each}",))]
    if named and name not in named:
        return False
    absent = reading.covered(("decline.absent",))
    return reading.says_only(absent, SMALL)


def tells_none(reading: Reading, name: str) -> bool:
    """Whether a box on a form holds “none”, “no sticker”, “-” and nothing else."""
    own = (f"field.{name}", f"cue.{name}")
    return reading.says_only(reading.covered(NONE), (*SMALL, *own)) or _says_nothing(reading)


def _says_nothing(reading: Reading) -> bool:
    """“4. -”, “4. n/a”."""
    left_out = len(reading.covered(("decline.left_out",)))
    return left_out == len(reading.tokens) if left_out else bool(NO_WORDS.fullmatch(reading.text))


def _opens_with_nothing(reading: Reading) -> bool:
    """“n/a, it's online”."""
    first = next(iter(reading.clauses), None)
    if first is None or len(reading.clauses) == 1:
        return False
    nothing = reading.covered(("decline.left_out",))
    return bool(nothing) and nothing.issuperset(first.words)


def _declines_rest(whole: Reading) -> bool:
    """“The rest I don't know”, but not “the rest tomorrow”."""
    if whole.hits.get(LATER):
        return False
    return (
        bool(whole.hits.get("decline.rest"))
        or rest_too(whole)
        or declines_rest(whole)
        or any(
            whole.has("decline.others", clause)
            and whole.has_any((UNKNOWN, "concept.dont_know"), clause)
            for clause in whole.clauses
        )
    )
