"""The phrases of a table of ours, by language and kind, and which words of a message they cover.

They are written as in the word lists of `understanding`, but what is trained never sees them.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from intake.understanding.compiling import net_of
from intake.understanding.net import Walker, grow
from intake.understanding.reading import Reading


def said_of(reading: Reading, table: str) -> Mapping[str, set[int]]:
    """By kind the words that its phrases cover; `table` is the name of a file beside this one."""
    words = [token.word for token in reading.tokens]
    net, kinds = _net(table, reading.language)
    covered: dict[str, set[int]] = {kind: set() for kind in kinds}
    for at in range(len(words)):
        for kind, after in net.phrases(words, at).items():
            covered[kind].update(range(at, after))
    return covered


@cache
def _net(table: str, language: str) -> tuple[Walker, tuple[str, ...]]:
    tables = tomllib.loads((files("intake") / f"{table}.toml").read_text(encoding="utf-8"))
    own = tables[language]
    phrases = [(kind, phrase) for kind in own for phrase in own[kind]]
    return Walker(grow(net_of(phrases, language))), tuple(own)
