"""What a ticket is about after all, said in words instead of tapped: “no, it's the network”.

Pure. What becomes of the ticket then is left to `taps`.
"""

import re
from collections.abc import Mapping
from functools import cache

from intake.understanding.folding import plain
from intake.understanding.phrases import phrases, table

TABLE, LEADS, BESIDE = "categories", "leads", "beside"
WORD = re.compile(r"[\w'’-]+")
LONGEST = 80  # letters of a message that says no more than that


def category_said(text: str) -> str:
    """The name of the category, where the message names it and says nothing else; else ""."""
    if len(text) > LONGEST:
        return ""
    words, known = WORD.findall(plain(text)), _known()
    named = [at for at, word in enumerate(words) if word in known]
    if len(named) != 1:
        return ""
    before, after = words[: named[0]], words[named[0] + 1 :]
    leads, beside = _words(LEADS), _words(BESIDE)
    is_led = not leads.isdisjoint(before)
    is_all = (leads | beside).issuperset([*before, *after])
    return known[words[named[0]]] if is_led and is_all else ""


@cache
def _words(listed: str) -> frozenset[str]:
    return frozenset(map(plain, phrases(TABLE, listed)))


@cache
def _known() -> Mapping[str, str]:
    names = (name for name in table(TABLE) if name not in (LEADS, BESIDE))
    return {word: name for name in names for word in _words(name)}
