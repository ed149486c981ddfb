"""Takes the reply to a card as it comes: numbered, labelled, in order, in a sentence, or in part.

What stands in a text is left to `understanding`; here it is decided which asked field it answers,
which fields the employee cannot answer, and whether a question came back.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypedDict, Unpack

from intake.people import LANGUAGES
from intake.understanding import Reader
from intake.understanding.reading import Clause, Reading
from intake.understanding.replies import Part, split_reply
from intake.understanding.values import is_plainly, read_value

BY_LABEL, BY_NUMBER, BY_ORDER, BY_TYPE, AGAINST_TYPE = 6, 2, 1, 3, -3
NOT_TAKEN = -100
# types that show by themselves; words of a symptom or a place may stand in any answer
STRONG = {"asset", "os", "started", "deadline", "urgency", "scope", "account", "connection",
          "phone_service", "phone", "error"}  # fmt: skip
MOMENTS = ("started", "deadline")
ABSENTABLE = ("asset", "error", "account", "extension", "deadline", "approver", "phone", "started")
NAMED_BY = {
    "started": ("moment.begin",),
    "error": ("cue.error_number",),
    "deadline": ("moment.need",),
}
NAMES = ("item", "system", "application")
VOLUNTEERED = ("phone", "device", "memory", "os", "error", "approver")
LONGEST_DECLINE = 6  # words
LONGEST_NAME = 7
SEVERAL = re.compile(r"\b([1-9])\s*(?:,|&|and|і|й|та|a|aj|και|kai|e|ed)\s*([1-9])\b")


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
    asks_back = _asks_back(whole)
    if reply.parts and (reply.is_explicit or not asks_back):
        _take_parts(whole, reply.parts, asked, taken)
    if not reply.is_explicit:
        _take_loose(reader, whole, asking, taken)
    _take_volunteered(reader, whole, asking, taken)
    _take_labels(reader, whole, asked, taken)
    _decline_rest(whole, asked, taken)
    declined = frozenset(taken.declined - taken.filled.keys())
    return Answers(filled=taken.filled, declined=declined, asks_back=asks_back)


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
        if len(part.numbers) > 1 and _is_declining(reading, ""):
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
        score += BY_TYPE if name in STRONG else 1
    elif any(is_plainly(reading, other) for other in asked if other in STRONG and other != name):
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
    if _is_declining(reading, name) and not (value and is_plainly(reading, name)):
        taken.declined.add(name)
    elif value:
        taken.filled[name] = value


def _is_declining(reading: Reading, name: str) -> bool:
    """Whether it says "no sticker": a longer symptom may well hold a "no" of its own."""
    unknown = bool(reading.hits.get("decline.unknown"))
    if name in ("symptom", "item", "tried"):
        return unknown and len(reading.tokens) <= LONGEST_DECLINE
    return unknown or bool(reading.hits.get("decline.absent"))


def _take_loose(reader: Reader, whole: Reading, asking: Asking, taken: _Taken) -> None:
    """What a free sentence says, as in a first message."""
    asked = tuple(asking["asked"])
    fields = reader.fields(whole, "report", asking["category"])
    _decline_clauses(whole, asked, fields, taken)
    open_names = [n for n in asked if n not in taken.filled and n not in taken.declined]
    for name in open_names:
        value = read_value(whole, name) if name in MOMENTS else fields.get(name, "")
        if value:
            taken.filled[name] = value
    _take_leftovers(whole, asked, taken)


def _decline_clauses(
    whole: Reading, asked: tuple[str, ...], fields: Mapping[str, str], taken: _Taken
) -> None:
    before: list[str] = []
    for clause in whole.clauses:
        if whole.has("decline.rest", clause):
            continue
        named = [name for name in asked if _is_named(whole, clause, name)]
        unknown = whole.has("decline.unknown", clause)
        if unknown or whole.has("decline.absent", clause):
            open_names = [n for n in (named or before) if n not in taken.filled]
            allowed = [n for n in open_names if unknown or n in ABSENTABLE]
            taken.declined.update(allowed[:1])
        before = [name for name in named if name not in fields]


def _is_named(whole: Reading, clause: Clause, name: str) -> bool:
    labels = (f"field.{name}", f"cue.{name}", *NAMED_BY.get(name, ()))
    if any(whole.has(label, clause) for label in labels):
        return True
    return name in ("connection", "os") and bool(whole.below(name, clause.first, clause.after))


def _take_leftovers(whole: Reading, asked: tuple[str, ...], taken: _Taken) -> None:
    """A short first clause that nothing else explains is the first thing asked for by name."""
    names = [n for n in asked if n in NAMES and n not in taken.filled and n not in taken.declined]
    for clause in whole.clauses[:2]:
        if not names:
            return
        part = Part(text=whole.text[clause.start : clause.end], start=clause.start)
        reading = _within(whole, part)
        if _is_bare_name(reading):
            value = read_value(reading, names[0])
            if value:
                taken.filled[names.pop(0)] = value


def _is_bare_name(reading: Reading) -> bool:
    is_short = 0 < len(reading.tokens) <= LONGEST_NAME
    said = ("trouble", "urgency", "tried", "decline", "scope", "connection", "moment.day")
    return is_short and not reading.moments and not any(reading.below(kind) for kind in said)


def _take_labels(reader: Reader, whole: Reading, asked: tuple[str, ...], taken: _Taken) -> None:
    """A button's words typed in any language, or a word for it in another language."""
    if len(whole.tokens) > LONGEST_NAME:
        return
    for name in asked:
        values = reader.catalogue.fields[name].values
        if not values or name in taken.declined:
            continue
        named = reader.catalogue.value_named(name, whole.text)
        if named:
            taken.filled[name] = named
        elif name not in taken.filled:
            others = (reader.reread(whole, language) for language in LANGUAGES)
            value = next((value for other in others if (value := read_value(other, name))), "")
            if value:
                taken.filled[name] = value


def _take_volunteered(reader: Reader, whole: Reading, asking: Asking, taken: _Taken) -> None:
    fields = reader.fields(whole, "report", asking["category"])
    for name in VOLUNTEERED:
        if name in fields and name not in asking["asked"]:
            taken.filled.setdefault(name, fields[name])


def _decline_rest(whole: Reading, asked: tuple[str, ...], taken: _Taken) -> None:
    if whole.hits.get("decline.rest"):
        taken.declined.update(name for name in asked if name not in taken.filled)
    for found in SEVERAL.finditer(whole.text):
        at = whole.token_at(found.start())
        clause = next((c for c in whole.clauses if c.first <= at < c.after), None)
        if clause and whole.has("decline.unknown", clause):
            numbers = [int(found[1]), int(found[2])]
            taken.declined.update(asked[n - 1] for n in numbers if n <= len(asked))


def _asks_back(whole: Reading) -> bool:
    is_greek = whole.language == "el" and ";" in whole.text
    return ("?" in whole.text or is_greek) and bool(whole.hits.get("decline.asks_back"))
