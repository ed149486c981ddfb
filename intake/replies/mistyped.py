"""A number that was mistyped, said once more: “oh sorry, 321” after “room 312”, or “*321”.

Pure. Only the same digits in another order, or but one other digit, are the same number meant.
What else takes something back is left to `corrections`.
"""

import re
from collections.abc import Mapping

from intake.replies.plainness import AROUND
from intake.understanding.phrases import said_of
from intake.understanding.reading import Reading

NUMBER = re.compile(r"\d+")
ALONE = re.compile(r"(?<![\w-])\d+(?![\w-])")  # in "INV-231" it is a part of a label
STARRED = re.compile(r"\s*(?:\*\s*\d+|\d+\s*\*)\s*")  # as people mark a slip in chats
FEWEST = 2  # digits: of one, any is as likely as another


def mistyped(known: Mapping[str, str], reading: Reading) -> dict[str, str]:
    """The one known value with its number put right by a message that says nothing else."""
    said = _number(reading)
    if len(said) < FEWEST:
        return {}
    found = {
        name: value[: own.start()] + said + value[own.end() :]
        for name, value in known.items()
        for own in NUMBER.finditer(value)
        if _is_slip(own.group(), said)
    }
    return found if len(found) == 1 else {}


def _number(reading: Reading) -> str:
    """The one number beside words of a slip; "" where anything else stands there."""
    alone = {found.start() for found in ALONE.finditer(reading.text)}
    numbers = {at for at, token in enumerate(reading.tokens) if token.start in alone}
    slip = said_of(reading, "slips", is_mixed=True)["slip"] if len(numbers) == 1 else frozenset()
    is_starred = bool(STARRED.fullmatch(reading.text))
    is_all = reading.says_only(numbers, AROUND, slip)
    (at,) = numbers if is_all and (slip or is_starred) else (None,)
    return "" if at is None else reading.says(at, at + 1)


def _is_slip(before: str, after: str) -> bool:
    if len(before) != len(after) or before == after:
        return False
    differing = sum(one != other for one, other in zip(before, after, strict=True))
    return differing == 1 or sorted(before) == sorted(after)
