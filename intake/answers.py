"""Takes the reply to a card as it comes: numbered, labelled, in order, in a sentence, or in part.

What stands in a text is left to `understanding`; here it is decided which asked field it answers,
which fields the employee cannot answer, and whether a question came back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypedDict, Unpack

from intake.understanding import Reader
from intake.understanding.reading import Reading
from intake.understanding.replies import Part, split_reply
from intake.understanding.values import is_plainly, read_value

BY_LABEL, BY_NUMBER, BY_ORDER, BY_TYPE, AGAINST_TYPE = 6, 2, 1, 3, -3
NOT_TAKEN = -100


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Canonical values by field (also of fields that nobody asked), and what can't be said."""

    filled: Mapping[str, str] = field(default_factory=dict)
    declined: frozenset[str] = frozenset()
    asks_back: bool = False  # a question instead of, or beside, an answer


class Asking(TypedDict):
    """What a reply is read by: the card's questions in their order, and when it was sent."""

    asked: Sequence[str]
    category: str | None
    language: str
    now: datetime
    reader: Reader


@dataclass(slots=True)
class _Taken:
    filled: dict[str, str]
    declined: set[str]


def read_answers(text: str, **asking: Unpack[Asking]) -> Answers:
    """A number names the question of the card, unless the value plainly is another field's."""
    reader, asked = asking["reader"], tuple(asking["asked"])
    language = reader.language_of(text, asking["language"])
    whole = reader.read(text, language=language, now=asking["now"])
    reply = split_reply(text, whole.text, asked, language)
    taken = _Taken({}, set())
    if reply.parts:
        _take_parts(whole, reply.parts, asked, taken)
    if not reply.is_explicit:
        _take_loose(reader, whole, asking, taken)
    _take_volunteered(reader, whole, asking, taken)
    _decline_rest(whole, asked, taken)
    declined = frozenset(taken.declined - taken.filled.keys())
    return Answers(filled=taken.filled, declined=declined, asks_back=_asks_back(whole))


def _within(whole: Reading, part: Part) -> Reading:
    return Reading(text=part.text, language=whole.language, now=whole.now, layout=whole.layout)


def _take_parts(
    whole: Reading, parts: Sequence[Part], asked: tuple[str, ...], taken: _Taken
) -> None:
    readings = [_within(whole, part) for part in parts]
    scores = [
        [_score(part, reading, at, asked, name) for name in asked]
        for at, (part, reading) in enumerate(zip(parts, readings, strict=True))
    ]
    for at, place in enumerate(_assign(scores)):
        if place is not None:
            _take(readings[at], asked[place], taken)
    for part, reading in zip(parts, readings, strict=True):
        if len(part.numbers) > 1 and _is_declining(reading):
            taken.declined.update(asked[n - 1] for n in part.numbers if n <= len(asked))


def _score(part: Part, reading: Reading, at: int, asked: tuple[str, ...], name: str) -> int:
    score = 0
    place = asked.index(name)
    if name in part.fields:
        score += BY_LABEL - min(3, part.fields.index(name))
    if place + 1 in part.numbers:
        score += BY_NUMBER
    if at == place:
        score += BY_ORDER
    if is_plainly(reading, name):
        score += BY_TYPE
    elif any(is_plainly(reading, other) for other in asked if other != name):
        score += AGAINST_TYPE
    return score


def _assign(scores: list[list[int]]) -> list[int | None]:
    """Each part its field so that the sum is best; a part may stay without one."""
    best: dict[int, tuple[int, list[int | None]]] = {0: (0, [])}
    for row in scores:
        following: dict[int, tuple[int, list[int | None]]] = {}
        for used, (total, chosen) in best.items():
            options: list[tuple[int, int, int | None]] = [(used, total, None)]
            options += [
                (used | 1 << place, total + score, place)
                for place, score in enumerate(row)
                if score > 0 and not used & 1 << place
            ]
            for now_used, now_total, place in options:
                if now_total > following.get(now_used, (NOT_TAKEN, []))[0]:
                    following[now_used] = (now_total, [*chosen, place])
        best = following
    return max(best.values(), key=lambda found: found[0])[1]


def _take(reading: Reading, name: str, taken: _Taken) -> None:
    value = read_value(reading, name)
    if _is_declining(reading) and not (value and is_plainly(reading, name)):
        if name != "tried" or reading.hits.get("decline.unknown"):
            taken.declined.add(name)
            return
    if value:
        taken.filled[name] = value


def _is_declining(reading: Reading) -> bool:
    return bool(reading.hits.get("decline.unknown") or reading.hits.get("decline.absent"))


def _take_loose(reader: Reader, whole: Reading, asking: Asking, taken: _Taken) -> None:
    """What a free sentence says, as in a first message."""
    fields = reader.fields(whole, "report", asking["category"])
    for name in asking["asked"]:
        if name in fields and name not in taken.filled and name not in taken.declined:
            taken.filled[name] = fields[name]


def _take_volunteered(reader: Reader, whole: Reading, asking: Asking, taken: _Taken) -> None:
    fields = reader.fields(whole, "report", asking["category"])
    for name in ("phone", "device", "memory", "os"):
        if name in fields and name not in asking["asked"]:
            taken.filled.setdefault(name, fields[name])


def _decline_rest(whole: Reading, asked: tuple[str, ...], taken: _Taken) -> None:
    if whole.hits.get("decline.rest"):
        taken.declined.update(name for name in asked if name not in taken.filled)


def _asks_back(whole: Reading) -> bool:
    mark = "?" in whole.text or (whole.language == "el" and ";" in whole.text)
    return mark and bool(whole.hits.get("decline.asks_back"))
