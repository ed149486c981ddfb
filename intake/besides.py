"""Two troubles in one message: where the second begins, if there surely is one.

Only what people mark is looked at: "and also", a list, a paragraph of its own. What either part
says is left to `understanding`; making a ticket of the second is an agent's word (`splitting`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import islice

from intake.things import TELLS
from intake.understanding import Gist, Reader, Understanding
from intake.understanding.folding import plain
from intake.understanding.intents import TOPICS
from intake.understanding.phrases import whole

TABLE = "besides"
TROUBLES = ("report", "request")
SAYING = ("symptom", "item")  # what must be known for it to be a trouble of its own
SURE = 0.6  # of what either is about
MOST_CUTS = 6  # beginnings that are tried: a long message is not worth more
LISTED = re.compile(r"(?:^[ \t]*(?:[2-9][.)]|[-*•–])|(?<=\s)2\))[ \t]+(?=\S)", re.MULTILINE)
COUNTED = re.compile(r"(?:^|[\s:])1[.)]\s.*?\s2[.)][ \t]+(?=\S)", re.DOTALL)  # within one line
COUNT = re.compile(r"\s[2-9][.)][ \t]*\Z")  # before a second trouble, but none of the first
BEGINS = r"(?:^|[.!?…;:,\n(]|\s[-–—])\s*"  # a sentence, a line or a clause
PARAGRAPH = re.compile(r"\n[ \t]*\n\s*(?=\S)(?!--)")  # a line of dashes is a signature's


@dataclass(frozen=True, slots=True, kw_only=True)
class Besides:
    """The two parts of a message, and what each says."""

    first: Understanding
    words: str  # of the second trouble
    second: Understanding


def find_besides(
    reader: Reader, text: str, *, hint_language: str, now: datetime
) -> Besides | None:
    """The second trouble of a first message; None where there is but one, or where in doubt."""

    @cache
    def gist(words: str) -> Gist:
        return reader.gist(words, hint_language=hint_language, now=now)

    topics, troubles = (
        reader.signs(labels, text, language=hint_language, now=now) for labels in (TOPICS, TELLS)
    )
    for start, end in _parts(text):
        is_told = any(at < start for at in topics) and all(
            any(start <= at < end for at in signs) for signs in (topics, troubles)
        )
        if not is_told:
            continue
        before, words = COUNT.sub("", text[:start]), text[start:end]
        left = before + text[end:]
        # no further is read than is worth it: most of these are about the same
        is_apart = (
            _is_trouble(gist(words))
            and _is_trouble(gist(left))
            and gist(words).category != gist(left).category
            and _is_trouble(gist(before))
        )
        if not is_apart:
            continue
        second, beginning, first = (reader.details(gist(part)) for part in (words, before, left))
        if all(map(_is_said, (second, beginning, first))):
            return Besides(first=first, words=words.strip(), second=second)
    return None


def _is_trouble(gist: Gist) -> bool:
    is_sure = gist.category is not None and gist.category_confidence >= SURE
    return gist.intent in TROUBLES and is_sure


def _is_said(understood: Understanding) -> bool:
    return any(name in understood.answers for name in SAYING)


def spoken_parts(text: str) -> Iterator[tuple[int, int, int]]:
    """Where the words for "besides" stand, where those behind them begin, and their end."""
    for found in islice(_spoken().finditer(plain(text)), MOST_CUTS):
        yield found.start(), found.end(), _end(text, found.end())


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """Where a second trouble may stand: from its beginning to the end of its paragraph."""
    spoken, even = _spoken(), plain(text)
    starts = {found.end() for found in spoken.finditer(even)}
    shown = [
        found.end() for layout in (LISTED, COUNTED, PARAGRAPH) for found in layout.finditer(text)
    ]
    starts.update(start for start in shown if not spoken.match(even, start))
    for start in sorted(starts - {0})[:MOST_CUTS]:
        yield start, _end(text, start)


def _end(text: str, start: int) -> int:
    rest = PARAGRAPH.search(text, start)
    return rest.start() if rest else len(text)


def says_another(text: str) -> bool:
    """Whether it says in so many words that it is about another matter: "new problem: …"."""
    return bool(_another().search(plain(text)))


@cache
def _another() -> re.Pattern[str]:
    said = whole(TABLE, "another")
    return re.compile(rf"{BEGINS}{said}|{said}\s*:", re.MULTILINE)


@cache
def _spoken() -> re.Pattern[str]:
    within, first = whole(TABLE, "within"), whole(TABLE, "first")
    return re.compile(rf"(?:(?<=\s){within}|{BEGINS}{first})[\s:,–—-]*", re.MULTILINE)
