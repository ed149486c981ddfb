"""The pieces of a reply that are nothing but another value: "INV-300, since Monday, 3rd floor".

Pure. Only of numbers and places, which nobody says by chance. What becomes of them is left to
`corrections`.
"""

from collections.abc import Mapping

from intake.matching import STEM
from intake.replies.plainness import AROUND
from intake.understanding import Reader
from intake.understanding.evidence import Evidence
from intake.understanding.fields import ASSET, EXTENSION, LOCATION
from intake.understanding.lexicon import tokenize
from intake.understanding.reading import Clause, Reading
from intake.understanding.single import read_value

NUMBERS = (ASSET, EXTENSION)
NTH = ("place.ordinal", "moment.ordinal")
CODES = ("label", "code")  # shapes; that of one word may be a room's number


def lone_values(
    reader: Reader, whole: Reading, known: Mapping[str, str], said: Mapping[str, str]
) -> dict[str, str]:
    """By known field what a clause of its own says otherwise."""
    numbers = {name: said[name] for name in NUMBERS if name in known and name in said}
    before = known.get(LOCATION, "")
    found: dict[str, str] = {}
    for clause in whole.clauses:
        text = whole.text[clause.start : clause.end]
        found |= {name: said[name] for name in numbers if _is_all(whole, clause, name, said)}
        if before and _is_elsewhere(whole, clause, before):
            piece = reader.read_alone(text, whole)
            if not _names_machine(piece):
                found[LOCATION] = read_value(piece, LOCATION)
    return found


def _is_all(whole: Reading, clause: Clause, name: str, said: Mapping[str, str]) -> bool:
    """Whether a number alone stands there, and is no other's: an error's code, a login."""
    value = said[name]
    start = whole.text.find(value, clause.start, clause.end)
    if start < 0 or any(value in other for of, other in said.items() if of != name):
        return False
    around = whole.covered(AROUND)
    return all(
        at in around or start <= whole.tokens[at].start < start + len(value) for at in clause.words
    )


def _names_machine(piece: Reading) -> bool:
    """“INV-2 is on floor 3” is of another machine's place."""
    found = (own for own in Evidence(piece).shapes if own.name in CODES)
    return any(piece.token_at(own.end) - piece.token_at(own.start) > 1 for own in found)


def _is_elsewhere(whole: Reading, clause: Clause, before: str) -> bool:
    """Another floor, another room: the same noun with another number, and no more than that."""
    known = {token.word[:STEM] for token in tokenize(before, whole.language)}
    nth = whole.covered(NTH)
    words = {at: whole.tokens[at].word[:STEM] for at in clause.words}
    numbers = {at for at, word in words.items() if at in nth or word[:1].isdigit()}
    nouns = {at for at, word in words.items() if word in known} - numbers
    is_new = any(words[at] not in known for at in numbers)
    return bool(nouns) and is_new and words.keys() - numbers - nouns <= whole.covered(AROUND)
