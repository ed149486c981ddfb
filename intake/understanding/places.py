"""Places told by a number of which one is denied: “not the 3rd floor but the 2nd”.

The true one has the noun of the denied. Its number is no day and no hour, which `timing` asks.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from intake.understanding.denied import denying
from intake.understanding.phrases import said_of
from intake.understanding.reading import Reading

TABLE = "places"
NOUNS = (
    "reply.floor",
    "place.counted",
    "place.open",
    "place.head",
)  # without one of them nobody looks
DIGITS = re.compile(r"\d{1,4}[^\W\d_]{0,3}")
MARK = re.compile(r"[.°º]?")  # of an ordinal
LONGER = re.compile(r"[:./-]\d")  # "2:30", "2.14"
JOINED = re.compile(r"\w[:./-]")  # before the number of a label: "INV-5"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """The place that is meant, and where its number stands."""

    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A place as tokens: its number, and the noun beside it if any."""

    number: int
    noun: int | None

    @property
    def after(self) -> int:
        return max(self.number, self.noun or 0) + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The tokens of a reading by what they may be of a place."""

    reading: Reading
    said: Mapping[str, frozenset[int]]

    def skip(self, at: int, *lists: str) -> int:
        while any(at in self.said[listed] for listed in lists) and not self.is_number(at):
            at += 1
        return at

    def is_number(self, at: int) -> bool:
        tokens = self.reading.tokens
        if not 0 <= at < len(tokens):
            return False
        is_digits = DIGITS.fullmatch(self.reading.says(at, at + 1)) is not None
        start, end = tokens[at].start, tokens[at].end
        text = self.reading.text
        is_whole = not (LONGER.match(text, end) or JOINED.match(text[:start][-2:]))
        return at in self.said["nth"] or (is_digits and is_whole)

    def named_at(self, at: int) -> Named | None:
        if self.is_number(at):
            noun = at + 1 if at + 1 in self.said["noun"] else None
            is_other = noun is None and at + 1 in self.said["counts"]
            return None if is_other else Named(number=at, noun=noun)
        return Named(number=at + 1, noun=at) if self._is_noun(at, number=at + 1) else None

    def named_before(self, at: int) -> Named | None:
        if self.is_number(at - 1):
            noun = at - 2 if self._is_noun(at - 2, number=at - 1) else None
            return Named(number=at - 1, noun=noun)
        is_named = self._is_noun(at - 1, number=at - 2)
        return Named(number=at - 2, noun=at - 1) if is_named else None

    def _is_noun(self, at: int, *, number: int) -> bool:
        return at in self.said["noun"] and self.is_number(number)

    def letters(self, at: int) -> tuple[int, int]:
        token = self.reading.tokens[at]
        mark = MARK.match(self.reading.text, token.end)
        return token.start, mark.end() if mark else token.end


def mended(reading: Reading) -> Mended | None:
    """The place said instead of a denied one."""
    known = reading.remembered
    if "mended place" not in known:
        is_of_places = reading.has_any(NOUNS)
        known["mended place"] = _mended(reading) if is_of_places else None
    found: Mended | None = known["mended place"]
    return found


def _mended(reading: Reading) -> Mended | None:
    words = Words(reading=reading, said=said_of(reading, TABLE, is_mixed=True))
    for first, after in denying(reading):
        denied = words.named_at(words.skip(after, "leads"))
        if denied is None:
            continue
        onward = words.skip(denied.after, "leads", "turns")
        before = first - 1 if first - 1 in words.said["turns"] else first
        meant = words.named_at(onward) or words.named_before(before)
        if meant and (denied if meant.noun is None else meant).noun is not None:
            return _told(words, denied, meant)
    return None


def _told(words: Words, denied: Named, meant: Named) -> Mended:
    """With the noun that stands beside the number of the denied place, where it has none."""
    text, tokens = words.reading.text, words.reading.tokens
    like = denied if meant.noun is None else meant
    noun = like.noun or 0
    start, end = words.letters(meant.number)
    if like.number < noun:
        after = text[words.letters(like.number)[1] : tokens[noun].end]
        return Mended(value=text[start:end] + after, start=start, end=end)
    end = tokens[meant.number].end
    before = text[tokens[noun].start : tokens[like.number].start]
    return Mended(value=before + text[start:end], start=start, end=end)
