"""The phrases of word lists as a net of branches, walked once over a text.

The net is made of the lists by `compiling` and kept as a file, in which branches that go on alike
are one; what stands here only loads and walks it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

GAP = 3  # words that ".." may stand for
REMEMBERED = 4096  # words
MISSING: tuple[Any, ...] = ((), {}, {}, None, None, None)


@dataclass(slots=True)
class Branch:
    """Where a phrase may go on: by a word, by the beginning of one, by any, or over a gap."""

    labels: tuple[str, ...] = ()  # of phrases that end here
    exact: Mapping[str, "Branch"] = field(default_factory=dict)
    stems: Mapping[str, "Branch"] = field(default_factory=dict)
    lengths: tuple[int, ...] = ()  # of the stems
    number: "Branch | None" = None
    anything: "Branch | None" = None
    gap: "Branch | None" = None
    is_plain: bool = True  # by words alone, if at all: most are

    @property
    def goes_on(self) -> bool:
        return bool(self.exact) or not self.is_plain


class Within(NamedTuple):
    """The words of a text, and where the sentence ends that is walked over."""

    words: Sequence[str]
    stop: int

    def cut(self) -> "Within":
        """Without what stands behind that end."""
        words, stop = self
        return self if stop == len(words) else Within(words[:stop], stop)


class Begun(NamedTuple):
    """Where a word leads from the root of a net."""

    alone: tuple[str, ...]  # the lists that it stands in alone
    open_branches: tuple[Branch, ...]  # that go on behind it
    onward: Collection[str] | None  # the words by which they do; None where others may, too


_NONE: Mapping[str, Branch] = {}  # shared by all branches that lead nowhere by words


def grow(rows: Iterable[Sequence[Any]]) -> Branch:
    """The net of the rows of a file, each leading only to rows before it; the last is the root.

    A row is [labels, {word: row}, {stem: row}, row by a number, by any word, over a gap], without
    what is missing at its end.
    """
    branches: list[Branch] = []
    labels: dict[tuple[str, ...], tuple[str, ...]] = {}

    def led(ways: Mapping[str, int]) -> Mapping[str, Branch]:
        return {word: branches[row] for word, row in ways.items()} if ways else _NONE

    for row in rows:
        ending, exact, stems, *others = [*row, *MISSING[len(row) :]]
        own = tuple(ending)
        number, anything, gap = (None if way is None else branches[way] for way in others)
        lengths = tuple(sorted({len(stem) for stem in stems}))
        own = labels.setdefault(own, own)
        is_plain = not stems and others == [None, None, None]
        ways = (led(exact), led(stems), lengths, number, anything, gap, is_plain)
        branches.append(Branch(own, *ways))
    return branches[-1]


class Walker:
    """Walks a net again and again; remembers where common words lead from its root."""

    def __init__(self, root: Branch) -> None:
        self._root = root
        self.begun = lru_cache(maxsize=REMEMBERED)(self._begin)

    def phrases(self, words: Sequence[str], at: int, stop: int | None = None) -> dict[str, int]:
        """For each list with a phrase from this word on: where its longest one ends.

        Words left open, and what stands behind them, lie before `stop`, the end of a sentence.
        """
        begun = self.begun(words[at])
        if not begun:
            return {}
        longest = dict.fromkeys(begun.alone, at + 1)
        onward = begun.onward  # seldom holds the next word: then nothing need be walked
        if onward is None or (at + 1 < len(words) and words[at + 1] in onward):
            within = Within(words, len(words) if stop is None else stop)
            for branch in begun.open_branches:
                _go_on(branch, within, at + 1, longest)
        return longest

    def _begin(self, word: str) -> Begun | None:
        """None where no phrase begins with the word."""
        begun = [*_following(self._root, word), *filter(None, (self._root.anything,))]
        alone = tuple(dict.fromkeys(label for branch in begun for label in branch.labels))
        going_on = tuple(branch for branch in begun if branch.goes_on)
        onward = frozenset(word for branch in going_on for word in branch.exact)
        is_plain = all(branch.is_plain for branch in going_on)
        found = Begun(alone, going_on, onward if is_plain else None)
        return found if alone or going_on else None


def _go_on(branch: Branch, within: Within, at: int, longest: dict[str, int]) -> None:
    """Mostly nothing: most phrases that a word begins don't go on as the text does."""
    words, stop = within
    if branch.is_plain:
        following = branch.exact.get(words[at]) if at < len(words) else None
        if following is not None:
            _end(following, within, at + 1, longest)
        return
    if branch.gap is not None:
        sentence = within.cut()
        for skipped in range(at, min(at + GAP + 1, stop)):
            _end(branch.gap, sentence, skipped, longest)
    if at < len(words):
        for following in _following(branch, words[at]):
            _end(following, within, at + 1, longest)
        if branch.anything is not None and at < stop:
            _end(branch.anything, within.cut(), at + 1, longest)


def _end(branch: Branch, within: Within, at: int, longest: dict[str, int]) -> None:
    for label in branch.labels:
        if at > longest.get(label, 0):
            longest[label] = at
    _go_on(branch, within, at, longest)


def _following(branch: Branch, word: str) -> Sequence[Branch]:
    found = [branch.exact[word]] if word in branch.exact else []
    for length in branch.lengths:
        stem = word[:length]
        if stem in branch.stems and len(stem) == length:
            found.append(branch.stems[stem])
    if branch.number is not None and word[:1].isdigit():
        found.append(branch.number)
    return found
