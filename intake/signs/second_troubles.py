"""Two troubles in one message: where the second begins, if there surely is one.

What people mark is looked at: "and also", a list, a paragraph of its own; else whole sentences,
of which more is asked. What either part says is left to `understanding`; making a ticket of the
second is an agent's word (`splitting`).
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from itertools import islice, pairwise

from intake.signs.things import TELLS, named
from intake.understanding import Gist, Reader, Sign, Understanding
from intake.understanding.chasing import TOPICS
from intake.understanding.fields import ITEM, SYMPTOM
from intake.understanding.folding import plain
from intake.understanding.phrases import whole
from intake.understanding.reading import Reading

TABLE = "besides"
TROUBLES = ("report", "request")
SAYING = (SYMPTOM, ITEM)  # what must be known for it to be a trouble of its own
SURE = 0.6  # of what either is about
SURE_UNMARKED, SURE_OF_LOST = 0.9, 0.5  # the same of sentences, and of what is forgotten
LOST = ("concept.forgot", "concept.expired", "concept.locked_account")  # troubles by themselves
MOST_CUTS = 6  # beginnings that are tried: a long message is not worth more
LISTED = re.compile(r"(?:^[ \t]*(?:[2-9][.)]|[-*•–])|(?<=\s)2\))[ \t]+(?=\S)", re.MULTILINE)
COUNTED = re.compile(r"(?:^|[\s:])1[.)]\s.*?\s2[.)][ \t]+(?=\S)", re.DOTALL)  # within one line
MARK = re.compile(r"(?:^|(?<=\s))(?P<n>[1-9])[.)][ \t]+(?=\S)", re.MULTILINE)
FEWEST, LONGEST_BARE = 2, 3  # things that are named, words of each where they are but counted
COUNT = re.compile(r"\s[2-9][.)][ \t]*\Z")  # before a second trouble, but none of the first
BEGINS = r"(?:^|[.!?…;:,\n(]|\s[-–—])\s*"  # a sentence, a line or a clause
PARAGRAPH = re.compile(r"\n[ \t]*\n\s*(?=\S)(?!--)")  # a line of dashes is a signature's


@dataclass(frozen=True, slots=True, kw_only=True)
class Besides:
    """The two parts of a message, and what each says."""

    first: Understanding
    words: str  # of the second trouble
    second: Understanding


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Where a second trouble may stand, to the end of its paragraph; what `until` tells it."""

    start: int
    until: int
    end: int
    is_marked: bool


def first_of(
    reader: Reader, text: str, understood: Understanding, now: datetime
) -> tuple[Understanding, str]:
    """Of two troubles what the first says, which a ticket is about, and the words of the second.

    Where the whole is about something else than either, the whole knows more, unless it is plain
    what the first is about: then there is a third.
    """
    if understood.intent not in TROUBLES:
        return understood, ""
    found = find_besides(reader, text, understood, now)
    if found is None:
        return understood, ""
    is_of_either = understood.category in (found.first.category, found.second.category)
    is_plain = found.first.category_confidence >= SURE_UNMARKED
    return (found.first if is_of_either or is_plain else understood), found.words


def find_besides(
    reader: Reader, text: str, understood: Understanding, now: datetime
) -> Besides | None:
    """The second trouble of a first message; None where there is but one, or where in doubt."""
    language = understood.language
    topics = reader.signs(TOPICS, text, language=language, now=now)
    if len({sign.start for sign in topics}) < FEWEST:
        return None

    @cache
    def gist(words: str) -> Gist:
        return reader.gist_of_part(words, (language, understood.is_language_sure), now)

    @cache
    def told(words: str) -> Understanding:
        return reader.details(gist(words))

    troubles = reader.signs((*TELLS, *LOST), text, language=language, now=now)
    is_bare = all(sign.name == TROUBLES[1] for sign in troubles)  # "1 laptop" sounds wished for
    bare = _counted_bare(reader, told, text, topics) if is_bare else None
    if bare is not None:
        return bare
    for part in _parts(reader.read(text, language=language, now=now), text):
        is_told = _is_told(part, troubles) and _is_named(part, topics)
        found = _apart(gist, told, text, part) if is_told else None
        if found is not None:
            return found
    return None


def _counted_bare(
    reader: Reader, told: Callable[[str], Understanding], text: str, topics: Sequence[Sign]
) -> Besides | None:
    """“1) laptop 2) access”: things of two kinds, counted and without a word of what ails them."""
    marks = list(MARK.finditer(text))
    if len(marks) < FEWEST or [int(mark["n"]) for mark in marks] != [*range(1, len(marks) + 1)]:
        return None
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    named = []
    for mark, end in zip(marks, ends, strict=True):
        own = (one.name for one in topics if mark.end() <= one.start < end)
        kinds = [name for name in own if name in reader.catalogue.categories]
        if not kinds or len(text[mark.end() : end].split()) > LONGEST_BARE:
            return None
        named.append(kinds[0])
    if named[0] == named[1]:
        return None
    first, second = text[: ends[0]], text[marks[1].end() : ends[1]].strip()
    return Besides(
        first=_about(told(first), named[0]),
        words=text[marks[1].start() :].strip(),
        second=_about(told(second), named[1]),
    )


def _about(understood: Understanding, category: str) -> Understanding:
    """A mere name is a trouble with it, but not what happens, and no greeting."""
    answers = {name: said for name, said in understood.answers.items() if name not in SAYING}
    sure = max(SURE, understood.category_confidence)
    return replace(
        understood,
        intent=TROUBLES[0],
        category=category,
        category_confidence=sure,
        answers=answers,
    )


def _is_told(part: Part, troubles: Sequence[Sign]) -> bool:
    """Whether both parts tell a trouble; before a mark none is needed."""
    before = part.is_marked or any(sign.start < part.start for sign in troubles)
    return before and any(part.start <= sign.start < part.until for sign in troubles)


def _is_named(part: Part, topics: Sequence[Sign]) -> bool:
    """Whether both parts name a thing: without a mark, the second one that is new."""
    before = {sign.name for sign in topics if sign.start < part.start}
    own = {sign.name for sign in topics if part.start <= sign.start < part.until}
    return bool(before and own) and (part.is_marked or not own <= before)


def _apart(
    gist: Callable[[str], Gist], told: Callable[[str], Understanding], text: str, part: Part
) -> Besides | None:
    """No further is read than is worth it: most of these are about the same."""
    before, own = COUNT.sub("", text[: part.start]), text[part.start : part.until]
    left = before + text[part.end :]
    sure = SURE if part.is_marked else SURE_UNMARKED
    is_apart = (
        _is_trouble(gist(own), min(sure, SURE_OF_LOST) if _is_lost(gist(own)) else sure)
        and _is_trouble(gist(left), sure)
        and gist(own).category != gist(left).category
        and _is_trouble(gist(before), sure)
        and (part.is_marked or _names_apart(gist(own).evidence.reading, told(own), told(left)))
        and (_is_lost(gist(own)) or _is_said(told(own)))
        and _is_said(told(before))
        and _is_said(told(left))
    )
    words = text[part.start : part.end].strip()
    return Besides(first=told(left), words=words, second=told(own)) if is_apart else None


def _is_trouble(gist: Gist, sure: float) -> bool:
    is_sure = gist.category is not None and gist.category_confidence >= sure
    return gist.intent in TROUBLES and is_sure


def _is_lost(gist: Gist) -> bool:
    """“Forgot the password” is told without any word for a trouble."""
    return any(label in gist.evidence.reading.hits for label in LOST)


def _names_apart(reading: Reading, second: Understanding, first: Understanding) -> bool:
    """Whether it names the thing in trouble, and none that the first may be about."""
    things = named(reading, second)
    return second.category in things and first.category not in things


def _is_said(understood: Understanding) -> bool:
    return any(name in understood.answers for name in SAYING)


def spoken_parts(text: str) -> Iterator[tuple[int, int, int]]:
    """Where the words for "besides" stand, where those behind them begin, and their end."""
    for found in islice(_spoken().finditer(plain(text)), MOST_CUTS):
        yield found.start(), found.end(), _end(text, found.end())


def _parts(reading: Reading, text: str) -> Iterator[Part]:
    spoken, even = _spoken(), plain(text)
    starts = {found.end() for found in spoken.finditer(even)}
    shown = [
        found.end() for layout in (LISTED, COUNTED, PARAGRAPH) for found in layout.finditer(text)
    ]
    starts.update(start for start in shown if not spoken.match(even, start))
    for start in sorted(starts - {0})[:MOST_CUTS]:
        end = _end(text, start)
        yield Part(start=start, until=end, end=end, is_marked=True)
    sentences = [
        own for before, own in pairwise(reading.clauses) if own.sentence > before.sentence
    ]
    for own in sentences[:MOST_CUTS]:
        until = max(one.end for one in reading.clauses if one.sentence == own.sentence)
        end = _end(text, own.start)
        yield Part(start=own.start, until=min(until, end), end=end, is_marked=False)


def _end(text: str, start: int) -> int:
    rest = PARAGRAPH.search(text, start)
    return rest.start() if rest else len(text)


def opens_besides(text: str) -> bool:
    """“And one more …”: whether it begins with words that join one matter to another."""
    found = _spoken().search(f" {plain(text).strip()}")
    return found is not None and found.start() <= 1


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
