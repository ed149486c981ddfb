"""What is said by the phrases of our own tables, tables/*.toml, which no model ever sees.

A table has lists by name, each by language. Which words of a reading they cover says `said_of`;
where order matters, or what stands beside, `either` and `whole` make patterns for a `plain` text.
Phrases are written as in `compiling`. People mix languages: the lists of all may hold in each.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Protocol

from intake.understanding.compiling import net_of, variants
from intake.understanding.folding import plain
from intake.understanding.lexicon import Hit, Token, hits_in, lexicon, spelled, words_of
from intake.understanding.net import REMEMBERED, Walker, grow

TABLES = files("intake.understanding").joinpath("tables")
NO_WORD = frozenset[int]()


class Words(Protocol):
    """Of a Reading what is needed here: its moments are told by our patterns too."""

    @property
    def tokens(self) -> Sequence[Token]: ...
    @property
    def words(self) -> Sequence[str]: ...
    @property
    def language(self) -> str: ...
    @property
    def remembered(self) -> dict[object, Any]: ...


@cache
def table(name: str) -> Mapping[str, Mapping[str, Sequence[str]]]:
    return tomllib.loads(TABLES.joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def phrases(name: str, listed: str, language: str = "") -> Iterator[str]:
    """Of a list; of all languages where none is named."""
    for own, written in table(name)[listed].items():
        if language in ("", own):
            yield from written


def hits_of(reading: Words, name: str, *, is_mixed: bool = False) -> Mapping[str, Sequence[Hit]]:
    """By list where its phrases stand: those of the reading's language, or of all."""
    known, key = reading.remembered, (name, is_mixed)
    if key not in known:
        net = _net(name, reading.language, is_mixed=is_mixed)
        found = hits_in(reading.tokens, reading.words, net)
        known[key] = {**_none_of(name), **found} if found else _none_of(name)
    hits: Mapping[str, Sequence[Hit]] = known[key]
    return hits


def said_of(reading: Words, name: str, *, is_mixed: bool = False) -> Mapping[str, frozenset[int]]:
    """By list the words that its phrases cover."""
    known, key = reading.remembered, ("words", name, is_mixed)
    if key not in known:
        found = hits_of(reading, name, is_mixed=is_mixed)
        covered = {
            listed: frozenset(at for hit in hits for at in range(hit.first, hit.after))
            for listed, hits in found.items()
            if hits
        }
        known[key] = {**_unsaid(name), **covered} if covered else _unsaid(name)
    said: Mapping[str, frozenset[int]] = known[key]
    return said


def may_say(text: str, language: str, name: str, *lists: str) -> bool:
    """Whether a word may begin a phrase of these lists: cheap, before a text is read for them."""
    return any(map(_beginning(name, lists, language), words_of(text, language)))


@cache
def _beginning(name: str, lists: tuple[str, ...], language: str) -> Callable[[str], bool]:
    """Of a word as it is written, remembered of common ones."""
    listed = [(own, phrase) for own in lists for phrase in phrases(name, own, language)]
    net = Walker(grow(net_of(listed, language, lexicon(language).speech["glued"])))

    @lru_cache(maxsize=REMEMBERED)
    def begins(word: str) -> bool:
        return net.begun(spelled(word, language)) is not None

    return begins


@cache
def _none_of(name: str) -> Mapping[str, Sequence[Hit]]:
    return dict.fromkeys(table(name), ())


@cache
def _unsaid(name: str) -> Mapping[str, frozenset[int]]:
    return dict.fromkeys(table(name), NO_WORD)


def either(name: str, *lists: str, language: str = "") -> str:
    """A pattern of what stands in one of these lists, the longest first."""
    written = {phrase for listed in lists for phrase in phrases(name, listed, language)}
    spelled = {plain(" ".join(words)) for phrase in written for words in variants(phrase)}
    longest_first = sorted(spelled, key=lambda phrase: (-len(phrase), phrase))
    return f"(?:{'|'.join(map(_pattern, longest_first))})"


def whole(name: str, *lists: str, language: str = "") -> str:
    """The same of whole words."""
    return rf"(?<![\w']){either(name, *lists, language=language)}(?!\w)"


def _pattern(phrase: str) -> str:
    return re.escape(phrase).replace(r"\ ", r"\W+").replace(r"\*", r"\w*")


@cache
def _net(name: str, language: str, *, is_mixed: bool) -> Walker:
    """Whatever language a phrase is of, it is spelled as the words of this one are."""
    of = "" if is_mixed else language
    listed = [(own, phrase) for own in table(name) for phrase in phrases(name, own, of)]
    return Walker(grow(net_of(listed, language, lexicon(language).speech["glued"])))
