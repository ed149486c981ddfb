"""The cast of the simulated outside world: who writes, in which language, from which address.

Employees, agents and a stranger, for the demo and for tests. What they can do is up to each
simulator.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody outside: `id` is the Telegram user id, which is also the id of the private chat."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = ""
    email: str = ""
    phone: str = ""

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


OLENA = Person(
    id=501001,
    first_name="Olena",
    last_name="Kovalenko",
    username="olena_kovalenko",
    language_code="uk",
    email="olena.kovalenko@example.com",
    phone="+380501110011",
)
TOM = Person(
    id=501002,
    first_name="Tom",
    last_name="Baker",
    username="tom_baker",
    language_code="en",
    email="tom.baker@example.com",
    phone="+447700900102",
)
GIULIA = Person(
    id=501003,
    first_name="Giulia",
    last_name="Rossi",
    username="giulia_rossi",
    language_code="it",
    email="giulia.rossi@example.com",
    phone="+390655500103",
)
CAST = (OLENA, TOM, GIULIA)

MAREK = Person(
    id=502001,
    first_name="Marek",
    last_name="Novák",
    username="marek_novak",
    language_code="sk",
    email="marek@example.com",
)
SOFIA = Person(
    id=502002,
    first_name="Sofia",
    last_name="Papadaki",
    username="sofia_papadaki",
    language_code="el",
    email="sofia@example.com",
)
AGENTS = (MAREK, SOFIA)
IVAN = Person(
    id=503001,
    first_name="Ivan",
    last_name="Petrenko",
    username="ivan_petrenko",
    language_code="uk",
)


def crowd(size: int, *, first_id: int = 700_000) -> list[Person]:
    """Make `size` people who are alike but for their numbers, for load."""
    languages = ("uk", "en", "sk", "el", "it")
    return [
        Person(
            id=first_id + number,
            first_name=f"Person {number}",
            username=f"person_{number}",
            language_code=languages[number % len(languages)],
            email=f"person{number}@example.com",
        )
        for number in range(size)
    ]
