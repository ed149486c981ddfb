"""People and agents as the core sees them. Proof of identity is left to the channels."""

from dataclasses import dataclass

from intake.messages import Address

LANGUAGES = ("uk", "en", "sk", "el", "it")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A requester. One person may be reached by several handles (addresses)."""

    id: int
    name: str
    language: str  # one of LANGUAGES


@dataclass(frozen=True, slots=True, kw_only=True)
class Handle:
    """One way to reach a person, and whether it is open just now."""

    id: int
    person_id: int
    address: Address
    is_reachable: bool = True


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
