"""When: days, hours and spans in words, resolved against the moment a message was sent.

The words of a text become symbols (`<since>`, `<n=9>`, `<wd=1>`), which five languages share; what
follows is one grammar over symbols. Which field a moment belongs to is left to the reader.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from intake.understanding.lexicon import Hits, Token

NUMERIC = re.compile(
    r"(?<![\w.,:/-])(?:"
    r"(?P<iso>\d{4}-\d\d-\d\d)"
    r"|(?P<clock>[0-2]?\d:[0-5]\d)(?!\d)"
    r"|(?P<hours>[01]?\d|2[0-4])(?=(?:h|am|pm|a\.m|p\.m)\b)"
    r"|(?P<dated>[0-3]?\d[./][01]?\d(?:[./](?:20)?\d\d)?)(?![\d:])(?!\.\d)"
    r")",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A moment in a text: its day, its hour if any, and what the words around it make of it."""

    start: int
    end: int
    day: date | None = None
    clock: time | None = None
    is_half_day_open: bool = False  # "at 3": by day or by night
    weekday: int | None = None
    roles: frozenset[str] = frozenset()  # since, by, ago
    is_yearless: bool = False
    first: int = 0  # tokens
    after: int = 0


@dataclass(frozen=True, slots=True)
class Symbols:
    """The text as symbols, and where each token's symbol stands in them."""

    line: str
    starts: tuple[int, ...]

    def token_at(self, position: int) -> int:
        return next(
            (n for n, start in enumerate(self.starts) if start >= position), len(self.starts)
        )


def symbols(text: str, tokens: Sequence[Token], hits: Hits) -> Symbols:
    meanings: list[set[str]] = [set() for _ in tokens]
    joined: dict[int, int] = {}
    for label, found in hits.items():
        if label in SMALL_WORDS:
            for hit in found:
                meanings[hit.first].add("small")
        if label.startswith("place.") and label != "place.before":
            for hit in found:
                meanings[hit.first].add("place")
        if not label.startswith("moment."):
            continue
        for hit in found:
            meanings[hit.first].add(label.removeprefix("moment.").replace(".", "="))
            joined[hit.first] = max(joined.get(hit.first, 0), hit.after)
    covered = _numerals(text, tokens, meanings)
    parts: list[str] = []
    starts: list[int] = []
    length = 0
    for at, token in enumerate(tokens):
        gap = _gap(text, tokens, at)
        starts.append(length + len(gap))
        if at in covered:
            continue
        if token.word.isdecimal() and len(token.word) <= 4 and not _is_dated(meanings[at]):
            meanings[at].add(f"number={int(token.word)}")
        part = gap + "<" + ",".join(sorted(meanings[at])) + ">"
        parts.append(part)
        length += len(part)
    return Symbols("".join(parts), tuple(starts))


def _is_dated(meanings: set[str]) -> bool:
    return any(meaning.startswith(("dated", "dotted", "clock", "iso")) for meaning in meanings)


def _gap(text: str, tokens: Sequence[Token], at: int) -> str:
    """ "|" where a sentence ends between two tokens: a moment never reaches over it."""
    if at == 0:
        return ""
    between = text[tokens[at - 1].end : tokens[at].start]
    if between == ". " and tokens[at - 1].word.isdecimal() and text[tokens[at].start].islower():
        return ""  # "30. novembra"
    if re.search(r"[;!?\n]|\.\s|\.\.", between):
        return "|"
    return "," if "," in between else ""


def _numerals(text: str, tokens: Sequence[Token], meanings: list[set[str]]) -> set[int]:
    """Puts 9:40, 18.11. and 7am under the token they begin with; the tokens they cover beside."""
    covered: set[int] = set()
    for found in NUMERIC.finditer(text):
        inside = [n for n, t in enumerate(tokens) if found.start() <= t.start < found.end()]
        if inside:
            meanings[inside[0]] |= _numeral(found)
            covered.update(inside[1:])
    return covered


def _numeral(found: re.Match[str]) -> set[str]:
    kind, value = found.lastgroup, found.group()
    if kind == "hours":
        after = found.string[found.end() : found.end() + 1].lower()
        part = {"p": {"afternoon"}, "a": {"morning"}}.get(after, set())
        return {f"clock={value}:00", "meridian"} | part
    if kind == "dated" and "." in value and len(value) <= 5:
        hour, minute = value.split(".")
        is_clock = int(hour) <= 24 and len(minute) == 2 and int(minute) < 60
        return {f"dated={value}"} | ({f"dotted={hour}:{minute}"} if is_clock else set())
    return {f"{kind}={value}"}


def S(name: str) -> str:  # noqa: N802 - reads as a symbol in the grammar below
    return rf"<[^>]*?\b{name}\b[^>]*>"


def V(name: str, group: str, value: str = r"\d+") -> str:  # noqa: N802
    return rf"<[^>]*?\b{name}=(?P<{group}>{value})\b[^>]*>"


UNIT = r"<[^>]*?\bunit=(?P<unit>\w+)[^>]*>"
PART = r"<(?![^>]*clock=)[^>]*?\b(?P<part>morning|noon|afternoon|evening|night|midnight)\b[^>]*>"
N = V("number", "n")
MID = rf"(?:{S('(?:at|around|of)')}){{0,2}}"
ANY = r"<[^>]*>"
UNIT_AGO = r"<[^>]*?\bunit=\w+[^>]*>" + S("ago")
# an hour is followed by nothing, by a part of the day or by a small word, not by "floor" or "people"
CLOSED = r"(?=$|[|,]|<(?![^>]*\b(?:place|unit=(?:minute|day|week|month)|number=\d+|month=\d+|ordinal_day)\b)[^>]+>)"

GRAMMAR: tuple[tuple[str, str], ...] = (
    ("iso", V("iso", "iso", r"[\d-]+")),
    ("nth_day", rf"(?:{S('lasting')})?(?=<[^>]*\bordinal\b){V('number', 'nth')}<[^>]*?\bunit=day[^>]*>"),
    ("span", rf"(?:{N})?(?:{S('more')})?{UNIT}{S('ago')}"),
    ("span", rf"{S('ago')}(?:{N})?{UNIT}"),
    ("span", rf"{S('lasting')}(?:{S('at')})?(?:{N})?{UNIT}"),
    ("month_end", rf"{S('end')}(?:{ANY}){{0,2}}?{V('month', 'month')}"),
    ("unit_end", rf"{S('end')}(?:{ANY}){{0,2}}?{UNIT}"),
    ("named_date", rf"{N}(?:{S('of')})?{V('month', 'month')}"),
    ("named_date", rf"{V('month', 'month')}{N}"),
    ("day_of_month", rf"{N}(?:{S('of')})?{S('ordinal_day')}"),
    ("half_to", rf"{S('half')}(?:{S('past')}|{S('to_next')})?{N}"),
    ("half_past", rf"{S('half_after')}(?:{S('past')})?{N}"),
    ("half_past", rf"{N}(?:{S('plus')})?{S('and_half')}"),
    ("quarter_to", rf"{S('to')}(?:{S('quarter')})?{N}"),
    ("quarter_to", rf"{N}{S('minus')}(?:{S('quarter')}|{S('and_quarter')})"),
    ("quarter_to", rf"{S('quarter')}{S('minus')}{N}"),
    ("quarter_into", rf"{S('quarter')}{S('past')}{N}"),
    ("three_quarters", rf"{S('three_quarters')}(?:{S('past')})?{N}"),
    ("quarter_past", rf"{S('quarter')}{S('after')}{N}"),
    ("quarter_past", rf"{N}(?:{S('plus')})?{S('and_quarter')}"),
    ("clock", V("clock", "clock", r"[\d:]+")),
    ("dotted", rf"(?:{S('at')}|{S('since')}|{S('by')})" + V("dotted", "dotted", r"[\d:]+")),
    ("dated", V("dated", "dated", r"[\d./]+")),
    ("day_of_month", rf"(?:{S('at')}|{S('since')}|{S('by')})?{S('article')}{N}(?!{S('of')}{S('month=')}){CLOSED}"),
    ("hour", rf"(?:{S('at')}|{S('since')}|{S('by')}){MID}{N}(?!{S('of')}{S('month=')})(?!{UNIT_AGO}){CLOSED}"),
    ("late_day", rf"(?:{S('at')}|{S('since')}|{S('by')}){MID}{N}{CLOSED}"),
    ("hour_part", rf"{N}(?:{S('oclock')})?(?={PART.replace('?P<part>', '?:')})"),
    ("day", V("day", "day", r"-?\d")),
    ("weekday", V("weekday", "weekday")),
    ("last_week", rf"{S('last')}{UNIT}"),
    ("part", rf"(?:{S('since')}|{S('at')})?{PART}"),
)  # fmt: skip
ELEMENT = [(name, re.compile(pattern)) for name, pattern in GRAMMAR]
SMALL_WORDS = ("speech.function", "speech.negation")
LEADING = ("since", "by", "at", "begin", "need", "ago")
CONNECTING = re.compile(
    rf"(?:{S('(?:at|since|of|around|this|last|next|oclock|meridian|past|by|lasting|plus)')}|,){{0,4}}$"
)
WORTH = re.compile(
    r"day=|weekday=|month=|clock=|dated=|dotted=|unit=|number=|morning|noon|evening|night|afternoon|iso="
)

PART_HOURS = {"evening": 12, "afternoon": 12, "night": 12}
END_OF = {"day": 0, "week": 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One element of a moment, before it is joined with its neighbours."""

    start: int  # in the line of symbols
    end: int
    day: date | None = None
    clock: time | None = None
    is_half_day_open: bool = False
    weekday: int | None = None
    part: str = ""
    roles: frozenset[str] = frozenset()
    is_yearless: bool = False


def find_moments(text: str, tokens: Sequence[Token], hits: Hits, now: datetime) -> list[When]:
    """Every moment that the text names, in its order."""
    line = symbols(text, tokens, hits)
    if not WORTH.search(line.line):
        return []
    groups = _grouped(line.line, _pieces(line.line, now))
    return [_when(group, line, tokens) for group in groups if _is_moment(group)]


def _pieces(line: str, now: datetime) -> list[Piece]:
    pieces: list[Piece] = []
    position = 0
    while position < len(line):
        if not line.startswith("<>", position):
            piece = _piece_at(line, position, now)
            if piece is not None:
                pieces.append(piece)
                position = piece.end
                continue
        position = line.find("<", position + 1)
        if position < 0:
            break
    return pieces


def _piece_at(line: str, position: int, now: datetime) -> Piece | None:
    for name, pattern in ELEMENT:
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
    return frozenset(name for name in ("since", "by") if re.search(rf"\b{name}\b", head))


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


def _is_same_day(group: list[Piece], piece: Piece) -> bool:
    """A weekday beside its date: "Tuesday 17 November"."""
    return piece.weekday is not None or any(p.weekday is not None for p in group)


def _is_moment(group: list[Piece]) -> bool:
    """A half day alone ("night") says too little, "since morning" says today."""
    return any(p.day or p.clock or p.weekday is not None or (p.part and p.roles) for p in group)


def _when(group: list[Piece], line: Symbols, tokens: Sequence[Token]) -> When:
    first, after = line.token_at(group[0].start), line.token_at(group[-1].end)
    days = [p.day for p in group if p.day]
    clocks = [p for p in group if p.clock]
    part = next((p.part for p in group if p.part), "")
    clock = _with_part(clocks[0].clock, part) if clocks else None
    weekday = next((p.weekday for p in group if p.weekday is not None), None)
    return When(
        start=tokens[first].start,
        end=tokens[max(first, after - 1)].end,
        day=days[0] if days else None,
        clock=clock,
        is_half_day_open=bool(clocks) and clocks[0].is_half_day_open and not part,
        weekday=None if days else weekday,
        roles=_surrounding(group, line.line),
        is_yearless=any(p.is_yearless for p in group),
        first=first,
        after=after,
    )


def _surrounding(group: list[Piece], line: str) -> frozenset[str]:
    """The roles that the pieces and the words around them give."""
    roles = frozenset[str]().union(*(p.roles for p in group))
    words = re.findall(ANY, line[: group[0].start].rsplit("|", 1)[-1])
    after = re.findall(ANY, re.split(r"[|]", line[group[-1].end :])[0])[:4]
    wide = "".join([*words[-6:], *after])
    roles |= {name for name in ("need", "begin") if re.search(rf"\b{name}\b", wide)}
    if re.search(r"\bsince\b", "".join(words[-5:])):
        roles |= {"since"}
    if "ago" in roles:
        roles -= {"by"}
    elif not roles & {"since", "by"} and re.search(r"\bby\b", "".join(words[-2:])):
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


# what each element means


def _piece(**given: object) -> Piece:
    return Piece(start=0, end=0, **given)  # type: ignore[arg-type]


def _iso(found: re.Match[str], now: datetime) -> Piece | None:
    try:
        return _piece(day=date.fromisoformat(found["iso"]))
    except ValueError:
        return None


SPANS = {
    "minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1),
    "week": timedelta(weeks=1), "month": timedelta(days=30), "half_hour": timedelta(minutes=30),
    "quarter_hour": timedelta(minutes=15), "hour_and_half": timedelta(minutes=90),
}  # fmt: skip
TIMED = {"minute", "hour", "half_hour", "quarter_hour", "hour_and_half"}


def _span(found: re.Match[str], now: datetime) -> Piece | None:
    unit = found["unit"]
    then = now - int(found["n"] or 1) * SPANS[unit]
    if unit not in TIMED:
        return _piece(day=then.date(), roles=frozenset({"since", "ago"}))
    clock = then.time().replace(second=0, microsecond=0)
    return _piece(day=then.date(), clock=clock, roles=frozenset({"since", "ago"}))


def _nth_day(found: re.Match[str], now: datetime) -> Piece | None:
    """ "already the second day": it began on the first."""
    nth = int(found["nth"])
    if not 2 <= nth <= 14:
        return None
    return _piece(day=now.date() - timedelta(days=nth - 1), roles=frozenset({"since"}))


def _month_end(found: re.Match[str], now: datetime) -> Piece | None:
    month = int(found["month"])
    year = now.year + (month < now.month)
    return _piece(day=_last_day(year, month), roles=frozenset({"by"}))


def _last_day(year: int, month: int) -> date:
    first_after = date(year + month // 12, month % 12 + 1, 1)
    return first_after - timedelta(days=1)


def _unit_end(found: re.Match[str], now: datetime) -> Piece | None:
    today, unit = now.date(), found["unit"]
    if unit == "month":
        return _piece(day=_last_day(today.year, today.month), roles=frozenset({"by"}))
    if unit == "week":
        ahead = (4 - today.weekday()) % 7
        return _piece(day=today + timedelta(days=ahead), roles=frozenset({"by"}))
    return _piece(day=today, roles=frozenset({"by"})) if unit == "day" else None


def _dated_piece(day: int, month: int, year: int | None, now: datetime) -> Piece | None:
    try:
        made = date(year or now.year, month, day)
    except ValueError:
        return None
    return _piece(day=made, is_yearless=year is None)


def _named_date(found: re.Match[str], now: datetime) -> Piece | None:
    return _dated_piece(int(found["n"]), int(found["month"]), None, now)


def _dated(found: re.Match[str], now: datetime) -> Piece | None:
    day, month, *rest = re.split(r"[./]", found["dated"])
    year = (int(rest[0]) + 2000 if len(rest[0]) == 2 else int(rest[0])) if rest else None
    return _dated_piece(int(day), int(month), year, now)


def _day_of_month(found: re.Match[str], now: datetime) -> Piece | None:
    return _dated_piece(int(found["n"]), now.month, None, now)


def _late_day(found: re.Match[str], now: datetime) -> Piece | None:
    """"By 27": no hour is that late."""
    return _day_of_month(found, now) if int(found["n"]) > 24 else None


def _clocked(hour: int, minute: int, *, is_open: bool = True) -> Piece | None:
    if not 0 <= hour <= 24 or minute > 59:
        return None
    return _piece(clock=time(hour % 24, minute), is_half_day_open=is_open and 0 < hour <= 12)


def _words_clock(minute: int, shift: int) -> Callable[[re.Match[str], datetime], Piece | None]:
    def make(found: re.Match[str], now: datetime) -> Piece | None:
        hour = int(found["n"]) + shift
        return _clocked(hour or 12, minute) if 0 <= hour <= 24 else None

    return make


def _clock(found: re.Match[str], now: datetime) -> Piece | None:
    group = "clock" if "clock" in found.re.groupindex else "dotted"
    hour, minute = map(int, found[group].split(":"))
    if group == "dotted" and _is_likelier_date(hour, minute, now):
        return None
    if "afternoon" in found.group() and hour < 12:
        hour += 12
    is_open = hour < 7 and "meridian" not in found.group()
    return _clocked(hour, minute, is_open=is_open)


def _is_likelier_date(day: int, month: int, now: datetime) -> bool:
    """23.11 in November is a day, 9.10 in June an hour."""
    try:
        dated = date(now.year, month, day)
    except ValueError:
        return False
    return abs(dated - now.date()) <= timedelta(days=60)


def _hour(found: re.Match[str], now: datetime) -> Piece | None:
    return _clocked(int(found["n"]), 0)


def _day(found: re.Match[str], now: datetime) -> Piece | None:
    part = re.search(r"\b(morning|afternoon|evening|night)\b", found.group())
    return _piece(day=now.date() + timedelta(days=int(found["day"])), part=part[1] if part else "")


def _weekday(found: re.Match[str], now: datetime) -> Piece | None:
    return _piece(weekday=int(found["weekday"]))


def _last_week(found: re.Match[str], now: datetime) -> Piece | None:
    if found["unit"] not in ("week", "month"):
        return None
    return _piece(day=(now - SPANS[found["unit"]]).date(), roles=frozenset({"since"}))


FIXED = {"noon": time(12), "midnight": time(0)}


def _part(found: re.Match[str], now: datetime) -> Piece | None:
    part = found["part"]
    if part in FIXED:
        return _piece(clock=FIXED[part])
    return _piece(part=part)


MAKERS: Mapping[str, Callable[[re.Match[str], datetime], Piece | None]] = {
    "iso": _iso, "span": _span, "nth_day": _nth_day, "month_end": _month_end,
    "unit_end": _unit_end, "named_date": _named_date, "day_of_month": _day_of_month,
    "half_to": _words_clock(30, -1), "half_past": _words_clock(30, 0),
    "quarter_to": _words_clock(45, -1), "quarter_into": _words_clock(15, -1),
    "three_quarters": _words_clock(45, -1), "quarter_past": _words_clock(15, 0),
    "clock": _clock, "dotted": _clock, "dated": _dated, "late_day": _late_day, "hour": _hour, "hour_part": _hour,
    "day": _day, "weekday": _weekday, "last_week": _last_week, "part": _part,
}  # fmt: skip


# resolving


def resolve(when: When, now: datetime, *, is_ahead: bool) -> str:
    """ISO 8601: the last such moment before now, or the next where something is due."""
    day = when.day or _weekday_date(when, now, is_ahead=is_ahead) or now.date()
    if when.is_yearless:
        day = _nearest_year(day, now.date(), is_ahead=is_ahead)
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


def _likeliest_half(moment: datetime, now: datetime, *, is_ahead: bool) -> datetime:
    """ "At 3" is in the afternoon unless only the night fits before now."""
    later = moment + timedelta(hours=12) if moment.hour < 12 else moment
    if moment.date() == now.date():
        if is_ahead:
            return moment if moment >= now else later
        return later if later <= now else moment
    return later if moment.hour < 7 else moment
