"""Makes the nets of `net` out of the word lists in words/*.toml: what `make words` runs.

A list is a TOML array of phrases. A phrase is words; `stem*` stands for every word that begins so,
`a|b` for either, `[word]` may be missing, `#` is a number, `_` any one word, `..` up to three.
"""

import hashlib
import itertools
import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Any

from intake.understanding.folding import APOSTROPHES, fold
from intake.understanding.lexicon import SPLITTING, unglued

WORDS = files("intake.understanding").joinpath("words")
NOT_LISTED = ("pattern", "country", "act", "inflection")
WILD = ("..", "_", "#")
ACT = ("endings", "spared")  # of verbs that tell what one has done
Row = list[Any]
Labels = tuple[str, ...]
Ways = tuple[tuple[str, int], ...]  # by a word or the beginning of one to a row


def sources(language: str) -> list[bytes]:
    """The files that a language is made of: products, concepts and its own lists."""
    paths = (("products.toml",), ("concepts", f"{language}.toml"), (f"{language}.toml",))
    return [WORDS.joinpath(*path).read_bytes() for path in paths]


def fingerprint(language: str) -> str:
    return hashlib.sha256(b"\n".join(sources(language))).hexdigest()


def compiled(language: str) -> tuple[dict[str, Any], list[Row]]:
    """The two lines of a file: tables that are no lists with what it was made of, and the net."""
    products, concepts, own = (tomllib.loads(source.decode()) for source in sources(language))
    endings, glued = (own.get("inflection", {}).get(name, []) for name in ("endings", "glued"))
    phrases = [
        (label, phrase + ending)
        for tables in (products, {"concept": concepts}, own)
        for label, listed in _lists(tables)
        for phrase in listed
        for ending in ("", *(endings if label == "application" and phrase.isalpha() else ()))
    ]
    tables = {name: own[name] for name in ("pattern", "country")}
    acts = own.get("act", {})
    tables["act"] = {name: [fold(word, language) for word in acts.get(name, ())] for name in ACT}
    speech = {name: own["speech"][name] for name in ("function", "latin")} | {"glued": glued}
    beside = {"made_of": fingerprint(language), "tables": tables, "speech": speech}
    return beside, net_of(phrases, language, glued)


def net_of(
    phrases: Iterable[tuple[str, str]], language: str, glued: Collection[str] = ()
) -> list[Row]:
    """The rows for `net.grow` of phrases, each with the name of its list.

    `glued` are words of the language that are one with a "'s" behind them.
    """
    root, spelled = _Growing(), _Spelled(language, glued)
    for label, phrase in phrases:
        for parts in variants(phrase):
            root.add(label, [word for part in parts for word in spelled[part]])
    return _rows(root)


class _Spelled(dict[str, tuple[str, ...]]):
    """The words of each part of a phrase, folded; made once, since variants share their parts."""

    def __init__(self, language: str, glued: Collection[str]) -> None:
        super().__init__()
        self._language = language
        self._glued = glued

    def __missing__(self, part: str) -> tuple[str, ...]:
        language, glued = self._language, self._glued
        apart = (unglued(word, glued) if glued else word for word in _apart(part, language))
        self[part] = tuple(_folded(word, language) for word in apart)
        return self[part]


class _Growing:
    """A tree of phrases while it is made."""

    def __init__(self) -> None:
        self.labels: set[str] = set()
        self.ways: dict[str, _Growing] = {}

    def add(self, label: str, phrase: Sequence[str]) -> None:
        branch = self
        for part in phrase:
            following = branch.ways.get(part)
            if following is None:
                following = branch.ways[part] = _Growing()
            branch = following
        if phrase:
            branch.labels.add(label)


def _rows(root: _Growing) -> list[Row]:
    """Each branch after those it leads to; branches that go on alike are one row."""
    rows: list[Row] = []
    known: dict[tuple[Labels, Ways], int] = {}

    def placed(branch: _Growing) -> int:
        ways = tuple((part, placed(branch.ways[part])) for part in sorted(branch.ways))
        own = (tuple(sorted(branch.labels)), ways)
        if own not in known:
            known[own] = len(rows)
            rows.append(_row(*own))
        return known[own]

    placed(root)
    return rows


def _row(labels: Labels, ways: Ways) -> Row:
    stems = {part[:-1]: row for part, row in ways if part.endswith("*")}
    exact = {part: row for part, row in ways if part not in WILD and not part.endswith("*")}
    wild = [dict(ways).get(part) for part in ("#", "_", "..")]
    row = [list(labels), exact, stems, *wild]
    while row and not row[-1] and row[-1] != 0:  # row 0 is a row
        row.pop()
    return row


def _lists(tables: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, list[str]]]:
    """`scope.me` and its phrases, for every array of a file of words."""
    for name, value in tables.items():
        if not before and name in NOT_LISTED:
            continue
        if isinstance(value, dict):
            yield from _lists(value, f"{before}{name}.")
        elif isinstance(value, list):
            yield f"{before}{name}", value


def variants(written: str) -> Iterator[tuple[str, ...]]:
    """Every phrase that a written one stands for, word by word."""
    parts: list[list[str]] = []
    for part in written.split():
        either = part.strip("[]").split("|")
        parts.append([*either, ""] if part.startswith("[") else either)
    for chosen in itertools.product(*parts):
        yield tuple(part for part in chosen if part)


def _apart(part: str, language: str) -> Iterable[str]:
    if part in WILD:
        return (part,)
    pattern = (
        r"[^\W_]+\*?"
        if language in SPLITTING
        else rf"[^\W_{APOSTROPHES}]+(?:[{APOSTROPHES}][^\W_]+)*\*?"
    )
    return re.findall(pattern, part)


def _folded(word: str, language: str) -> str:
    if word in WILD:
        return word
    return fold(word.rstrip("*"), language) + ("*" if word.endswith("*") else "")
