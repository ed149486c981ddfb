"""The trained model: weights over evidence, a file a question, made by `make model`.

Linear models: what is asked of a whole message is weighed here, what is asked of each word by
crfsuite. The questions stand in `questions`; what becomes of the answers in `reader` and
`intake.answers`.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import as_file, files
from math import exp
from pathlib import Path
from typing import Any

from pycrfsuite import ItemSequence, Tagger

from intake.understanding import saying
from intake.understanding.evidence import Evidence, Features
from intake.understanding.questions import QUESTIONS

OUTSIDE = "O"  # no field, no value
FOLDER = files("intake.understanding").joinpath("model")
Weighed = Sequence[float]  # a sum for each answer of each question
Row = tuple[bytes, tuple[float, ...]]  # columns and their weights
MANY = 12  # columns: from here on a full row is added sooner than its columns one by one
MARKED = ("clauses", "names")  # asked of every word; the others of a whole message


@dataclass(frozen=True, slots=True)
class Span:
    """Words that belong to a field, and how sure that is (0 to 1)."""

    field: str
    first: int
    after: int
    confidence: float


class Chooser:
    """One of a few answers by a sum of weights: logistic regressions over the same features.

    What is known of a message is weighed once for all questions; each adds what only it asks.
    Most rows of weights are nothing but a few columns (a byte each) and are kept so; the few that
    have many are kept full, and added in one go.
    """

    def __init__(self, learned: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
        """Each question with its answers and weights, one after the other: most is thrown away."""
        self._answers: dict[str, tuple[str, ...]] = {}
        self._columns: dict[str, range] = {}
        self._width = 0
        rows: dict[str, Row] = {}
        known: dict[float, float] = {}  # the same few thousand numbers again and again
        for question, own in learned:
            self._answers[question] = tuple(own["answers"])
            self._columns[question] = range(self._width, self._width + len(own["answers"]))
            for feature, weights in own["weights"].items():
                before = rows.get(feature, (b"", ()))
                told = [at for at, weight in enumerate(weights) if weight]
                rows[feature] = (
                    before[0] + bytes(self._width + at for at in told),
                    before[1] + tuple(known.setdefault(weights[at], weights[at]) for at in told),
                )
            self._width += len(own["answers"])
        self._full = {feature: self._filled(row) for feature, row in rows.items() if _is_full(row)}
        self._rows = {feature: row for feature, row in rows.items() if not _is_full(row)}

    def weigh(self, features: Iterable[str], onto: Weighed = ()) -> Weighed:
        """The sums of all answers to all questions, added to sums from before."""
        sums = list(onto) or [0.0] * self._width
        row_of, full_of = self._rows.get, self._full.get
        full = []
        for feature in features:
            row = row_of(feature)
            if row:
                for column, weight in zip(row[0], row[1], strict=False):  # made of equal length
                    sums[column] += weight
            elif weights := full_of(feature):
                full.append(weights)
        return list(map(sum, zip(sums, *full, strict=True))) if full else sums

    def _filled(self, row: Row) -> Sequence[float]:
        weights = dict(zip(*row, strict=True))
        return tuple(weights.get(column, 0.0) for column in range(self._width))

    def choose(self, question: str, sums: Weighed) -> tuple[str, float]:
        """The likeliest answer and its probability."""
        columns = self._columns[question]
        own = sums[columns.start : columns.stop]
        highest = max(own)
        best = own.index(highest)
        return self._answers[question][best], 1 / sum(exp(other - highest) for other in own)

    def shares(self, question: str, sums: Weighed) -> Mapping[str, float]:
        """The probability of each answer."""
        columns = self._columns[question]
        weights = list(map(exp, sums[columns.start : columns.stop]))
        each = zip(self._answers[question], weights, strict=True)
        return {answer: weight / sum(weights) for answer, weight in each}


def _is_full(row: Row) -> bool:
    return len(row[0]) >= MANY


class Marker:
    """Which words belong to which field: a conditional random field over the words."""

    def __init__(self, path: Path) -> None:
        self._tagger = Tagger()
        self._tagger.open(str(path))

    def mark(self, words: ItemSequence) -> Iterator[Span]:
        tagger = self._tagger
        tags: list[str] = tagger.tag(words)
        for first, after in _runs(tags):
            sure = min(tagger.marginal(tags[at], at) for at in range(first, after))
            yield Span(tags[first][2:], first, after, sure)


def _runs(tags: Sequence[str]) -> Iterator[tuple[int, int]]:
    """From each beginning (`B-field`) to where it no longer goes on (`I-field`)."""
    first = 0
    while first < len(tags):
        after = first + 1
        if tags[first] != OUTSIDE:
            inside = f"I-{tags[first][2:]}"
            while after < len(tags) and tags[after] == inside:
                after += 1
            yield first, after
        first = after


class Model:
    """All that was learned. Not for several threads at once."""

    def __init__(
        self, chooser: Chooser, markers: Mapping[str, Marker], read_pieces: Callable[[], Chooser]
    ) -> None:
        self._chooser = chooser
        self._markers = markers
        self._read_pieces = read_pieces

    @staticmethod
    def load(folder: Path) -> "Model":
        def learned(*names: str) -> Iterator[tuple[str, Any]]:
            return ((name, json.loads((folder / f"{name}.json").read_bytes())) for name in names)

        apart = (*MARKED, saying.QUESTION)
        markers = {name: Marker(folder / f"{name}.crf") for name in MARKED}
        chooser = Chooser(learned(*(name for name in QUESTIONS if name not in apart)))
        return Model(chooser, markers, lambda: Chooser(learned(saying.QUESTION)))

    @cached_property
    def _pieces(self) -> Chooser:
        """Read at the first reply: no first message is asked what its pieces say."""
        return self._read_pieces()

    def weigh(self, evidence: Evidence) -> Weighed:
        """What the whole message says to every question."""
        return self._chooser.weigh(evidence.of_message)

    def choose(
        self, question: str, weighed: Weighed, features: Iterable[str] = ()
    ) -> tuple[str, float]:
        """The likeliest answer and its probability, by what is weighed and these features."""
        return self._chooser.choose(question, self._chooser.weigh(features, weighed))

    def saying(self, evidence: Evidence) -> Mapping[str, float]:
        """How likely a piece of a reply is a value of each kind, or beside them all."""
        return self._pieces.shares(saying.QUESTION, self._pieces.weigh(saying.features(evidence)))

    def mark(self, words: Sequence[Features]) -> Iterator[Span]:
        """Every span of a field, by what is known of each word.

        All markers are handed the same words: what one has not learned of, it does not see.
        """
        handed = ItemSequence(words)  # costs as much as a marker's work: done once
        for marker in self._markers.values() if words else ():
            yield from marker.mark(handed)


@cache
def shipped() -> Model:
    """The one that `make model` made: large, and the same for every reader of a process."""
    with as_file(FOLDER) as folder:
        return Model.load(folder)
