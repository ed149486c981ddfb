"""The trained model: weights over evidence, a file a question, made by `make model`.

Linear models: what is asked of a whole message is weighed here, what is asked of each word by
crfsuite. The questions stand in `questions`; what becomes of the answers in `reader` and
`intake.replies.answers`.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import as_file, files
from math import exp
from pathlib import Path
from struct import unpack
from typing import TYPE_CHECKING, Any

from intake.understanding import saying
from intake.understanding.evidence import Evidence, Known
from intake.understanding.questions import QUESTIONS

if TYPE_CHECKING:
    from pycrfsuite import ItemSequence, Tagger

OUTSIDE = "O"  # no field, no value
FOLDER = files("intake.understanding").joinpath("model")
Weighed = int  # a sum for each answer of each question, each in a lane of its own
LANE, MIDDLE = 32, 1 << 31  # bits of a lane; what raises the least sum above zero
FINE = 1 << 18  # a weight of 1: thousands of them fit into a lane
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
    The weights of a feature, one for each answer of each question, are the lanes of one large
    integer: sums of all lanes at once are sums of integers, many times as fast as one by one.
    """

    def __init__(self, learned: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
        """Each question with its answers and weights, one after the other: most is thrown away."""
        self._answers: dict[str, tuple[str, ...]] = {}
        self._first: dict[str, int] = {}  # lane of each question
        self._rows: dict[str, Weighed] = {}
        width = 0
        for question, own in learned:
            self._answers[question] = tuple(own["answers"])
            self._first[question] = width
            for feature, weights in own["weights"].items():
                row = _in_lanes(round(weight * FINE) for weight in weights)
                if row:
                    self._rows[feature] = self._rows.get(feature, 0) + (row << width * LANE)
            width += len(own["answers"])
        self._raised = _in_lanes([MIDDLE] * width)

    def weigh(self, features: Iterable[str], onto: Weighed = 0) -> Weighed:
        """The sums of all answers to all questions, added to sums from before."""
        row_of = self._rows.get
        return sum([row for feature in features if (row := row_of(feature))], onto)

    def choose(self, question: str, sums: Weighed) -> tuple[str, float]:
        """The likeliest answer and its probability."""
        own = self._told(question, sums)
        highest = max(own)
        best = own.index(highest)
        return self._answers[question][best], 1 / sum(map(exp, [one - highest for one in own]))

    def shares(self, question: str, sums: Weighed) -> Mapping[str, float]:
        """The probability of each answer."""
        weights = list(map(exp, self._told(question, sums)))
        each = zip(self._answers[question], weights, strict=True)
        return {answer: weight / sum(weights) for answer, weight in each}

    def _told(self, question: str, sums: Weighed) -> Sequence[float]:
        """The sums of one question. Lanes are raised above zero, so that none borrows."""
        count = len(self._answers[question])
        lanes = (sums + self._raised) >> self._first[question] * LANE
        own = lanes & (1 << count * LANE) - 1
        found = unpack(f"<{count}I", own.to_bytes(count * LANE // 8, "little"))
        return [(lane - MIDDLE) / FINE for lane in found]


def _in_lanes(numbers: Iterable[int]) -> Weighed:
    return sum(number << at * LANE for at, number in enumerate(numbers))


class Marker:
    """Which words belong to which field: a conditional random field over the words.

    Read at the first message; that it is there is seen at the start.
    """

    def __init__(self, path: Path) -> None:
        self._path = path.resolve(strict=True)

    @cached_property
    def _tagger(self) -> "Tagger":
        from pycrfsuite import Tagger

        tagger = Tagger()
        tagger.open(str(self._path))
        return tagger

    def mark(self, words: "ItemSequence") -> Iterator[Span]:
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

    def mark(self, words: Sequence[Known]) -> Iterator[Span]:
        """Every span of a field, by what is known of each word.

        All markers are handed the same words: what one has not learned of, it does not see.
        """
        from pycrfsuite import ItemSequence

        handed = ItemSequence(words)  # costs as much as a marker's work: done once
        for marker in self._markers.values() if words else ():
            yield from marker.mark(handed)


@cache
def shipped() -> Model:
    """The one that `make model` made: large, and the same for every reader of a process."""
    with as_file(FOLDER) as folder:
        return Model.load(folder)
