"""What a check of `firstline doctor` finds. The sentences stand in the template."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Mark(StrEnum):
    """How it stands, as it is printed."""

    FINE = "✓"
    WARNING = "!"
    WRONG = "✗"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """How one check ended. `code` names the sentence in the template."""

    code: str
    mark: Mark = Mark.FINE
    values: Mapping[str, str] = field(default_factory=dict)


def fine(code: str, **values: str) -> Finding:
    return Finding(code=code, values=values)


def warning(code: str, **values: str) -> Finding:
    return Finding(code=code, mark=Mark.WARNING, values=values)


def wrong(code: str, **values: str) -> Finding:
    return Finding(code=code, mark=Mark.WRONG, values=values)
