"""Word lists of a language and where their phrases stand in a text.

A list is a TOML array of phrases. A phrase is words; `stem*` stands for every word that begins so,
`a|b` for either, `[word]` may be missing, `_` is any one word, `..` up to three. All lists of a
language are looked up in one pass, so that a longer list costs no time.
"""

import itertools
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from intake.understanding.folding import APOSTROPHES, fold

GAP = 3
NOT_LISTED = ("pattern", "country", "inflection", "act")
WORD = re.compile(rf"[^\W_]+(?:[{APOSTROPHES}][^\W_]+)*")
WORD_SPLIT = re.compile(r"[^\W_]+")  # Italian and English: l'ho is two words
SPLITTING = {"it"}

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the text and the spelling it is looked up by."""

    start: int
    end: int
    word: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase of the list `label` from one token up to, not including, another."""

    label: str
    first: int
    after: int


Hits = Mapping[str, Sequence[Hit]]


def tokenize(text: str, language: str) -> list[Token]:
    pattern = WORD_SPLIT if language in SPLITTING else WORD
    return [
        Token(found.start(), found.end(), fold(found.group(), language))
        for found in pattern.finditer(text)
    ]


# Shared by all branches without following ones, which are most of them. Never written to.
_NONE: dict[str, "Branch"] = {}


@dataclass(slots=True)
class Branch:
    """Where a phrase may go on: by a word, by the beginning of one, by any, or over a gap."""

    labels: tuple[str, ...] = ()  # of phrases that end here
    exact: dict[str, "Branch"] = field(default_factory=lambda: _NONE)
    stems: dict[str, "Branch"] = field(default_factory=lambda: _NONE)
    lengths: tuple[int, ...] = ()  # of the stems
    number: "Branch | None" = None
    anything: "Branch | None" = None
    gap: "Branch | None" = None

    def grown(self, part: str) -> "Branch":
        """The branch after one more part of a phrase."""
        if part in ("#", "_", ".."):
            name = {"#": "number", "_": "anything", "..": "gap"}[part]
            if getattr(self, name) is None:
                setattr(self, name, Branch())
            following: Branch = getattr(self, name)
            return following
        if not part.endswith("*"):
            if self.exact is _NONE:
                self.exact = {}
            return _kept(self.exact, part)
        stem = part[:-1]
        if len(stem) not in self.lengths:
            self.lengths = (*self.lengths, len(stem))
        if self.stems is _NONE:
            self.stems = {}
        return _kept(self.stems, stem)


def _kept(branches: dict[str, Branch], part: str) -> Branch:
    if part not in branches:
        branches[part] = Branch()
    return branches[part]


class Acts(NamedTuple):
    """How the language says what one has done: "vymenil som", "ho riavviato"."""

    endings: tuple[str, ...] = ()
    auxiliaries: frozenset[str] = frozenset()  # words that must stand beside
    spared: tuple[str, ...] = ()  # beginnings of verbs that are no attempt: "wanted", "saw"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """All phrases of a language as one tree, so that a text is walked once."""

    language: str
    root: Branch = field(default_factory=Branch)
    acts: Acts = field(default_factory=Acts)

    def add(self, label: str, written: str) -> None:
        for phrase in _spelled(written, self.language):
            branch = self.root
            for part in phrase:
                branch = branch.grown(part)
            if label not in branch.labels:
                branch.labels = (*branch.labels, label)

    def find(self, tokens: Sequence[Token]) -> dict[str, list[Hit]]:
        """All phrases of all lists; of two that begin alike, the longer one of each list."""
        words = [token.word for token in tokens]
        hits: dict[str, list[Hit]] = {}
        for at in range(len(words)):
            longest: dict[str, int] = {}
            _walk(self.root, words, at, longest)
            for label, after in longest.items():
                hits.setdefault(label, []).append(Hit(label, at, after))
        return hits


def _walk(branch: Branch, words: Sequence[str], at: int, longest: dict[str, int]) -> None:
    for label in branch.labels:
        if at > longest.get(label, 0):
            longest[label] = at
    if branch.gap is not None:
        for skipped in range(at, min(at + GAP + 1, len(words))):
            _walk(branch.gap, words, skipped, longest)
    if at < len(words):
        for following in _following(branch, words[at]):
            _walk(following, words, at + 1, longest)


def _following(branch: Branch, word: str) -> Iterator[Branch]:
    exact = branch.exact.get(word)
    if exact is not None:
        yield exact
    for length in branch.lengths:
        following = branch.stems.get(word[:length]) if length <= len(word) else None
        if following is not None:
            yield following
    if branch.number is not None and word[0].isdigit():
        yield branch.number
    if branch.anything is not None:
        yield branch.anything


def _spelled(written: str, language: str) -> Iterator[Phrase]:
    """Every plain phrase that a written one stands for, folded."""
    parts: list[list[str]] = []
    for part in written.split():
        is_optional = part.startswith("[")
        variants = part.strip("[]").split("|")
        parts.append([*variants, ""] if is_optional else variants)
    for chosen in itertools.product(*parts):
        words = tuple(
            _folded(word, language) for part in chosen if part for word in _apart(part, language)
        )
        if words:
            yield words


def _apart(part: str, language: str) -> Iterable[str]:
    if part in ("..", "_", "#"):
        return (part,)
    pattern = (
        r"[^\W_]+\*?"
        if language in SPLITTING
        else rf"[^\W_{APOSTROPHES}]+(?:[{APOSTROPHES}][^\W_]+)*\*?"
    )
    return re.findall(pattern, part)


def _folded(word: str, language: str) -> str:
    if word in ("..", "_", "#"):
        return word
    return fold(word.rstrip("*"), language) + ("*" if word.endswith("*") else "")


def lists(tables: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, list[str]]]:
    """`scope.me` and its phrases, for every array of a file of words."""
    for name, value in tables.items():
        if name in NOT_LISTED:
            continue
        if isinstance(value, dict):
            yield from lists(value, f"{before}{name}.")
        elif isinstance(value, list):
            yield f"{before}{name}", value


def load_words(name: str) -> dict[str, Any]:
    path = files("intake.understanding").joinpath("words", f"{name}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _acts(table: Mapping[str, Sequence[str]], language: str) -> Acts:
    def folded(name: str) -> Iterator[str]:
        return (fold(word, language) for word in table.get(name, ()))

    return Acts(
        tuple(folded("endings")), frozenset(folded("auxiliaries")), tuple(folded("spared"))
    )


@cache
def lexicon(language: str) -> Lexicon:
    """The word lists of a language together with the names that all languages share."""
    own = load_words(language)
    made = Lexicon(language=language, acts=_acts(own.get("act", {}), language))
    endings = own.get("inflection", {}).get("endings", [])
    for tables in (load_words("products"), own):
        for label, phrases in lists(tables):
            for phrase in phrases:
                made.add(label, phrase)
                if label == "application" and phrase.isalpha():
                    made.add(label, f"{phrase}|" + "|".join(phrase + end for end in endings))
    return made
