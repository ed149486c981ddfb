"""Which question each piece of a list without numbers answers, by the pieces around it.

A piece that surely answers its own question ("windows 10", "since Monday") holds the order; as
many pieces between two such as questions are open between them answer those, one each. What cuts
a reply whose pieces are as many as the questions is `cutting`; whether they answer them one by one
is asked here.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from intake.understanding.fields import LOCATION
from intake.understanding.reading import Reading

CUTS = (
    re.compile(r"[^\n]+"),
    re.compile(r"(?:[^/\n]|(?<!\s)/(?!\s))+"),
    re.compile(r"[^;\n]+"),
    re.compile(r"(?:[^\n.!?]|[.!?](?=\S))+"),
    re.compile(r"(?:[^\n,.!?]|[,.!?](?=\S))+"),
)
LETTER = re.compile(r"\w")
FEWEST, LONGEST = 3, 12  # pieces of a list; words of a piece
CHOSEN = ("scope", "urgency", "os", "connection", "phone_service")
MOMENTS = ("started", "deadline")
NAMED = {"application": "application", "tried": "tried.did", "error": "field.error"}  # by lists
PLACES = ("place.head", "place.open", "place.home", "place.city", "reply.floor")
CODE, CODED = "code", ("asset", "extension", "error")  # which a mere code may be
TOLD_OF = ("trouble.broken", "scope.team", "scope.site")  # beside a place
SHAPED = {"asset": ("label",), "account": ("mail", "login")}
Turn = tuple[int, int, str]  # from, to, and the field


def turns(whole: Reading, fields: Sequence[str]) -> Sequence[Turn]:
    """Where pieces stand whose question their neighbours tell."""
    for cut in CUTS:
        pieces = [m.span() for m in cut.finditer(whole.text) if LETTER.search(m.group())]
        if len(pieces) >= FEWEST:
            return list(_placed(whole, pieces, fields)) if _is_list(whole, pieces) else ()
    return ()


def is_in_order(whole: Reading, pieces: Sequence[tuple[int, int]], fields: Sequence[str]) -> bool:
    """Whether as many pieces as questions may answer them one by one.

    They don't where one surely answers the question of another, which that one does not.
    """
    sure = [_surely(whole, start, end, fields) for start, end in pieces]
    return all(nth in (-1, at) or sure[nth] == nth for at, nth in enumerate(sure))


def _is_list(whole: Reading, pieces: Sequence[tuple[int, int]]) -> bool:
    return all(len(whole.text[start:end].split()) <= LONGEST for start, end in pieces)


def _placed(
    whole: Reading, pieces: Sequence[tuple[int, int]], fields: Sequence[str]
) -> Iterator[Turn]:
    told = [_likely(whole, start, end, fields) for start, end in pieces]
    anchors = _rising([(at, nth) for at, nth in enumerate(told) if nth >= 0])
    if not anchors:
        return
    for (at, nth), (next_at, next_nth) in pairwise(
        [(-1, -1), *anchors, (len(pieces), len(fields))]
    ):
        if next_at - at == next_nth - nth:
            for piece, field in zip(pieces[at + 1 : next_at], fields[nth + 1 :], strict=False):
                yield *piece, field


def _rising(anchors: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most of them whose questions come in order: one that misleads costs no others."""
    longest: list[list[tuple[int, int]]] = []
    for anchor in anchors:
        before = [run for run in longest if run[-1][1] < anchor[1]]
        longest.append([*max(before, key=len, default=[]), anchor])
    return max(longest, key=len, default=[])


def _likely(whole: Reading, start: int, end: int, fields: Sequence[str]) -> int:
    """The question that this piece surely answers, or by weaker signs where none is sure."""
    told = _signs(whole, start, end, fields) or _weaker(whole, start, end, fields)
    return fields.index(told.pop()) if len(told) == 1 else -1


def _surely(whole: Reading, start: int, end: int, fields: Sequence[str]) -> int:
    """The question that this piece answers by its words, by its place among them; else -1."""
    told = _signs(whole, start, end, fields)
    return fields.index(told.pop()) if len(told) == 1 else -1


def _signs(whole: Reading, start: int, end: int, fields: Sequence[str]) -> set[str]:
    first, after = whole.token_at(start), whole.token_at(end)
    found = {name for name in CHOSEN if name in fields and whole.below(name, first, after)}
    timed = {name for name in MOMENTS if name in fields}
    if timed and _is_timed(whole, start, end):
        found |= timed
    shapes = {shape.name for shape in whole.shapes if start <= shape.start < end}
    found |= {name for name, label in NAMED.items() if whole.found(label, first, after)}
    found |= {name for name, own in SHAPED.items() if not shapes.isdisjoint(own)}
    return found.intersection(fields)


def _weaker(whole: Reading, start: int, end: int, fields: Sequence[str]) -> set[str]:
    """A place where it is asked for, and tells of no trouble; the one code that is asked for."""
    first, after = whole.token_at(start), whole.token_at(end)
    if any(whole.found(label, first, after) for label in TOLD_OF):
        return set()
    if LOCATION in fields and any(whole.found(label, first, after) for label in PLACES):
        meant = {LOCATION}
    else:
        codes = [own for own in whole.shapes if own.name == CODE and start <= own.start < end]
        meant = {name for name in CODED if name in fields} if len(codes) == 1 else set()
    return meant if meant and not _is_timed(whole, start, end) else set()


def _is_timed(whole: Reading, start: int, end: int) -> bool:
    return any(start <= when.start < end for when in whole.moments)
