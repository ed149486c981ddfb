"""Whose a name in a message is: the one it is for, or the one who leads the writer.

A system is named in one word or by a list; people have two words, each with a capital.
"""

import re
from collections.abc import Sequence
from functools import cache

from intake.understanding.folding import plain
from intake.understanding.lexicon import Hit
from intake.understanding.phrases import either, hits_of, whole
from intake.understanding.reading import Clause, Reading

TABLE = "naming"
LOGINS = ("mail", "login")  # shapes of who it is for
SYSTEMS = ("application", "brand")
THINGS = ("concept.shared_drive", "concept.folder", "concept.database", "concept.program")
NAME = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*\.?")
FEWEST, MOST = 2, 3  # words of a person's name


def is_superior(reading: Reading, start: int) -> bool:
    """Whether the name there is said to be of the writer's manager: “my boss is | Tim Ray”."""
    clause = next((own for own in reading.clauses if start < own.end), None)
    if clause is None:
        return False
    return _superior().fullmatch(plain(reading.text[clause.start : start])) is not None


def approvals(reading: Reading) -> list[Hit]:
    """Where it is told that somebody approves."""
    said = hits_of(reading, TABLE)
    fine = (hit for hit in said["fine"] if _is_fine_for(reading, hit, said["fine_for"]))
    return [*said["approves"], *said["by"], *fine]


def _is_fine_for(reading: Reading, hit: Hit, leads: Sequence[Hit]) -> bool:
    """Whether its clause opens with whom it is fine for: “per Marco Rossi | va bene”."""
    first = reading.clause_at(hit.first).first
    return any(own.first == first and own.after < hit.first for own in leads)


def is_of_approver(reading: Reading, clause: Clause) -> bool:
    """“Anna Kováčová will approve”, which is no place."""
    is_told = any(hit.first in clause.words for hit in approvals(reading))
    return is_told or reading.has("cue.approver", clause)


def is_of_another(reading: Reading, first: int) -> bool:
    """Whether somebody else is named where approval is told: “for Kate. Approved by Tom”."""
    own = reading.clause_at(first)
    approving = [one for one in reading.clauses if is_of_approver(reading, one)]
    return own not in approving and any(_names_somebody(reading, one) for one in approving)


def _names_somebody(reading: Reading, clause: Clause) -> bool:
    tokens = reading.tokens[clause.first + 1 : clause.after]
    return any(reading.text[token.start].isupper() for token in tokens)


@cache
def _superior() -> re.Pattern[str]:
    around = rf"(?:\W*{whole(TABLE, 'own')})*"
    return re.compile(rf"{around}\W*{whole(TABLE, 'superior')}{around}\W*")


def names_account(reading: Reading) -> bool:
    """Whether it is surely whom access is for: an address, a login, a person's name."""
    if any(shape.name in LOGINS for shape in reading.shapes):
        return True
    text = reading.text.strip(" ,;.\n")
    led = _for().match(plain(text))
    words = text[led.end() if led else 0 :].split()
    is_name = FEWEST <= len(words) <= MOST and all(map(_is_capital, words))
    return is_name and not names_system(reading)


@cache
def _for() -> re.Pattern[str]:
    return re.compile(rf"{either(TABLE, 'for')}\s+")


def _is_capital(word: str) -> bool:
    return NAME.fullmatch(word) is not None and word[0].isupper()


def names_system(reading: Reading) -> bool:
    """Whether the lists know what it names, and it is no person's."""
    return reading.has_any((*SYSTEMS, *THINGS))
