"""What a message says, of which the greater half is worked out when it is first asked for.

Most replies to a card are told by what they want and are about; what they would say as a first
message is asked of few of them.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

Told = TypeVar("Told")


class Deferred(Mapping[str, Told]):
    """A mapping that is made when somebody looks into it."""

    def __init__(self, make: Callable[[], Mapping[str, Told]]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> Mapping[str, Told]:
        return self._make()

    def __getitem__(self, name: str) -> Told:
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """What a message says: canonical values, where they stand, and how sure each is."""

    language: str
    is_language_sure: bool
    intent: str
    category: str | None
    category_confidence: float  # 0 to 1
    answers: Mapping[str, str]
    spans: Mapping[str, tuple[int, int]]
    confidence: Mapping[str, float]  # 0 to 1
