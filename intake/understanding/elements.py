"""One grammar of days, hours and spans over symbols, and what each element of it means.

Joining elements to a moment is left to `moments`.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta


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
    is_monthless: bool = False
    is_midday: bool = False  # a part of the day that may be noon


MINUS = re.compile(r"\b(?:minus|till)\b")
MINUTES_LEAST, MINUTES_AFTER = 5, 60  # spoken beside an hour
WEEKS_BACK = 4  # within which a day written after a place and a stop is no room
EARLIEST = 6  # before it "5:40" may be meant by half days; 6:30 is a morning


def S(name: str) -> str:  # noqa: N802 - reads as a symbol in the grammar below
    return rf"<[^>]*?\b{name}\b[^>]*>"


def V(name: str, group: str, value: str = r"\d+") -> str:  # noqa: N802
    return rf"<[^>]*?\b{name}=(?P<{group}>{value})\b[^>]*>"


UNIT = r"<[^>]*?\bunit=(?P<unit>\w+)[^>]*>"
HOURS = r"<[^>]*?\bunit=(?P<unit>minute|hour)\b[^>]*>"
HALVES = r"<[^>]*?\bunit=(?P<unit>half_hour|quarter_hour|hour_and_half)\b[^>]*>"
DAYS = r"<[^>]*?\bunit=(?P<unit>day|week|month)\b[^>]*>"
PART = r"<(?![^>]*clock=)[^>]*?\b(?P<part>morning|noon|afternoon|evening|night|midnight)\b[^>]*>"
N = V("number", "n")
M = V("number", "m")
MID = rf"(?:{S('(?:at|around|of)')}){{0,2}}"
ANY = r"<[^>]*>"
UNIT_AGO = r"<[^>]*?\bunit=\w+[^>]*>" + S("ago")
# an hour is followed by nothing or by a part of the day or a small word, not by "floor"
HALVED = rf"(?:{S('plus')})?{S('(?:and_half|and_quarter|minus)')}"
UNCLOCKED = r"place|unit=(?:minute|day|week|month)|number=\d+|month=\d+|ordinal_day"
CLOSED = rf"(?=$|[|,]|<(?![^>]*\b(?:{UNCLOCKED})\b)[^>]+>)"
NO_ARTICLE = r"(?!<[^>]*\ba_an\b)"  # "on a cable" is no hour
NTH = rf"(?=<[^>]*\bordinal_word\b){N}"
NEXT = r"<(?![^>]*\bthis\b)[^>]*?\bnext\b[^>]*>"
DUE_PART = PART.replace("morning|", "").replace("night|midnight", "none")
PREPOSITION, PART_AGAIN = S("(?:at|since|by)"), PART.replace("?P<part>", "?:")
OF_TODAY = rf"(?=<[^>]*\bday=0\b[^>]*>{PART_AGAIN})"  # "7 this morning"
ALREADY = r"<(?![^>]*\b(?:since|by|last|at|of)\b)[^>]*?\blasting\b[^>]*>"
APART, APART_AFTER = "(?<![^|,])", "(?=$|[|,])"  # nothing else stands between two stops
NEARLY = rf"(?:{S('around')})?"
OCLOCK = rf"<(?![^>]*\bunit=)[^>]*?\boclock\b[^>]*>(?:{S('oclock')})?"
ORDINAL = rf"(?=<[^>]*\bordinal\b){V('number', 'nth')}"
BEFORE_MONTH = S("of") + S("month=")
NO_NTH = rf"(?!{ANY}{S('article')}<[^>]*\bordinal_word\b)"  # "came in on the 19th"
NONE_OR = rf"(?:{N}(?:{S('of')})?)?"  # "a couple of days", "un paio di giorni"
AN_HOUR = rf"{NO_ARTICLE}{N}(?!{BEFORE_MONTH}|{UNIT_AGO}|{HALVED}){CLOSED}"

# each with what the whole line must have for it to be looked for at all
GRAMMAR: tuple[tuple[str, str, str], ...] = (
    ("iso", "iso=", V("iso", "iso", r"[\d-]+")),
    ("hour_part", "afternoon", rf"{S('at')}{N}(?=<[^>]*\bafternoon\b)"),
    ("nth_day", "ordinal", rf"(?:{S('lasting')})?{ORDINAL}{S('unit=day')}"),
    ("span", "ago", rf"{NONE_OR}(?:{S('more')})?{UNIT}{S('ago')}"),
    ("span", "ago", rf"{S('ago')}(?:{S('(?:since|more)')})?{NONE_OR}{UNIT}"),
    ("span", "_hour", rf"(?:{N})?{HALVES}(?:{ANY}){{0,2}}?{S('ago')}"),
    ("hours_ago", "ago", rf"(?=<[^>]*\bmeridian\b){V('clock', 'n')}{S('ago')}"),
    ("span", "ago", rf"{UNIT}{N}{S('ago')}"),
    ("span", "lasting", rf"{S('lasting')}(?:{S('(?:at|plus)')})?{NONE_OR}{UNIT}"),
    ("span", "lasting", rf"{NONE_OR}{UNIT}{ALREADY}"),
    ("span", "lasting", rf"{UNIT}{N}{ALREADY}"),
    ("ahead", "ahead", rf"{S('ahead')}(?:{S('around')})?{NONE_OR}{UNIT}"),
    ("month_start", "start", rf"{S('start')}(?:{S('of')})?{V('month', 'month')}(?!{N})"),
    ("month_middle", "middle", rf"{S('middle')}(?:{S('of')})?{V('month', 'month')}(?!{N})"),
    ("next_start", "start", rf"{S('start')}(?:{ANY}){{0,2}}?{NEXT}{UNIT}"),
    ("unit_start", "start", rf"{S('start')}(?:{ANY}){{0,2}}?{UNIT}"),
    ("span", "unit", rf"{APART}{NEARLY}{N}{DAYS}{APART_AFTER}"),
    ("span", "unit", rf"{APART}{NEARLY}{N}{HOURS}{APART_AFTER}"),
    ("span", "_hour", rf"{APART}{NEARLY}(?:{N})?{HALVES}(?:{ANY}){{0,2}}{APART_AFTER}"),
    ("month_end", "end", rf"{S('end')}(?:{ANY}){{0,2}}?{V('month', 'month')}"),
    ("next_end", "end", rf"{S('end')}(?:{ANY}){{0,2}}?{NEXT}{UNIT}"),
    ("unit_end", "end", rf"{S('end')}(?:{ANY}){{0,2}}?{UNIT}"),
    ("holiday", "date=", V("date", "date", r"\d+-\d+")),
    ("named_date", "month=", rf"{N}(?:{S('of')})?{V('month', 'month')}"),
    ("named_date", "month=", rf"{V('month', 'month')}{N}"),
    ("day_of_month", "ordinal_day", rf"{N}(?:{S('of')})?{S('ordinal_day')}"),
    ("half_to", "half", rf"{S('half')}(?:{S('past')}|{S('to_next')})?{N}"),
    ("half_past", "half_after", rf"{S('half_after')}(?:{S('past')})?{N}(?!{S('unit=hour')})"),
    ("half_past", "and_half", rf"{N}(?:{S('plus')})?{S('and_half')}"),
    ("quarter_to", "number=", rf"{S('to')}(?:{S('quarter')})?{N}"),
    ("quarter_to", "minus", rf"{N}{S('minus')}(?:{S('quarter')}|{S('and_quarter')})"),
    ("quarter_to", "till", rf"{S('quarter')}{S('till')}{N}"),
    ("minutes_to", "minus", rf"{N}{S('minus')}{M}"),
    ("minutes_to", "till", rf"(?:{PREPOSITION}{MID})?{M}{S('till')}{N}"),
    ("minutes_past", "plus", rf"{PREPOSITION}{MID}(?:{S('article')})?{N}{S('plus')}{M}{CLOSED}"),
    ("minutes_after", "past", rf"(?:{PREPOSITION}{MID})?{M}{S('past')}{N}"),
    ("quarter_into", "quarter", rf"{S('quarter')}{S('past')}{N}"),
    ("three_quarters", "three_quarters", rf"{S('three_quarters')}(?:{S('past')})?{N}"),
    ("quarter_past", "quarter", rf"{S('quarter')}{S('after')}{N}"),
    ("quarter_past", "and_quarter", rf"{N}(?:{S('plus')})?{S('and_quarter')}"),
    ("clock", "clock=", V("clock", "clock", r"[\d:]+")),
    ("dotted", "dotted=", PREPOSITION + V("dotted", "dotted", r"[\d:]+")),
    ("dotted", "dotted=", APART + V("dotted", "dotted", r"[\d:]+") + OF_TODAY),
    ("dotted", "dotted=", rf"{V('dotted', 'dotted', '[0-9:]+')}(?={PART_AGAIN})"),
    ("dated", "dated=", V("dated", "dated", r"[\d./]+")),
    ("day_of_month", "article", rf"(?:{PREPOSITION})?{S('article')}{N}(?!{BEFORE_MONTH}){CLOSED}"),
    ("day_of_month", "ordinal_word", rf"(?:{PREPOSITION}){NTH}(?!{BEFORE_MONTH}){CLOSED}"),
    ("day_of_month", "ordinal_word", rf"{NTH}(?:(?=<[^>]*\bclock=)|{APART_AFTER})"),
    ("hour", "number=", rf"{PREPOSITION}{NO_NTH}{MID}{AN_HOUR}"),
    ("late_day", "number=", rf"{PREPOSITION}{MID}{N}{CLOSED}"),
    ("hour", "oclock", rf"{N}{OCLOCK}{CLOSED}"),
    ("hour_part", "number=", rf"{N}(?:{S('oclock')})?(?={PART_AGAIN})"),
    ("hour_part", "number=", APART + N + OF_TODAY),
    ("day", "day=", V("day", "day", r"-?\d+")),
    ("weekday_week", "weekday=", rf"{V('weekday', 'weekday')}{S('unit=week')}{APART_AFTER}"),
    ("weekday", "weekday=", V("weekday", "weekday")),
    ("last_week", "last", rf"{S('last')}{UNIT}"),
    ("part_apart", "", rf"{APART}(?:{S('at')})?{PART}(?:{PART_AGAIN})?{APART_AFTER}"),
    ("part_due", "by", rf"{APART}{S('by')}(?:{S('article')})?{DUE_PART}{APART_AFTER}"),
    ("part", "", rf"(?:{S('(?:since|at)')}(?:{S('of')})?)?{PART}"),
)  # fmt: skip
COMPILED = [(name, needed, re.compile(pattern)) for name, needed, pattern in GRAMMAR]
Elements = Sequence[tuple[str, re.Pattern[str]]]


def possible(line: str) -> Elements:
    """The elements, in their order, that a line of symbols can have."""
    return [(name, pattern) for name, needed, pattern in COMPILED if needed in line]


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
MIDDLE, MIDDLES = 15, re.compile(S("middle"))  # of a month
TIMED = {"minute", "hour", "half_hour", "quarter_hour", "hour_and_half"}


def _span(found: re.Match[str], now: datetime) -> Piece | None:
    unit = found["unit"]
    then = now - int(found["n"] or 1) * SPANS[unit]
    is_day = unit not in TIMED
    return _piece(day=then.date(), roles=frozenset({"since", "ago"})) if is_day else _since(then)


def _since(then: datetime) -> Piece:
    clock = then.time().replace(second=0, microsecond=0)
    return _piece(day=then.date(), clock=clock, roles=frozenset({"since", "ago"}))


def _ahead(found: re.Match[str], now: datetime) -> Piece | None:
    """The end of a span that begins now: "in two hours"."""
    unit = found["unit"]
    then = now + int(found["n"] or 1) * SPANS[unit]
    is_timed = unit in TIMED
    clock = then.time().replace(second=0, microsecond=0) if is_timed else None
    return _piece(day=then.date(), clock=clock, roles=frozenset({"by"}))


def _hours_ago(found: re.Match[str], now: datetime) -> Piece | None:
    """“2h ago”, whose number reads like an hour of the day."""
    return _since(now - int(found["n"]) * SPANS["hour"])


def _weekday_week(found: re.Match[str], now: datetime) -> Piece | None:
    """“Monday week”: a week after the next."""
    ahead = (int(found["weekday"]) - now.weekday() - 1) % 7 + 1
    return _piece(day=now.date() + timedelta(days=ahead + 7), roles=frozenset({"by"}))


def _next_start(found: re.Match[str], now: datetime) -> Piece | None:
    """The Monday of next week, the first day of next month."""
    today = now.date()
    if found["unit"] == "week":
        return _piece(day=today + timedelta(days=7 - today.weekday()), roles=frozenset({"by"}))
    if found["unit"] == "month":
        day = _last_day(today.year, today.month) + timedelta(days=1)
        return _piece(day=day, roles=frozenset({"by"}))
    return None


def _unit_start(found: re.Match[str], now: datetime) -> Piece | None:
    today = now.date()
    if found["unit"] == "month":
        return _piece(day=today.replace(day=1), roles=frozenset({"since"}))
    if found["unit"] == "week":
        monday = today - timedelta(days=today.weekday())
        return _piece(day=monday, roles=frozenset({"since"}))
    return None


def _nth_day(found: re.Match[str], now: datetime) -> Piece | None:
    """It began on the first, if today is already the second day."""
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


def _next_end(found: re.Match[str], now: datetime) -> Piece | None:
    """The Friday of next week, the last day of next month."""
    today = now.date()
    if found["unit"] == "week":
        friday = today + timedelta(days=11 - today.weekday())
        return _piece(day=friday, roles=frozenset({"by"}))
    if found["unit"] == "month":
        day = _last_day(today.year + today.month // 12, today.month % 12 + 1)
        return _piece(day=day, roles=frozenset({"by"}))
    return None


def _holiday(found: re.Match[str], now: datetime) -> Piece | None:
    month, day = map(int, found["date"].split("-"))
    return _dated_piece(day, month, None, now)


def _dated_piece(day: int, month: int, year: int | None, now: datetime) -> Piece | None:
    try:
        made = date(year or now.year, month, day)
    except ValueError:
        return None
    return _piece(day=made, is_yearless=year is None)


def _named_date(found: re.Match[str], now: datetime) -> Piece | None:
    """The first, where only the start of a month is named, the fifteenth where its middle is."""
    of_part = MIDDLE if MIDDLES.match(found.group()) else 1
    return _dated_piece(int(found.groupdict().get("n") or of_part), int(found["month"]), None, now)


def _dated(found: re.Match[str], now: datetime) -> Piece | None:
    day, month, *rest = re.split(r"[./]", found["dated"])
    year = (int(rest[0]) + 2000 if len(rest[0]) == 2 else int(rest[0])) if rest else None
    piece = _dated_piece(int(day), int(month), year, now)
    before = re.search(r"\bplace\b[^>]*>(\|?)$", found.string[: found.start()])
    return None if before and not (before[1] and _is_of_late(piece, now)) else piece


def _is_of_late(piece: Piece | None, now: datetime) -> bool:
    """Whether "the archive. 20.11." names a day of the last weeks, and no room."""
    days = (now.date() - piece.day).days if piece and piece.day else -1
    return 0 <= days <= WEEKS_BACK * 7


def _day_of_month(found: re.Match[str], now: datetime) -> Piece | None:
    piece = _dated_piece(int(found["n"]), now.month, None, now)
    return piece and replace(piece, is_yearless=False, is_monthless=True)


def _late_day(found: re.Match[str], now: datetime) -> Piece | None:
    """The 27th, where somebody says "by 27": no hour is that late."""
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


def _spoken_clock(found: re.Match[str], now: datetime) -> Piece | None:
    """An hour with minutes in words: "nine minus ten", "eight and twenty"."""
    hour, minutes = int(found["n"]), int(found["m"])
    if not MINUTES_LEAST <= minutes < MINUTES_AFTER:
        return None
    is_before = MINUS.search(found.group()) is not None
    return _clocked(hour - is_before or 12, 60 - minutes if is_before else minutes)


def _clock(found: re.Match[str], now: datetime) -> Piece | None:
    group = "clock" if "clock" in found.re.groupindex else "dotted"
    hour, minute = map(int, found[group].split(":"))
    if group == "dotted" and _is_likelier_date(hour, minute, now):
        return None
    if "afternoon" in found.group() and hour < 12:
        hour += 12
    is_open = hour < EARLIEST and "meridian" not in found.group()
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
    day = (now - SPANS[found["unit"]]).date()
    return _piece(day=day, roles=frozenset({"since", found["unit"]}))


FIXED = {"noon": time(12), "midnight": time(0)}


def _part(found: re.Match[str], now: datetime) -> Piece | None:
    part = found["part"]
    if part in FIXED:
        return _piece(clock=FIXED[part])
    return _piece(part=part, is_midday=re.search(r"\bnoon\b", found.group()) is not None)


def _part_apart(found: re.Match[str], now: datetime) -> Piece | None:
    """Alone in its clause, "morning" says since when."""
    piece = _part(found, now)
    return piece and replace(piece, roles=frozenset({"since"}))


def _part_due(found: re.Match[str], now: datetime) -> Piece | None:
    """“By lunchtime” is today's."""
    piece = _part(found, now)
    return piece and replace(piece, day=now.date())


MAKERS: Mapping[str, Callable[[re.Match[str], datetime], Piece | None]] = {
    "iso": _iso, "span": _span, "nth_day": _nth_day, "month_end": _month_end,
    "hours_ago": _hours_ago, "weekday_week": _weekday_week, "next_start": _next_start,
    "unit_end": _unit_end, "next_end": _next_end, "unit_start": _unit_start, "ahead": _ahead,
    "holiday": _holiday, "named_date": _named_date, "month_start": _named_date,
    "month_middle": _named_date, "day_of_month": _day_of_month,
    "half_to": _words_clock(30, -1), "half_past": _words_clock(30, 0),
    "quarter_to": _words_clock(45, -1), "three_quarters": _words_clock(45, -1),
    "quarter_into": _words_clock(15, -1), "quarter_past": _words_clock(15, 0),
    "minutes_to": _spoken_clock, "minutes_past": _spoken_clock, "minutes_after": _spoken_clock,
    "clock": _clock, "dotted": _clock, "dated": _dated, "late_day": _late_day,
    "hour": _hour, "hour_part": _hour, "day": _day, "weekday": _weekday, "last_week": _last_week,
    "part": _part, "part_apart": _part_apart, "part_due": _part_due,
}  # fmt: skip
