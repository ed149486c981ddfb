"""A mere number in the place of a version: “2. il dieci” is Windows 10, and no tenth of the month.

Pure. What else stands in such a part is left to `answers`.
"""

import re
from collections.abc import Iterator, Mapping

from intake.people import LANGUAGES
from intake.replies.plainness import AROUND, lone_count
from intake.understanding import Reader
from intake.understanding.asked import Asked
from intake.understanding.phrases import said_of
from intake.understanding.reading import Reading
from intake.understanding.single import read_value
from intake.understanding.timing import AHEAD

NUMBER = re.compile(r"[1-9]")  # of a question
SPOKEN = "moment.number"
VERSIONED, OF_HOURS = ("os",), ("moment.at", "moment.begin", "moment.since")
LONGEST = 3  # words from a system to its number
SMALL = (*AROUND, "speech.function", "moment.article", "speech.counted", "place.ordinal")


def take_versions(reader: Reader, whole: Reading, asked: Asked, filled: dict[str, str]) -> None:
    """Each under the question for a version that is one number; it was no moment then."""
    bare = () if asked.is_explicit else _bare(whole, asked)
    for name, start, end in (*_set_apart(asked), *bare):
        piece = whole.piece(whole.text[start:end])
        value = _version(reader, piece, name)
        if not value:
            continue
        filled[name] = value
        rest = whole.piece(whole.text[:start] + "\n" + whole.text[end:])
        for moment in set(_moments(piece, filled)).difference(_moments(rest, filled)):
            del filled[moment]


def complete_versions(reader: Reader, whole: Reading, filled: Mapping[str, str]) -> dict[str, str]:
    """With the number that stands a word or two behind: “Windows, I think it's 11”."""
    found = {}
    for name in VERSIONED:
        for hit in whole.hits.get(f"{name}.{filled.get(name, '')}", ()):
            own = whole.clause_at(hit.first)
            behind = _behind(whole, hit.after, own.after)
            if behind is not None and behind.hits.keys().isdisjoint(OF_HOURS):
                found[name] = _version(reader, behind, name)
    return {name: value for name, value in found.items() if value}


def _behind(whole: Reading, first: int, after: int) -> Reading | None:
    """The rest of a clause, or of the next that is a guess, without the words of guessing."""
    said = said_of(whole, "unsure", is_mixed=True)
    guesses = said["guesses"] | said["hedges"] | said["surely"]
    if first == after:
        after = next((own.after for own in whole.clauses if own.first == after), first)
        if guesses.isdisjoint(range(first, after)):
            return None
    told = [whole.tokens[at].word for at in range(first, after) if at not in guesses]
    return whole.piece(" ".join(told)) if 0 < len(told) <= LONGEST else None


def _set_apart(asked: Asked) -> Iterator[tuple[str, int, int]]:
    """The parts, by the field that each is for."""
    for at, part in enumerate(asked.parts):
        name = asked.field_of(at)
        if name:
            yield name, part.start, part.start + len(part.text)


def _bare(whole: Reading, asked: Asked) -> Iterator[tuple[str, int, int]]:
    """Where the number of a question stands without a mark: at a beginning, or behind a code."""
    for clause in whole.clauses:
        for at in range(clause.first, clause.after - 1):
            said = whole.tokens[at].word
            is_apart = at == clause.first or any(map(str.isdigit, whole.tokens[at - 1].word))
            name = asked.listed.at([int(said)]) if is_apart and NUMBER.fullmatch(said) else ""
            if name:
                yield name, whole.tokens[at + 1].start, clause.end


def _version(reader: Reader, piece: Reading, name: str) -> str:
    """In whatever language: “ten” is a Slovak word as well."""
    if not reader.catalogue.has_versions(name):
        return ""
    number = lone_count(piece)
    others = (_spoken(reader.reread(piece, language)) for language in LANGUAGES)
    return reader.catalogue.version(name, number or next(filter(None, others), ""))


def _spoken(piece: Reading) -> str:
    """The number in words that stands there alone: “the ten”."""
    named = {
        (hit.first, hit.after): label.rpartition(".")[2]
        for label, hits in piece.hits.items()
        if label.startswith(f"{SPOKEN}.")
        for hit in hits
    }
    if len(named) != 1:
        return ""
    (place, number), *_ = named.items()
    return number if piece.says_only({*range(*place)}, SMALL) else ""


def _moments(piece: Reading, filled: dict[str, str]) -> Iterator[str]:
    """The fields whose moment is read from there."""
    for name in AHEAD:
        if name in filled and read_value(piece, name) == filled[name]:
            yield name
