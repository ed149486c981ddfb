"""People and agents as the core sees them. Proof of identity is left to the channels."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from intake.messages import Address

LANGUAGES = ("uk", "en", "sk", "el", "it")
_AT = re.compile(r"\s*[(\[{<]\s*at\s*[)\]}>]\s*", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")  # what follows, beyond the name too


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A requester. One person may be reached by several handles (addresses)."""

    id: int
    name: str
    language: str  # one of LANGUAGES
    employee_id: int | None = None  # who this is in the directory, where that is known
    is_approved: bool = False  # an agent has let them in, whoever they are


@dataclass(frozen=True, slots=True, kw_only=True)
class Handle:
    """One way to reach a person, and whether it is open just now."""

    id: int
    person_id: int
    address: Address
    is_reachable: bool = True
    heard_at: datetime | None = None  # where that opens a window for answers
    link: str = ""  # what the deep link carried that brought them here, until a ticket has it


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """A member of staff who answers tickets."""

    id: int
    login: str
    name: str
    language: str = "en"
    is_active: bool = True


def first_name(name: str) -> str:
    """What to call somebody; "" for "Kovalenko, Olena" or an address: better none than wrong."""
    first = name.split(" ", maxsplit=1)[0]
    return "" if "@" in name or "," in first else first


def plain_name(name: str) -> str:
    """One line that turns nothing around which stands beside it."""
    return " ".join(_TURNS.sub("", name).split())


def with_plain_at(name: str) -> str:
    """A display name with a plain `@` for whatever people would read as one: `＠`, `(at)`."""
    return _AT.sub("@", unicodedata.normalize("NFKC", name))


def namesakes(names: Iterable[str], agents: Iterable[Agent]) -> frozenset[str]:
    """Those of `names` that people would read as an agent's, whatever stands beside it."""
    known = [_words(agent.name) for agent in agents]
    return frozenset(name for name in names if any(_is_like(_words(name), one) for one in known))


def _is_like(name: frozenset[str], agents: frozenset[str]) -> bool:
    """A single word such as a first name is many people's: it must be all of the name."""
    return name == agents or (len(agents) > 1 and name > agents)


def _words(name: str) -> frozenset[str]:
    """Without case, order and marks: `NOVAK, Marek` reads like `Marek Novák`."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return frozenset(_WORD.findall("".join(filter(_is_seen, letters))))


def _is_seen(letter: str) -> bool:
    return unicodedata.category(letter) not in ("Mn", "Cf")
