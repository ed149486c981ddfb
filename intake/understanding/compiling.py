"""Makes the nets of `net` out of the word lists in words/*.toml: what `make words` runs.

A list is a TOML array of phrases. A phrase is words; `stem*` stands for every word that begins so,
`a|b` for either, `[word]` may be missing, `#` is a number, `_` any one word, `..` up to three.
"""

import hashlib
import itertools
import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from importlib.resources import files
from typing import Any

from intake.understanding.folding import APOSTROPHES, fold
from intake.understanding.lexicon import SPLITTING, unglued

WORDS = files("intake.understanding").joinpath("words")
NOT_LISTED = ("pattern", "country", "act", "inflection")
WILD = ("..", "_", "#")
ACT = ("endings", "spared")  # of verbs that tell what one has done
Row = list[Any]


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
    root = _Growing()
    for label, phrase in phrases:
        for spelled in _spelled(phrase, language, glued):
            root.add(label, spelled)
    return _rows(root)


class _Growing:
    """A tree of phrases while it is made."""

    def __init__(self) -> None:
        self.labels: set[str] = set()
        self.ways: dict[str, _Growing] = {}

    def add(self, label: str, phrase: Iterable[str]) -> None:
        branch = self
        for part in phrase:
            branch = branch.ways.setdefault(part, _Growing())
        branch.labels.add(label)


def _rows(root: _Growing) -> list[Row]:
    """Each branch after those it leads to; branches that go on alike are one row."""
    rows: list[Row] = []
    known: dict[str, int] = {}

    def placed(branch: _Growing) -> int:
        ways = {part: placed(following) for part, following in sorted(branch.ways.items())}
        stems = {part[:-1]: row for part, row in ways.items() if part.endswith("*")}
        exact = {p: row for p, row in ways.items() if p not in WILD and not p.endswith("*")}
        wild = [ways.get(part) for part in ("#", "_", "..")]
        row = [sorted(branch.labels), exact, stems, *wild]
        while row and not row[-1] and row[-1] != 0:  # row 0 is a row
            row.pop()
        if repr(row) not in known:
            known[repr(row)] = len(rows)
            rows.append(row)
        return known[repr(row)]

    placed(root)
    return rows


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


def _spelled(written: str, language: str, glued: Collection[str]) -> Iterator[tuple[str, ...]]:
    """The same, folded."""
    for parts in variants(written):
        apart = (word for part in parts for word in _apart(part, language))
        words = tuple(_folded(unglued(each, glued) if glued else each, language) for each in apart)
        if words:
            yield words


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
