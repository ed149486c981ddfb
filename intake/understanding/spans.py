"""Cutting spans of words to what they say: edges without fillers, moments, codes and places."""

from collections.abc import Iterable, Sequence

from intake.understanding.reading import Reading

Span = tuple[int, int]  # tokens: first, and the one after the last

EDGE_LEFT = (
    "speech.filler",
    "speech.greeting",
    "speech.please",
    "intent.thanks",
    "speech.soft_split",
)
EDGE_RIGHT = (
    "speech.filler_after",
    "speech.please",
    "intent.thanks",
    "speech.soft_split",
    "speech.greeting",
)


def covered(reading: Reading, labels: Iterable[str]) -> dict[int, int]:
    """For each token that begins a phrase of these lists: the token after it."""
    found: dict[int, int] = {}
    for label in labels:
        for hit in reading.hits.get(label, ()):
            found[hit.first] = max(found.get(hit.first, 0), hit.after)
    return found


def trim(reading: Reading, span: Span, removable: Sequence[Span]) -> Span:
    """The span without what may be left out at its edges."""
    first, after = span
    left = covered(reading, EDGE_LEFT)
    right = {end: start for start, end in covered(reading, EDGE_RIGHT).items()}
    for start, end in removable:
        if start >= end:
            continue
        left[start] = max(left.get(start, 0), end)
        right[end] = min(right.get(end, end), start)
    while first < after and first in left and left[first] < after:
        first = left[first]
    while after > first and after in right and right[after] > first:
        after = right[after]
    return first, after


def tokens_of(reading: Reading, start: int, end: int) -> Span:
    """The tokens that a span of letters touches."""
    return reading.token_at(start), reading.token_at(
        end - 1
    ) + 1 if end > start else reading.token_at(start)


def is_overlapping(span: Span, others: Iterable[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def joined(reading: Reading, spans: Sequence[Span]) -> str:
    """The words of spans, as written; those of neighbours stay one."""
    runs: list[list[int]] = []
    for first, after in sorted(spans):
        if runs and first <= runs[-1][1]:
            runs[-1][1] = max(runs[-1][1], after)
        else:
            runs.append([first, after])
    return " ; ".join(reading.says(first, after) for first, after in runs if after > first)
