"""What a message names: the categories of the things and services that it speaks of.

Pure. "It is making noise now" names none at all. Which words mean a thing is left to the lists of
`understanding`.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from intake.understanding import Understanding
from intake.understanding.lexicon import Hit
from intake.understanding.reading import Reading

NAMES = ("item", "system", "application")  # answers that are a thing's own name
BESIDES = ("error", "location", "tried")  # a display's words, the server room, a restarted PC
TELLS = ("trouble.broken", "trouble.weak", "intent.request", "intent.demand", "speech.negation")


def named(reading: Reading, understood: Understanding) -> frozenset[str]:
    """Their categories; an error message, a place and what was tried name nothing."""
    families = _families()
    besides = [understood.spans[name] for name in BESIDES if name in understood.spans]

    def is_beside(hit: Hit) -> bool:
        return any(start <= reading.tokens[hit.first].start < end for start, end in besides)

    found = {
        families[label]
        for label in families.keys() & reading.hits.keys()
        if not all(map(is_beside, reading.hits[label]))
    }
    if understood.category and any(name in understood.answers for name in NAMES):
        found.add(understood.category)
    return frozenset(found)


def tells(reading: Reading) -> bool:
    """Whether it says that something is wrong with them, or is wanted."""
    return any(label in reading.hits for label in TELLS)


@cache
def _families() -> Mapping[str, str]:
    """The category of each list of words that names a thing."""
    table = tomllib.loads((files("intake") / "things.toml").read_text(encoding="utf-8"))
    return {
        name if "." in name else f"concept.{name}": category
        for category, names in table.items()
        for name in names
    }
