"""A message prepared for reading: its words, the phrases found in it, its clauses.

Everything that looks for a field works on a Reading and never on bare text.
"""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import pairwise
from typing import Any, Protocol

from intake.understanding.layout import Layout, blanked
from intake.understanding.lexicon import Hit, Token, lexicon, tokenize
from intake.understanding.moments import When, find_moments
from intake.understanding.shapes import Shape, find_shapes
from intake.understanding.stops import is_shortened

# A full stop ends a clause where a blank follows; not after a numeral or a short form.
BREAK = re.compile(
    r"\n+|[;!?…]+|(?<![\s.][^\W\d]\b)\.(?=\s|$)|\.{2,}|,(?!\d)|:(?=\s)|\s[-–—→=]+\s|\s/\s|[()\[\]]"
    r"|[\U0001F300-\U0001FAFF\u2600-\u27BF]+"
)
ENDING = re.compile(r"[.!?\n;…]|\s/\s")
QUOTED = re.compile(
    r"«([^»\n]{2,160})»|[„“\"]([^“”\"„\n]{2,160})[“”\"]|(?<!\w)['‘]([^'’\n]{3,120})['’](?!\w)"
)


DIGITS = tuple("0123456789")
UNSPLIT = ("άλλα", "Άλλα")  # "other", no "but"
LONGEST_BREATH = 16  # words
NO_WORD = frozenset[int]()
BREATHS = ("speech.soft_split", "speech.breath", "tried.did")


class Said(Protocol):
    """Of a message what is read."""

    @property
    def text(self) -> str: ...

    @property
    def sent_at(self) -> datetime: ...


class Run(Protocol):
    """Words in a row: a phrase, a moment, a clause. `first` and `after` count tokens."""

    @property
    def first(self) -> int: ...

    @property
    def after(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Clause:
    """A run of words between two breaks. `first` and `after` count tokens."""

    first: int
    after: int
    start: int
    end: int
    sentence: int

    @property
    def words(self) -> range:
        return range(self.first, self.after)

    def holds(self, run: Run) -> bool:
        """Whether all of it stands in here."""
        return self.first <= run.first and run.after <= self.after


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words in quotation marks: where they stand with the marks, and the words."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Reading:
    """One message being read."""

    text: str  # the body; what is not said in it is blank
    language: str
    now: datetime
    layout: Layout
    country: str = ""  # of the desk: there national numbers are at home
    pieces: dict[tuple[str, str], "Reading"] = field(
        default_factory=dict, compare=False, repr=False
    )  # of the same message

    @cached_property
    def remembered(self) -> dict[object, Any]:
        """What finders have found, so that none looks twice."""
        return {}

    def piece(self, text: str) -> "Reading":
        """As if the message said only this: many finders ask of the same few, each read once."""
        return self if text == self.text else self._of_message(self.language, text)

    def in_language(self, language: str) -> "Reading":
        """As if it were written in that one: of a short reply each is asked for several fields."""
        return self if language == self.language else self._of_message(language, self.text)

    def _of_message(self, language: str, text: str) -> "Reading":
        key = (language, text)
        known = self.pieces.get(key)
        if known is None:
            known = self.pieces[key] = Reading(
                text, language, self.now, self.layout, self.country, self.pieces
            )
        return known

    def within(self, run: Run) -> "Reading":
        """As if the message said no more than this."""
        return self.piece(self.says(run.first, run.after))

    def without(self, runs: Iterable[Run]) -> "Reading":
        """As if these words were blank."""
        return self.piece(blanked(self.text, map(self.letters, runs)))

    @cached_property
    def signed(self) -> "Reading":
        """Its signature, where a postscript may stand."""
        return self.piece(self.layout.signature)

    @cached_property
    def tokens(self) -> list[Token]:
        return tokenize(self.text, self.language)

    @cached_property
    def words(self) -> list[str]:
        """As they are looked up."""
        return [token.word for token in self.tokens]

    @cached_property
    def hits(self) -> dict[str, list[Hit]]:
        return lexicon(self.language).find(self.tokens)

    @cached_property
    def moments(self) -> list[When]:
        return find_moments(self.text, self.tokens, self.hits, self.now)

    @cached_property
    def shapes(self) -> list[Shape]:
        return list(find_shapes(self.text))

    @cached_property
    def quotes(self) -> list[Quoted]:
        return [
            Quoted(match.start(), match.end(), match[match.lastindex or 1])
            for match in QUOTED.finditer(self.text)
        ]

    @cached_property
    def clauses(self) -> list[Clause]:
        return list(_clauses(self))

    def found(self, label: str, first: int = 0, after: int | None = None) -> list[Hit]:
        """Phrases of a list that lie within these tokens."""
        end = len(self.tokens) if after is None else after
        own = self.hits.get(label, ())
        return [hit for hit in own if first <= hit.first and hit.after <= end]

    def below(self, label: str, first: int = 0, after: int | None = None) -> list[Hit]:
        """The same of all lists below `label.`."""
        end, family = len(self.tokens) if after is None else after, f"{label}."
        return [
            hit
            for name in self._families.get(label.partition(".")[0], ())
            if name.startswith(family)
            for hit in self.hits[name]
            if first <= hit.first and hit.after <= end
        ]

    @cached_property
    def _families(self) -> dict[str, list[str]]:
        """Its lists by the first word of their names: many are asked for all below it."""
        found: dict[str, list[str]] = {}
        for label in self.hits:
            found.setdefault(label.partition(".")[0], []).append(label)
        return found

    def covered(self, labels: Iterable[str]) -> set[int]:
        """The words that phrases of these lists cover."""
        return {
            at
            for label in labels
            for hit in self.hits.get(label, ())
            for at in range(hit.first, hit.after)
        }

    def says_only(
        self, said: Set[int], labels: Iterable[str] = (), around: Set[int] = NO_WORD
    ) -> bool:
        """Whether it says these words, and beside them none but of these lists or around."""
        return bool(said) and len(said | around | self.covered(labels)) == len(self.tokens)

    def is_listed(self, at: int) -> bool:
        """Whether a word stands in any list."""
        return any(hit.first <= at < hit.after for hits in self.hits.values() for hit in hits)

    def has(self, label: str, clause: Clause) -> bool:
        return bool(self.found(label, clause.first, clause.after))

    def has_any(self, labels: Iterable[str], clause: Clause | None = None) -> bool:
        """Whether a phrase of one of these lists stands in the clause, or anywhere."""
        if clause is None:
            return any(self.hits.get(label) for label in labels)
        return any(self.has(label, clause) for label in labels)

    def says(self, first: int, after: int) -> str:
        """The words from one token up to another, as written."""
        return self.text[self.tokens[first].start : self.tokens[after - 1].end]

    def letters(self, run: Run) -> tuple[int, int]:
        """From where to where it is written."""
        return self.tokens[run.first].start, self.tokens[run.after - 1].end

    def clause_at(self, word: int) -> Clause:
        return next(clause for clause in self.clauses if word < clause.after)

    def clause_at_letter(self, position: int) -> Clause:
        """The one that this letter stands in, or else the next."""
        return next(clause for clause in self.clauses if position < clause.end)

    def token_at(self, position: int) -> int:
        """The first token that ends after this position."""
        tokens = self.tokens
        low, high = 0, len(tokens)
        while low < high:
            middle = (low + high) // 2
            if tokens[middle].end <= position:
                low = middle + 1
            else:
                high = middle
        return low


def covered_by(runs: Iterable[Run]) -> set[int]:
    """The words of them all."""
    return {at for run in runs for at in range(run.first, run.after)}


def _clauses(reading: Reading) -> Iterator[Clause]:
    first = 0
    sentence = 0
    for position, is_sentence in _breaks(reading):
        edge = reading.token_at(position)
        if edge > first:
            yield _clause(reading, first, edge, sentence)
            first = edge
        sentence += is_sentence
    if first < len(reading.tokens):
        yield _clause(reading, first, len(reading.tokens), sentence)


def _clause(reading: Reading, first: int, after: int, sentence: int) -> Clause:
    tokens = reading.tokens
    return Clause(first, after, tokens[first].start, tokens[after - 1].end, sentence)


def _breaks(reading: Reading) -> list[tuple[int, bool]]:
    """Where a clause ends, and whether its sentence does."""
    text = reading.text
    found = [
        (match.start(), ENDING.search(match.group()) is not None)
        for match in BREAK.finditer(text)
        if not (match.group() == "." and _is_no_stop(reading, match.start()))
        and not _is_inside(reading.quotes, match.start())
    ]
    for hit in reading.hits.get("speech.split", ()):
        start = reading.tokens[hit.first].start
        if not reading.text.startswith(UNSPLIT, start):
            found.append((start, False))
    breaths = _breaths(reading, [start for start, _ in found])
    return sorted([*found, *((start, False) for start in breaths)])


def _is_no_stop(reading: Reading, position: int) -> bool:
    """Whether the point belongs to a short form, or to the number of a floor: "3. poschodie"."""
    if is_shortened(reading.text, position):
        return True
    counted = reading.token_at(position + 1)
    is_counted = reading.text[:position].endswith(DIGITS)
    return is_counted and bool(reading.found("place.counted", counted, counted + 1))


def _breaths(reading: Reading, cuts: list[int]) -> list[int]:
    """A long run without a stop, as people dictate, is cut where they draw breath."""
    edges = sorted({0, len(reading.tokens), *(reading.token_at(cut) for cut in cuts)})
    found = []
    for first, after in pairwise(edges):
        if after - first <= LONGEST_BREATH:
            continue
        for label in BREATHS:
            hits = reading.found(label, first + 1, after)
            found += [reading.tokens[hit.first].start for hit in hits]
    return found


def _is_inside(quotes: Sequence[Quoted], position: int) -> bool:
    return any(quote.start < position < quote.end - 1 for quote in quotes)
