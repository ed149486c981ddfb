"""Joins paragraphs to texts, and cuts long texts into messages.

A cut falls at a paragraph, else a sentence, else a word, else anywhere. No character is lost: the
parts together are the text. Letters stay whole with their accents, and so do joined emoji. In
which unit a platform counts, each channel says itself.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable

Units = Callable[[str], int]  # how long a platform finds a text

LONGEST_CLUSTER = 32
_BREAKS = (
    re.compile(r"\n\s*\n"),
    re.compile(r"\n|[.!?…;·]+[\"'»”)]*\s+"),
)
_SPACE = re.compile(r"\s+")
_JOINER = "\u200d"


def apart(blocks: Iterable[str]) -> str:
    """Those that say something, as paragraphs."""
    return "\n\n".join(block for block in blocks if block.strip())


def split_text(text: str, limit: int, units: Units = len) -> list[str]:
    """Parts of at most `limit` units each."""
    parts = []
    start = 0
    while start < len(text):
        end = start + _cut(text[start : start + limit + 1], limit, units)
        parts.append(text[start:end])
        start = end
    return parts


def _cut(text: str, limit: int, units: Units) -> int:
    """How many characters go first; a good place in the second half wins over a full part."""
    most = _within(text, limit, units)
    if most == len(text):
        return most
    for pattern in _BREAKS:
        place = _last_end(pattern, text, most)
        if place > most // 2:
            return place
    return _last_end(_SPACE, text, most) or _whole(text, most)


def _within(text: str, limit: int, units: Units) -> int:
    """The length of the longest beginning of at most `limit` units."""
    count = min(len(text), limit)
    excess = units(text[:count]) - limit
    while excess > 0 and count > 1:
        # Each character taken away frees a unit or more; where many, the part ends a little early.
        count = max(1, count - (excess + 1) // 2)
        excess = units(text[:count]) - limit
    return count


def _last_end(pattern: re.Pattern[str], text: str, most: int) -> int:
    found = 0
    for match in pattern.finditer(text, 0, most):
        found = match.end()
    return found


def _whole(text: str, most: int) -> int:
    """Step back from within a cluster of joined characters, not further than a cluster is long."""
    place = most
    while place > max(1, most - LONGEST_CLUSTER) and _is_joined(text[place - 1], text[place]):
        place -= 1
    return place if not _is_joined(text[place - 1], text[place]) else most


def _is_joined(before: str, after: str) -> bool:
    return _JOINER in (before, after) or unicodedata.category(after) in ("Mn", "Me", "Sk")
