"""The words of a language: where the phrases of its lists stand in a text, and its plain tables.

The lists themselves are kept in words/*.toml and made ready by `compiling`.
"""

import json
import re
from bisect import bisect
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from intake.understanding.folding import APOSTROPHES, fold, plain
from intake.understanding.net import Walker, grow
from intake.understanding.stops import ends_between

PAGE = r"https?://[^\s<>\"'«»()]*[^\s<>\"'«»().,;:!?…]"  # one word, whatever is in it
WEB = ("http://", "https://")  # how one begins
WORD = re.compile(rf"{PAGE}|[^\W_]+(?:[{APOSTROPHES}][^\W_]+)*")
WORD_SPLIT = re.compile(rf"{PAGE}|[^\W_]+")  # Italian: l'ho is two words
SPLITTING = {"it"}
CLITIC = re.compile(rf"[{APOSTROPHES}]s\Z", re.IGNORECASE)  # of English: "the wifi's gone"
GLUED = re.compile(r"([^\W\d_]{2,})(\d{1,2})")
VERSIONED = "os."  # lists of systems, whose number people write onto the name: "win11"
UNBROKEN = ("", " ")  # between two words of a sentence
COMPILED = files("intake.understanding").joinpath("compiled")


# Tokens and hits are made by the hundred for each message: frozen, or as tuples, they would take
# two or three times as long. Nobody changes them.
@dataclass(slots=True, unsafe_hash=True)
class Token:
    """A word of the text and the spelling it is looked up by."""

    start: int
    end: int
    word: str
    is_opening: bool = False  # a sentence has ended before it


@dataclass(slots=True, unsafe_hash=True)
class Hit:
    """A phrase of the list `label` from one token up to, not including, another."""

    label: str
    first: int
    after: int


Hits = Mapping[str, Sequence[Hit]]


def tokenize(text: str, language: str) -> list[Token]:
    return list(tokens_of(text, language))


def words_of(text: str, language: str) -> list[str]:
    """The words of its tokens as they are written: a fraction of the work."""
    return _pattern_of(language).findall(text)


def spelled(word: str, language: str) -> str:
    """How a word as it is written is looked up."""
    glued = lexicon(language).speech["glued"]
    return fold(unglued(word, glued) if glued else word, language)


def tokens_of(text: str, language: str) -> Iterator[Token]:
    """One by one, for who needs only the first."""
    glued = lexicon(language).speech["glued"]
    before = 0
    for found in _pattern_of(language).finditer(text):
        start, end = found.span()
        written = unglued(found[0], glued) if glued else found[0]
        is_opening = text[before:start] not in UNBROKEN and ends_between(text, before, start)
        yield Token(start, start + len(written), fold(written, language), is_opening)
        before = end


def _pattern_of(language: str) -> re.Pattern[str]:
    return WORD_SPLIT if language in SPLITTING else WORD


def unglued(word: str, glued: Collection[str]) -> str:
    """Without the "'s" that shortens "is" or tells whose it is, unless the two are one word."""
    host = CLITIC.sub("", word)
    return word if plain(host) in glued else host


def hits_in(tokens: Sequence[Token], words: Sequence[str], net: Walker) -> dict[str, list[Hit]]:
    """All phrases of all lists; of two that begin alike, the longer one of each list."""
    begins = [at for at, word in enumerate(words) if net.begun(word)]  # most begin no phrase
    if not begins:
        return {}
    stops = [at for at, token in enumerate(tokens) if token.is_opening and at] + [len(words)]
    hits: dict[str, list[Hit]] = {}
    for at in begins:
        for label, after in net.phrases(words, at, stops[bisect(stops, at)]).items():
            hit = Hit(label, at, after)
            if label in hits:
                hits[label].append(hit)
            else:
                hits[label] = [hit]
    return hits


@dataclass(frozen=True, kw_only=True)
class Lexicon:
    """All phrases of a language, and what else is known of it."""

    language: str
    tables: Mapping[str, Any]  # pattern, country, act
    # words that tell the language (function, latin), and those that are one with "'s" (glued)
    speech: Mapping[str, Sequence[str]]

    @cached_property
    def net(self) -> Walker:
        """Read once somebody writes in the language: few desks hear all five."""
        _, phrases = _kept(self.language)
        return Walker(grow(json.loads(phrases)))

    def find(self, tokens: Sequence[Token]) -> dict[str, list[Hit]]:
        hits = hits_in(tokens, [token.word for token in tokens], self.net)
        for at, token in enumerate(tokens):
            for label in self._version(token.word) if token.word[-1:].isdigit() else ():
                if not any(hit.first == at for hit in hits.get(label, ())):
                    hits.setdefault(label, []).append(Hit(label, at, at + 1))
        return hits

    def _version(self, word: str) -> Iterator[str]:
        """The systems that one word names with its number."""
        glued = GLUED.fullmatch(word)
        named = self.net.phrases(list(glued.groups()), 0) if glued else {}
        yield from (label for label in named if label.startswith(VERSIONED))

    def beginning(self, tokens: Sequence[Token]) -> Collection[str]:
        """The lists of which a phrase stands at the very beginning."""
        return self.net.phrases([token.word for token in tokens], 0)


@cache
def lexicon(language: str) -> Lexicon:
    """The word lists of a language together with the names that all languages share."""
    beside, _ = _kept(language)
    kept = json.loads(beside)
    return Lexicon(language=language, tables=kept["tables"], speech=kept["speech"])


def _kept(language: str) -> tuple[bytes, bytes]:
    """A compiled file's two lines: what stands beside the phrases, and their net."""
    first, second = COMPILED.joinpath(f"{language}.json").read_bytes().splitlines()
    return first, second
