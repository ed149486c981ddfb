"""What a reply to a numbered list is cut into, and the list as the person who answers sees it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What a card asks, as the person who answers it sees it.

    `fields` are still open, in their order. `numbered` are those of the card as it first came: a
    field keeps its number when others are answered. `labels` are the card's words for them.
    """

    fields: tuple[str, ...]
    numbered: tuple[str, ...]
    labels: Mapping[str, str] = field(default_factory=dict, hash=False)  # by `label_key`: field

    def at(self, numbers: Sequence[int]) -> str:
        """The open field that one number stands for, or ""."""
        if len(numbers) != 1 or not 0 < numbers[0] <= len(self.numbered):
            return ""
        named = self.numbered[numbers[0] - 1]
        return named if named in self.fields else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A piece of the reply, the questions it numbers and the label it bears."""

    text: str
    start: int
    mark: int | None = None  # where the number or label before it begins
    numbers: tuple[int, ...] = ()
    fields: tuple[str, ...] = ()  # that its label may name


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The parts, and whether they were set apart by the employee or only by us."""

    parts: tuple[Part, ...]
    is_explicit: bool
