"""The trained model: weights over evidence, a file a question, made by `make model`.

Linear models: what is asked of a whole message is weighed here, what is asked of each word by
crfsuite. The questions stand in `questions`; what becomes of the answers in `reader` and
`intake.answers`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files
from math import exp
from pathlib import Path

from pycrfsuite import ItemSequence, Tagger

from intake.understanding.evidence import Features
from intake.understanding.questions import QUESTIONS

OUTSIDE = "O"  # no field, no value
FOLDER = files("intake.understanding").joinpath("model")
MARKED = ("clauses", "names")  # asked of every word; the others of a whole message


@dataclass(frozen=True, slots=True)
class Span:
    """Words that belong to a field, and how sure that is (0 to 1)."""

    field: str
    first: int
    after: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Chooser:
    """One of a few answers by a sum of weights: logistic regression."""

    answers: tuple[str, ...]
    weights: Mapping[str, tuple[float, ...]]  # by feature, in the order of the answers

    def choose(self, features: Iterable[str]) -> tuple[str, float]:
        rows = [row for row in map(self.weights.get, features) if row]
        sums = [sum(column) for column in zip(*rows, strict=True)] or [0.0] * len(self.answers)
        highest = max(sums)
        best = sums.index(highest)
        return self.answers[best], 1 / sum(exp(other - highest) for other in sums)


class Marker:
    """Which words belong to which field: a conditional random field over the words."""

    def __init__(self, path: Path) -> None:
        self._tagger = Tagger()
        self._tagger.open(str(path))
        self.features = frozenset(name for name, _ in self._tagger.info().state_features)

    def mark(self, items: ItemSequence) -> Iterator[Span]:
        tagger = self._tagger
        tagger.set(items)
        tags: list[str] = tagger.tag()
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

    def __init__(self, choosers: Mapping[str, Chooser], markers: Sequence[Marker]) -> None:
        self._choosers = choosers
        self._markers = markers
        self._features = frozenset[str]().union(*(marker.features for marker in markers))

    @staticmethod
    def load(folder: Path | None = None) -> "Model":
        with as_file(FOLDER) as own:
            place = folder or own
            choosers = {
                name: _chooser(place / f"{name}.json") for name in QUESTIONS if name not in MARKED
            }
            return Model(choosers, [Marker(place / f"{name}.crf") for name in MARKED])

    def choose(self, question: str, features: Iterable[str]) -> tuple[str, float]:
        """The likeliest answer and its probability."""
        return self._choosers[question].choose(features)

    def mark(self, words: Sequence[Features]) -> list[Span]:
        """Every span of a field, by what is known of each word."""
        if not words:
            return []
        known = self._features
        items = ItemSequence([[own for own in word if own in known] for word in words])
        return [span for marker in self._markers for span in marker.mark(items)]


def _chooser(path: Path) -> Chooser:
    """Of `{"answers": [...], "weights": {feature: [weight, ...]}}`."""
    learned = json.loads(path.read_bytes())
    weights = {feature: tuple(row) for feature, row in learned["weights"].items()}
    return Chooser(tuple(learned["answers"]), weights)
