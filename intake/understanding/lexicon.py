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
from typing import Any

from intake.understanding.folding import APOSTROPHES, fold

GAP = 3
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """The phrases of one language, by the way they begin."""

    language: str
    exact: dict[str, list[tuple[str, Phrase]]] = field(default_factory=dict)
    stems: dict[str, list[tuple[str, Phrase]]] = field(default_factory=dict)
    anywhere: list[tuple[str, Phrase]] = field(default_factory=list)
    lengths: set[int] = field(default_factory=set)

    def add(self, label: str, written: str) -> None:
        for phrase in _spelled(written, self.language):
            first = phrase[0]
            if first == "_":
                self.anywhere.append((label, phrase))
            elif first.endswith("*"):
                self.stems.setdefault(first[:-1], []).append((label, phrase))
                self.lengths.add(len(first) - 1)
            else:
                self.exact.setdefault(first, []).append((label, phrase))

    def find(self, tokens: Sequence[Token]) -> dict[str, list[Hit]]:
        """All phrases of all lists; of two that begin alike, the longer one of each list."""
        hits: dict[str, list[Hit]] = {}
        for at, token in enumerate(tokens):
            longest: dict[str, int] = {}
            for label, phrase in self._beginning(token.word):
                after = _matched(phrase, tokens, at)
                if after > longest.get(label, -1) and after > 0:
                    longest[label] = after
            for label, after in longest.items():
                hits.setdefault(label, []).append(Hit(label, at, after))
        return hits

    def _beginning(self, word: str) -> Iterator[tuple[str, Phrase]]:
        yield from self.exact.get(word, ())
        for length in self.lengths:
            if length <= len(word):
                yield from self.stems.get(word[:length], ())
        yield from self.anywhere


def _matched(phrase: Phrase, tokens: Sequence[Token], at: int) -> int:
    """The token after the phrase that begins at `at`, or -1."""
    for place, part in enumerate(phrase):
        if part == "..":
            rest = phrase[place + 1 :]
            tries = (_matched(rest, tokens, at + skip) for skip in range(GAP + 1))
            return next((after for after in tries if after > 0), -1)
        if at >= len(tokens) or not _is_like(part, tokens[at].word):
            return -1
        at += 1
    return at


def _is_like(part: str, word: str) -> bool:
    if part.endswith("*"):
        return word.startswith(part[:-1])
    if part == "#":
        return word[:1].isdigit()
    return part in (word, "_")


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
        if isinstance(value, dict):
            yield from lists(value, f"{before}{name}.")
        elif isinstance(value, list):
            yield f"{before}{name}", value


def load_words(name: str) -> dict[str, Any]:
    path = files("intake.understanding").joinpath("words", f"{name}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def lexicon(language: str) -> Lexicon:
    """The word lists of a language together with the names that all languages share."""
    made = Lexicon(language=language)
    for tables in (load_words("products"), load_words(language)):
        for label, phrases in lists(tables):
            for phrase in phrases:
                made.add(label, phrase)
    return made
