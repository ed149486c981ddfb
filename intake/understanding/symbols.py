"""The words of a text as symbols of time, which five languages share: <since>, <number=9>.

What the symbols amount to is left to `elements` and `moments`.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from intake.understanding.folding import plain
from intake.understanding.lexicon import Hit, Hits, Token
from intake.understanding.phrases import whole

TABLE = "timing"

DATED = re.compile(r"(?<!\d)[0-3]?\d\.\s?[01]?\d$")
ENDING = re.compile(r"[;!?\n]|\.\s|\.\.")
SMALL_WORDS = ("speech.function", "speech.negation")
DAY, JOINED = "moment.day.", "this"
SPANNED = frozenset(("unit=week", "unit=month"))
NIGHT, YESTERDAY = "night", "day=-1"
JOINTS = (" ", "-")
TENS = frozenset(("number=20", "number=30"))
UNITS = frozenset(range(1, 10))
COUNTING = ("number=", "ordinal", "weekday=")  # words for ordinals may sound like days
INDEFINITE = "speech.article"
PLACES = ("place.head", "place.open", "place.city")
POINTED = re.compile(r"(?<![\w.,:/-])(\d{1,2})\.(\d\d)(?![\d:%]|\.\d)")
UNPOINTED = re.compile(  # and no word behind it that it could count
    r"(?<![\w.,:/-])(?:\d{3}|\d{1,2}(?:ος|ο|os|o|nd|rd|th|st))(?=\s*(?:$|[,;!?\n]|\.(?!\d)))"
)
DIGIT = re.compile(r"\d")
DAY_FIRST = re.compile(r"^(\d+)/(\d+)")
LONGEST_LEAD = 16  # letters before a room
WORKING_HOURS, ROUND = range(6, 24), 5
NUMERIC = re.compile(
    r"(?<![\w.,:/-])(?:"
    r"(?P<iso>\d{4}-\d\d-\d\d)"
    r"|(?P<clock>[0-2]?\d:[0-5]\d)(?!\d)"
    r"|(?P<pointed>[01]?\d\.[0-5]\d)(?= ?(?:am|pm|a\.m|p\.m)\b)"
    r"|(?<=\bat )(?P<four>0\d[0-5]\d)\b|(?<=\b(?:since|about) )(?P<four_too>0\d[0-5]\d)\b"
    r"|(?<=\bore )(?<!\d ore )(?P<ore>[0-2]?\d(?:[.:][0-5]\d)?)\b"
    r"|(?P<hours>[01]?\d|2[0-4])(?=(?:h|am|pm|a\.m|p\.m|ish)\b)"
    r"|(?P<number>[01]?\d|2[0-4])-?(?:tej|mej|ej|tá|ta|ій|й|ї|ої|ой)\b"  # "od 9tej"
    r"|(?P<nth>[0-3]?\d)-?(?:го|ого|teho|tého|eho|ého)\b"  # "з 19го"
    r"|(?P<spaced>[0-3]?\d\. [01]?\d\.)(?!\d)"
    r"|(?P<dotted>[0-2]?\d\.[2-5]\d)(?![\d:%])(?!\.\d)"
    r"|(?P<dated>[0-3]?\d[./][01]?\d(?:[./](?:20)?\d\d)?)(?![\d:])(?!\.\d)"
    r"|(?P<month_first>(?:0?[1-9]|1[0-2])/(?:1[3-9]|2\d|3[01])(?:/(?:20)?\d\d)?)(?![\d:/])"
    r")",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Symbols:
    """The text as symbols, and where each token's symbol stands in them."""

    line: str
    starts: tuple[int, ...]

    def token_at(self, position: int) -> int:
        return bisect_left(self.starts, position)


def symbols(text: str, tokens: Sequence[Token], hits: Hits) -> Symbols:
    meanings = _meanings(len(tokens), hits)
    covered = _numerals(text, tokens, meanings)
    said = set[str]().union(*meanings)
    covered |= set[int]() if said.isdisjoint(TENS) else _sums(text, tokens, meanings)
    covered |= _last_nights(text, tokens, meanings) if NIGHT in said else set[int]()
    if not said.isdisjoint(SPANNED):
        _mark_next(text, tokens, meanings)
    parts: list[str] = []
    starts: list[int] = []
    length = 0
    for at, token in enumerate(tokens):
        if at in covered:
            starts.append(length - 1)  # within the symbol that covers it
            continue
        gap, own = _gap(text, tokens, at, meanings), meanings[at]
        starts.append(length + len(gap))
        if token.word.isdecimal() and len(token.word) <= 4 and not _is_dated(own):
            own.add(f"number={int(token.word)}")
        part = f"{gap}<{','.join(sorted(own))}>" if own else f"{gap}<>"
        parts.append(part)
        length += len(part)
    return Symbols("".join(parts), tuple(starts))


def _meanings(count: int, hits: Hits) -> list[set[str]]:
    meanings: list[set[str]] = [set() for _ in range(count)]
    timely = [(own, hit) for label in hits if (own := meaning(label)) for hit in hits[label]]
    # phrases of several words, so that "the day before yesterday" is no yesterday as well
    days = [hit for _, hit in timely if hit.label.startswith(DAY)]
    longest = [day for day in days if day.after - day.first > 1]
    for own, hit in timely:
        within = hit.label.startswith(DAY) and any(_is_within(hit, day) for day in longest)
        meanings[hit.first].add(JOINED if within else own)
    return meanings


def _is_within(hit: Hit, day: Hit) -> bool:
    is_shorter = hit.after - hit.first < day.after - day.first
    return is_shorter and day.first <= hit.first and hit.after <= day.after


@cache  # labels are few
def meaning(label: str) -> str:
    """The symbol of a list; "" where it tells nothing of time."""
    if label.startswith("moment."):
        return label.removeprefix("moment.").replace(".", "=")
    if label in SMALL_WORDS:
        return "small"
    if label == INDEFINITE:
        return "a_an"
    return "place" if label in PLACES else ""


def _is_dated(meanings: set[str]) -> bool:
    return any(own.startswith(("dated", "dotted", "clock", "iso")) for own in meanings)


def _counts(token: Token, meanings: set[str]) -> bool:
    """Whether "2: Saturday" or "fourth: since Saturday" gives an answer its number."""
    return token.word.isdecimal() or any(own.startswith(COUNTING) for own in meanings)


def _gap(text: str, tokens: Sequence[Token], at: int, meanings: Sequence[set[str]]) -> str:
    """A bar where a sentence ends between two tokens: a moment never reaches over it."""
    between = text[tokens[at - 1].end : tokens[at].start] if at else " "
    if between == " ":
        return ""
    is_timely = text[tokens[at].start].islower() and meanings[at] - {"small"}
    if between == ". " and tokens[at - 1].word.isdecimal() and is_timely:
        return ""  # "30. novembra"
    is_dated = between == ". " and DATED.search(text[: tokens[at - 1].end])
    if is_dated and text[tokens[at].start].isdigit():
        return ""  # "16.12. 15:00"
    if ENDING.search(between) or (between == ": " and _counts(tokens[at - 1], meanings[at - 1])):
        return "|"
    return "," if "," in between else ""


def _sums(text: str, tokens: Sequence[Token], meanings: list[set[str]]) -> set[int]:
    """Puts "twenty fourth", "dvadsiateho štvrtého" under their first word; the others beside."""
    covered: set[int] = set()
    for at in range(1, len(tokens)):
        if meanings[at - 1].isdisjoint(TENS):
            continue
        tens = _spelled(tokens[at - 1], meanings[at - 1]) & {20, 30}
        units = _spelled(tokens[at], meanings[at]) & UNITS
        is_one = text[tokens[at - 1].end : tokens[at].start] in JOINTS
        if tens and units and is_one and "small" not in meanings[at]:
            both = {
                own for own in meanings[at - 1] | meanings[at] if not own.startswith("number=")
            }
            meanings[at - 1] = both | {f"number={max(tens) + max(units)}"}
            covered.add(at)
    return covered


def _spelled(token: Token, meanings: set[str]) -> set[int]:
    """The numbers that a word may stand for."""
    if token.word.isdecimal():
        return set()
    numbers = (own for own in meanings if own.startswith("number="))
    return {int(own.removeprefix("number=")) for own in numbers}


def _numerals(text: str, tokens: Sequence[Token], meanings: list[set[str]]) -> set[int]:
    """Puts 9:40, 18.11. and 7am under the token they begin with; the tokens they cover beside."""
    covered: set[int] = set()
    if not DIGIT.search(text):
        return covered
    written = list(NUMERIC.finditer(text))
    starts = [token.start for token in tokens] if written else []
    spared = {start for start, _ in rooms(text)} if written else set[int]()
    for found in written:
        inside = range(bisect_left(starts, found.start()), bisect_left(starts, found.end()))
        if inside and found.start() not in spared:
            meanings[inside[0]] |= _numeral(found)
            covered.update(inside[1:])
    return covered


def _last_nights(text: str, tokens: Sequence[Token], meanings: list[set[str]]) -> set[int]:
    """Puts "last night" as yesterday under its first word, where no list says the day."""
    covered: set[int] = set()
    starts = [token.start for token in tokens]
    for found in _last_night().finditer(plain(text)):
        inside = range(bisect_left(starts, found.start()), bisect_left(starts, found.end()))
        is_hour = inside and any(own.startswith("number=") for own in meanings[inside[0] - 1])
        is_hour = is_hour or text[: found.start()].rstrip()[-1:].isdigit()  # "3 in the night"
        if not is_hour and not any(
            own.startswith("day=") for at in inside for own in meanings[at]
        ):
            meanings[inside[0]] = {f"{YESTERDAY},{NIGHT}"}
            covered.update(inside[1:])
    return covered


@cache
def _last_night() -> re.Pattern[str]:
    return re.compile(whole(TABLE, "last_night"))


def _mark_next(text: str, tokens: Sequence[Token], meanings: list[set[str]]) -> None:
    """“The other week” is the next one, where a language says it so."""
    starts = [token.start for token in tokens]
    for found in _next().finditer(plain(text)):
        after = bisect_left(starts, found.end())
        if after < len(tokens) and meanings[after] & SPANNED:
            meanings[after - 1].add("next")


@cache
def _next() -> re.Pattern[str]:
    return re.compile(whole(TABLE, "next"))


def rooms(text: str) -> list[tuple[int, int]]:
    """Where "in 2.14" stands, whose number looks like an hour, and like a day; or "in 305"."""
    pointed = [number.span() for number in POINTED.finditer(text) if _is_room(text, number)]
    whole = [number.span() for number in UNPOINTED.finditer(text) if _is_inside(text, number)]
    return sorted([*pointed, *whole])


def _is_room(text: str, number: re.Match[str]) -> bool:
    before = _is_inside(text, number)
    hour, minute = map(int, number.groups())
    is_hour = hour in WORKING_HOURS and minute % ROUND == 0
    return before is not None and not (before["at"] and is_hour)


def _is_inside(text: str, number: re.Match[str]) -> re.Match[str] | None:
    start = number.start()
    return _inside().search(plain(text[max(0, start - LONGEST_LEAD) : start]))


@cache
def _inside() -> re.Pattern[str]:
    lists = f"{whole(TABLE, 'inside')}|(?P<at>{whole(TABLE, 'inside_or_at')})"
    return re.compile(rf"(?:{lists})\s+$")


def _numeral(found: re.Match[str]) -> set[str]:
    kind = found.lastgroup or ""
    value = found[kind]
    clock = _written_clock(found, kind, value)
    if clock:
        return clock
    if kind == "dated" and "." in value and len(value) <= 5:
        hour, minute = value.split(".")
        is_clock = int(hour) <= 24 and len(minute) == 2 and int(minute) < 60
        return {f"dated={value}"} | ({f"dotted={hour}:{minute}"} if is_clock else set())
    special = {
        "month_first": {"dated=" + DAY_FIRST.sub(r"\2/\1", value)},  # 11/23
        "nth": {f"number={value}", "ordinal_word"},
        "spaced": {f"dated={value.replace(' ', '').rstrip('.')}"},  # "od 9. 12."
        "dotted": {f"dotted={value.replace('.', ':')}"},  # an hour, where a word before it says so
    }
    return special.get(kind, {f"{kind}={value}"})


def _written_clock(found: re.Match[str], kind: str, value: str) -> set[str]:
    """An hour by its way of writing alone: 7am, 4.30pm, "at 0730", "ore 9"; or nothing."""
    if kind in ("four", "four_too"):
        return {f"clock={value[:2]}:{value[2:]}", "meridian"}
    if kind not in ("hours", "pointed", "ore"):
        return set()
    hour, _, minute = value.replace(":", ".").partition(".")
    after = found.string[found.end() : found.end() + 2].strip().lower()[:1]
    part = {"p": {"afternoon"}, "a": {"morning"}}.get(after, set()) if kind != "ore" else set()
    half = set() if after == "i" and kind == "hours" else {"meridian"}  # "2ish": day or night
    return {f"clock={hour}:{minute or '00'}"} | half | part
