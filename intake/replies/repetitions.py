"""Where somebody says once more what was not understood: “that's not what I said, I said room 12”.

Pure. What is meant by the rest is left to `answers` and `corrections`.
"""

import re
from collections.abc import Sequence
from functools import cache, partial

from intake.understanding.denied import speaks_of_others
from intake.understanding.folding import plain
from intake.understanding.layout import blanked
from intake.understanding.phrases import whole

CLAUSE = re.compile(r"[^,.;:!?\n]*")
MOST_OPENING = 3  # words like "no, but"; none is tried twice, or "a. a. a." would take for ever


def restated(text: str) -> Sequence[tuple[int, int]]:
    """The places of such words, each opening its clause; what others were told is not meant."""
    even = plain(text)
    return [
        found.span("words")
        for found in _pattern().finditer(even)
        if not speaks_of_others(CLAUSE.match(even, found.end())[0])  # type: ignore[index]
    ]


def without_restating(text: str) -> str:
    """The text with blanks for such words, letter for letter."""
    return blanked(text, restated(text))


@cache
def _pattern() -> re.Pattern[str]:
    said = partial(whole, "restating")
    stop = r"[,.;:!?…–—-]"
    disowns = rf"{said('disowns')}\W*?(?={stop}|\n|$)"
    past = rf"{said('told_you')}\W+{said('when')}\W*?(?={stop}|\n|$)"
    restates = rf"{said('restates')}(?:\s+{said('leads')})*"
    opens = rf"(?:^|(?<=[,.;:!?\n–—-]))[^\S\n]*+(?:{said('opens')}\W+){{0,{MOST_OPENING}}}+"
    return re.compile(rf"{opens}(?P<words>{disowns}|{past}|{restates})", re.MULTILINE)
