"""Which question each piece of a list without numbers answers, by the pieces around it.

A piece that surely answers its own question ("windows 10", "since Monday") holds the order; as
many pieces between two such as questions are open between them answer those, one each. What cuts
a reply whose pieces are as many as the questions is `replies`.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from intake.understanding.reading import Reading

SENTENCE = r"(?:[^\n.!?]|[.!?](?=\S))+"
CUTS = (
    r"[^\n]+",
    r"(?:[^/\n]|(?<!\s)/(?!\s))+",
    r"[^;\n]+",
    SENTENCE,
    r"(?:[^\n,.!?]|[,.!?](?=\S))+",
)
FEWEST, LONGEST = 3, 12  # pieces of a list; words of a piece
CHOSEN = ("scope", "urgency", "os", "connection", "phone_service")
MOMENTS = ("started", "deadline")
Turn = tuple[int, int, str]  # from, to, and the field


def turns(whole: Reading, fields: Sequence[str]) -> Sequence[Turn]:
    """Where pieces stand whose question their neighbours tell."""
    for cut in CUTS:
        pieces = [m.span() for m in re.finditer(cut, whole.text) if re.search(r"\w", m.group())]
        if len(pieces) >= FEWEST:
            return list(_placed(whole, pieces, fields)) if _is_list(whole, pieces) else ()
    return ()


def _is_list(whole: Reading, pieces: Sequence[tuple[int, int]]) -> bool:
    return all(len(whole.text[start:end].split()) <= LONGEST for start, end in pieces)


def _placed(
    whole: Reading, pieces: Sequence[tuple[int, int]], fields: Sequence[str]
) -> Iterator[Turn]:
    anchors = [(-1, -1)]
    for at, (start, end) in enumerate(pieces):
        nth = _surely(whole, start, end, fields)
        if nth > anchors[-1][1]:
            anchors.append((at, nth))
    if len(anchors) == 1:
        return
    for (at, nth), (next_at, next_nth) in pairwise([*anchors, (len(pieces), len(fields))]):
        if next_at - at == next_nth - nth:
            for piece, field in zip(pieces[at + 1 : next_at], fields[nth + 1 :], strict=False):
                yield *piece, field


def _surely(whole: Reading, start: int, end: int, fields: Sequence[str]) -> int:
    """The question that this piece answers by its words, by its place among them; else -1."""
    first, after = whole.token_at(start), whole.token_at(end)
    found = {name for name in CHOSEN if name in fields and whole.below(name, first, after)}
    if any(first <= when.first < after for when in whole.moments):
        found |= {name for name in MOMENTS if name in fields}
    if "account" in fields and "@" in whole.text[start:end]:
        found.add("account")
    if "application" in fields and whole.found("application", first, after):
        found.add("application")
    return fields.index(found.pop()) if len(found) == 1 else -1
