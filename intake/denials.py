"""“Not X but Y”: the known value that is denied, and what stands in its place.

Pure. What becomes of it is left to `corrections`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from intake.matching import telling
from intake.plainness import COUNT, lone_count
from intake.told import choice_of
from intake.understanding import Reader
from intake.understanding.denied import denying
from intake.understanding.folding import plain
from intake.understanding.questions import CHOICES, CLAUSES
from intake.understanding.reading import Reading
from intake.understanding.values import read_value

# Up to a stop; the full stop of "3. floor" is none.
UP_TO_STOP = re.compile(r"(?:[^,;:!?\n.]|(?<=\b\d)\.|(?<=\b\d\d)\.|\.(?=\S))*")
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """Where "not X" stands, and X; of the known value no more than its number may be said."""

    start: int
    end: int
    words: str


def find_denials(reader: Reader, known: Mapping[str, str], reading: Reading) -> dict[str, Denial]:
    """By field; of what nobody has said before nothing is denied."""
    found = {}
    for first, after in sorted(_negations(reading)):
        if after == len(reading.tokens):
            continue
        start, begin = reading.tokens[first].start, reading.tokens[after].start
        for name, value in known.items():
            end = _end(reading, begin, after, value)
            words = reading.text[begin:end]
            if name not in CLAUSES and _is_same(reader, reading, name, (words, value)):
                is_number = COUNT.fullmatch(words.strip()) is not None
                whole = value if is_number else words
                found[name] = Denial(start=start, end=end, words=whole)
    return found


def _negations(reading: Reading) -> set[tuple[int, int]]:
    """Where "not" stands, or "it isn't", by its words and those after it."""
    equals = {hit.first: hit.after for hit in reading.hits.get("speech.equals", ())}
    plainly = {(hit.first, hit.after) for hit in reading.hits.get("speech.not", ())}
    verbally = {
        (hit.first, equals[hit.after])
        for hit in reading.hits.get("speech.negation", ())
        if hit.after in equals
    }
    return plainly | verbally | set(denying(reading))


def _end(reading: Reading, begin: int, first: int, value: str) -> int:
    """Of what is denied: at "but", at a stop, or with the value itself."""
    if reading.text.startswith(value, begin):
        return begin + len(value)
    stop = UP_TO_STOP.match(reading.text, begin)
    instead = (hit.first for hit in reading.found("reply.instead", first))
    turns = [reading.tokens[at].start for at in instead]
    return min([stop.end() if stop else begin, *turns])


def _is_same(reader: Reader, reading: Reading, name: str, pair: tuple[str, str]) -> bool:
    words, value = pair
    if reader.catalogue.fields[name].type == "text":
        told = telling(words)
        is_part = bool(told) and told <= telling(value)
        is_number = COUNT.fullmatch(words.strip()) and words_of(words) <= words_of(value)
        return bool(is_number) or is_part or plain(words.strip()) == plain(value)
    if COUNT.fullmatch(words.strip()):  # "not 10, 11"
        return words_of(words) <= words_of(value) and name in CHOICES
    denied = value_in(reader.read(words, language=reading.language, now=reading.now), name)
    return bool(denied) and value in (denied, *_kinds(reader, name, denied))


def value_in(piece: Reading, name: str) -> str:
    return choice_of(piece, name) if name in CHOICES else read_value(piece, name)


def _kinds(reader: Reader, name: str, value: str) -> Sequence[str]:
    """Who denies "windows" denies whatever version it was."""
    values = reader.catalogue.fields[name].values
    return [each for each in values if each.startswith(f"{value}-")]


def words_of(text: str) -> set[str]:
    return set(WORD.findall(plain(text)))


def instead_of(reader: Reader, name: str, denial: Denial, rest: Reading) -> str:
    """What the rest says in place of it; a lone number takes its noun from there."""
    named = "" if reader.catalogue.fields[name].type == "text" else value_in(rest, name)
    count = "" if named else lone_count(rest)
    if not count:
        return named
    piece = reader.read(denial.words, language=rest.language, now=rest.now)
    counted = COUNT.search(piece.text)
    nth = [hit for hit in piece.below("reply.nth") if hit.first + 1 == hit.after]
    if counted:
        begin, end = counted.span()
    elif nth:
        begin, end = piece.tokens[nth[0].first].start, piece.tokens[nth[0].first].end
    else:
        return ""
    text = piece.text[:begin] + count + piece.text[end:]
    return read_value(reader.read(text, language=rest.language, now=rest.now), name)
