"""The one moment of a reply, where it is asked since when or by when and nothing has answered it.

Pure. Set apart by numbers or labels it may be any moment that fits the question, elsewhere one of
which a word says that it began then, or is due.
"""

from collections.abc import Collection, Iterator, Mapping

from intake.understanding.asked import Asked
from intake.understanding.fields import STARTED
from intake.understanding.moments import When
from intake.understanding.timing import AHEAD, value

SAYING = {STARTED: {"since", "ago"}, "deadline": {"by", "need"}}
ELSEWHERE = ("decline.later", "urgency.minor", "decline.asks_back")


def lone_moment(
    asked: Asked, filled: Mapping[str, str], declined: Collection[str]
) -> dict[str, str]:
    """The value by field, of one field at most."""
    open_fields = [own for own in AHEAD if own in asked.fields and own not in {*filled, *declined}]
    if len(open_fields) != 1 or any(own in filled for own in AHEAD):
        return {}
    field = open_fields[0]
    if any(label in asked.evidence.reading.hits for label in ELSEWHERE):
        return {}
    told = {*_said(asked, field, filled)}
    return {field: told.pop()} if len(told) == 1 else {}


def _said(asked: Asked, field: str, filled: Collection[str]) -> Iterator[str]:
    reading = asked.evidence.reading
    for when in reading.moments:
        is_told = not when.roles.isdisjoint(SAYING[field])
        is_apart = asked.is_explicit and not _answers_another(asked, when, filled)
        said = value(reading, field, when) if is_told or is_apart else ""
        if said:
            yield said


def _answers_another(asked: Asked, when: When, filled: Collection[str]) -> bool:
    """Whether it stands where something else is told: the ten of “2. ten” of a version."""
    return any(
        part.start <= when.start < part.start + len(part.text) and asked.field_of(at) in filled
        for at, part in enumerate(asked.parts)
    )
