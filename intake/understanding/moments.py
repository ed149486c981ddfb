"""When: days, hours and spans in words, resolved against the moment a message was sent.

Which field a moment belongs to is left to `fields` and `values`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache

from intake.understanding.elements import ANY, MAKERS, Elements, Piece, S, possible
from intake.understanding.lexicon import Hits, Token
from intake.understanding.symbols import Symbols, meaning, symbols

JOINING = "at|since|of|around|this|last|next|oclock|meridian|past|by|lasting|plus"
CONNECTING = re.compile(rf"(?:{S(f'(?:{JOINING})')}|,){{0,4}}$")
UNTIMELY = ("<>", "<small>", "<place>", "<place,small>")  # with none of these an element begins
AROUND = 600  # letters of it that hold more words than those around a moment that count
FEW = re.compile(rf"(?:{ANY}){{0,4}}")  # words between a day and its hour, and no stop
BY_DAY, DAYBREAK = ("morning", "noon", "afternoon", "evening"), 4  # o'clock
NEAR = 120  # letters of the line of symbols, longer than any element before its worth
WORTH = re.compile(
    r"day=|weekday=|month=|clock=|dated=|dotted=|unit=|number=|iso="
    r"|morning|noon|evening|night|afternoon|\bdate="
)
DIGIT = re.compile(r"\d")
SYMBOL = re.compile(ANY)
ROLES = {name: re.compile(rf"\b{name}\b") for name in ("since", "by", "need", "begin")}


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A moment in a text: its day, its hour if any, and what the words around it make of it."""

    start: int
    end: int
    day: date | None = None
    clock: time | None = None
    is_half_day_open: bool = False  # "at 3": by day or by night
    weekday: int | None = None
    part: str = ""  # of the day: morning, evening
    roles: frozenset[str] = frozenset()  # since, by, ago
    is_yearless: bool = False
    is_monthless: bool = False
    first: int = 0  # tokens
    after: int = 0


def find_moments(text: str, tokens: Sequence[Token], hits: Hits, now: datetime) -> list[When]:
    """Every moment that the text names, in its order."""
    if not (DIGIT.search(text) or any(map(_is_worth, hits))):
        return []
    line = symbols(text, tokens, hits)
    if not WORTH.search(line.line):
        return []
    groups = _gathered(line.line, _grouped(line.line, _pieces(line.line, now)))
    return [_when(group, line, tokens) for group in groups if _is_moment(group)]


@cache  # labels are few
def _is_worth(label: str) -> bool:
    """Whether a phrase of this list may be of a moment."""
    return WORTH.search(meaning(label)) is not None


def _pieces(line: str, now: datetime) -> list[Piece]:
    pieces: list[Piece] = []
    elements = possible(line)
    position, worth = 0, WORTH.search(line)
    while worth is not None and position >= 0:
        # where nothing of worth is near, no element begins
        is_near = worth.end() <= position + NEAR
        if is_near and not line.startswith(UNTIMELY, position):
            piece = _piece_at(elements, line, position, now)
            if piece is not None:
                pieces.append(piece)
                position = piece.end
                worth = WORTH.search(line, position)
                continue
        position = line.find("<", position + 1)
        if worth.start() < position:
            worth = WORTH.search(line, position)
    return pieces


def _piece_at(elements: Elements, line: str, position: int, now: datetime) -> Piece | None:
    for name, pattern in elements:
        found = pattern.match(line, position)
        if found is None:
            continue
        piece = MAKERS[name](found, now)
        if piece is not None:
            return replace(
                piece, start=found.start(), end=found.end(), roles=piece.roles | _roles(found)
            )
    return None


def _roles(found: re.Match[str]) -> frozenset[str]:
    head = found.group().split(">")[0]
    return frozenset(name for name in ("since", "by") if ROLES[name].search(head))


def _grouped(line: str, pieces: list[Piece]) -> list[list[Piece]]:
    """Neighbours that together say one moment: a day with its hour, an hour with its half day."""
    groups: list[list[Piece]] = []
    for piece in pieces:
        before = groups[-1] if groups else None
        if before and _joins(before, piece, line[before[-1].end : piece.start]):
            before.append(piece)
        else:
            groups.append([piece])
    return groups


def _joins(group: list[Piece], piece: Piece, between: str) -> bool:
    if not CONNECTING.fullmatch(between):
        return False
    has_day = any(p.day or p.weekday is not None for p in group)
    has_clock = any(p.clock for p in group)
    brings_day = bool(piece.day) or piece.weekday is not None
    is_named_twice = has_day and brings_day and not _is_same_day(group, piece)
    return not is_named_twice and not (has_clock and piece.clock)


def _gathered(line: str, groups: list[list[Piece]]) -> list[list[Piece]]:
    """A day and the hour that its clause names some words on: "yesterday it stopped at 3"."""
    gathered: list[list[Piece]] = []
    for group in groups:
        before = gathered[-1] if gathered else []
        if before and _complete(before, group, line[before[-1].end : group[0].start]):
            before.extend(group)
        else:
            gathered.append(group)
    return gathered


def _complete(one: list[Piece], other: list[Piece], between: str) -> bool:
    has_day = [any(p.day or p.weekday is not None for p in group) for group in (one, other)]
    has_clock = [any(p.clock for p in group) for group in (one, other)]
    roles = [frozenset().union(*(p.roles for p in group)) for group in (one, other)]
    is_day_and_hour = sorted(zip(has_day, has_clock, strict=True)) == [
        (False, True),
        (True, False),
    ]
    return is_day_and_hour and FEW.fullmatch(between) is not None and not any(roles)


def _is_same_day(group: list[Piece], piece: Piece) -> bool:
    """A weekday beside its date: "Tuesday 17 November", but not "Monday, since Tuesday"."""
    return (piece.weekday is not None) != any(p.weekday is not None for p in group)


def _is_moment(group: list[Piece]) -> bool:
    """A half day alone ("night") says too little, "since morning" says today."""
    return any(p.day or p.clock or p.weekday is not None or (p.part and p.roles) for p in group)


def _when(group: list[Piece], line: Symbols, tokens: Sequence[Token]) -> When:
    first, after = line.token_at(group[0].start), line.token_at(group[-1].end)
    days = [p.day for p in group if p.day]
    clocks = [p for p in group if p.clock]
    part = next((p.part for p in group if p.part), "")
    clock = _with_part(clocks[0].clock, part) if clocks else _midday(group)
    weekday = next((p.weekday for p in group if p.weekday is not None), None)
    if days and weekday is not None and any("week" in p.roles for p in group):
        days = [days[0] + timedelta(days=weekday - days[0].weekday())]  # "last week on Thursday"
    elif days and weekday not in (None, days[0].weekday()):
        days = []  # "on Tuesday in the morning": the morning alone would be today's
    return When(
        start=tokens[first].start,
        end=tokens[max(first, after - 1)].end,
        day=days[0] if days else None,
        clock=clock,
        is_half_day_open=bool(clocks) and clocks[0].is_half_day_open and not part,
        weekday=None if days else weekday,
        part=part,
        roles=_surrounding(group, line.line),
        is_yearless=any(p.is_yearless for p in group),
        is_monthless=any(p.is_monthless for p in group),
        first=first,
        after=after,
    )


def _midday(group: list[Piece]) -> time | None:
    """Noon, where a day is said with a word that may be noon."""
    return time(12) if any(p.is_midday for p in group) else None


def _surrounding(group: list[Piece], line: str) -> frozenset[str]:
    """The roles that the pieces and the words around them give."""
    roles = frozenset[str]().union(*(p.roles for p in group))
    start, end = group[0].start, group[-1].end
    words = SYMBOL.findall(line[max(0, start - AROUND) : start].rpartition("|")[2])
    after = SYMBOL.findall(line[end : end + AROUND].partition("|")[0])[:4]
    wide = "".join([*words[-6:], *after])
    roles |= {name for name in ("need", "begin") if ROLES[name].search(wide)}
    if ROLES["since"].search("".join(words[-5:])):
        roles |= {"since"}
    if "ago" in roles:
        roles -= {"by"}
    elif not roles & {"since", "by"} and ROLES["by"].search("".join(words[-2:])):
        roles |= {"by"}
    return frozenset(roles)


def _with_part(clock: time | None, part: str) -> time | None:
    if clock is None:
        return None
    if part in ("evening", "afternoon") and clock.hour < 12:
        return clock.replace(hour=clock.hour + 12)
    if part == "night" and 6 < clock.hour < 12:
        return clock.replace(hour=clock.hour + 12)
    if part in ("morning", "night", "midnight") and clock.hour == 12:
        return clock.replace(hour=0)
    return clock


def resolve(when: When, now: datetime, *, is_ahead: bool) -> str:
    """ISO 8601: the last such moment before now, or the next where something is due."""
    day = when.day or _weekday_date(when, now, is_ahead=is_ahead) or now.date()
    if when.is_yearless:
        day = _nearest_year(day, now.date(), is_ahead=is_ahead)
    if when.is_monthless:
        day = _nearest_month(day, now.date(), is_ahead=is_ahead)
    is_awake_yet = now.hour < DAYBREAK and day == now.date() and when.part in BY_DAY
    if is_awake_yet and when.clock is None and not is_ahead:
        day -= timedelta(days=1)  # who is up after midnight means the morning before it
    if when.clock is None:
        return day.isoformat()
    moment = datetime.combine(day, when.clock, tzinfo=now.tzinfo)
    if when.is_half_day_open:
        moment = _likeliest_half(moment, now, is_ahead=is_ahead)
    return moment.isoformat(timespec="seconds")


def _weekday_date(when: When, now: datetime, *, is_ahead: bool) -> date | None:
    if when.weekday is None:
        return None
    today = now.date()
    if is_ahead:
        return today + timedelta(days=(when.weekday - today.weekday() - 1) % 7 + 1)
    return today - timedelta(days=(today.weekday() - when.weekday - 1) % 7 + 1)


def _nearest_year(day: date, today: date, *, is_ahead: bool) -> date:
    """A date without a year: not more than a month on the wrong side of today."""
    slack = timedelta(days=31)
    try:
        if is_ahead and day < today - slack:
            return day.replace(year=day.year + 1)
        if not is_ahead and day > today + slack:
            return day.replace(year=day.year - 1)
    except ValueError:
        return day
    return day


def _nearest_month(day: date, today: date, *, is_ahead: bool) -> date:
    """A day without its month: since the 28th is the last one, by the 3rd the next."""
    if is_ahead == (day > today) or day == today:
        return day
    months = day.year * 12 + day.month - 1 + (1 if is_ahead else -1)
    try:
        return day.replace(year=months // 12, month=months % 12 + 1)
    except ValueError:
        return day


def _likeliest_half(moment: datetime, now: datetime, *, is_ahead: bool) -> datetime:
    """The afternoon for "at 3", unless only the night fits before now."""
    later = moment + timedelta(hours=12) if moment.hour < 12 else moment
    if moment.date() == now.date():
        if is_ahead:
            return moment if moment >= now else later
        return later if later <= now else moment
    return later if moment.hour < 7 else moment
