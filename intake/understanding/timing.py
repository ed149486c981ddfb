"""Which of a message's moments says when it began, or by when it is due, and as what value.

It did not begin at a moment that is denied, at which it still worked, or that has yet to come.
How words become moments is left to `moments`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache, partial

from intake.catalogue import DAY_LENGTH
from intake.understanding import denied, moments, places
from intake.understanding.fields import STARTED
from intake.understanding.folding import plain
from intake.understanding.moments import When
from intake.understanding.phrases import whole
from intake.understanding.reading import Reading

AHEAD = {STARTED: False, "deadline": True}  # whether it lies ahead
DASHED = re.compile(r"\s*[0-3]?\d-[01]?\d(?:-(?:20)?\d\d)?[\s.,]*")  # a day, by itself alone
SLACK = timedelta(minutes=10)  # clocks differ, and people round up
TAKES_BACK = ("speech.correction", "speech.no")
LONGEST_CORRECTION = 5  # words
HALF_DAY = 12  # hours
BETWEEN_PARTS = 1  # word between a day and what tells when on it
AROUND = 120  # letters before and behind a moment
PARTS_BEGIN = {"morning": 0, "noon": 12, "afternoon": 12, "evening": 17, "night": 20}  # o'clock
BEGUN, WANTED = {"since", "ago"}, {"by", "need"}


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    said = partial(whole, "timing")
    return {
        "worked": re.compile(rf"(?P<failing>{said('failing')}\W+(?:\w+\W+)?)?{said('worked')}"),
        "until": re.compile(said("until") + r"\W*$"),
        "briefly": re.compile(said("briefly") + r"\W*$"),
        "floor": re.compile(
            rf"{said('on')}\s+(?:the\s+)?(?:\d{{1,2}}|(?:\d|1[0-2])(?:st|nd|rd|th))"
        ),
        "turn": re.compile(rf"{said('worked')}.*?{said('turn')}"),
        "after": re.compile(said("after") + r"\W*$"),
        "left": re.compile(said("left")),
        "over_next": re.compile(said("over_next")),
        "occasion": re.compile(said("occasion", "coming", "told")),
    }


def chosen(reading: Reading, field: str, marked: Sequence[tuple[int, int]]) -> When | None:
    """The moment that these words name, or the one that is said in place of it."""
    for when in reading.moments:
        if any(when.first < after and first < when.after for first, after in marked):
            meant = _meant(reading, when)
            if value(reading, field, meant):
                return meant
            if _is_taken_back(reading, meant):
                return _in_its_place(reading, field, meant)
    return None


def since_it_failed(reading: Reading) -> When | None:
    """“Yesterday it worked, today it doesn't”, of which no word was marked."""
    worked = (when for when in reading.moments if _worked(reading, when))
    before = next(worked, None)
    return before and _in_its_place(reading, STARTED, before)


def read_moment(reading: Reading, field: str) -> str:
    """The value of a text known to answer this field; "" where it holds none."""
    if DASHED.fullmatch(reading.text):
        reading = reading.piece(reading.text.replace("-", "/"))
    values = [found for when in reading.moments if (found := value(reading, field, when))]
    if not values:
        return ""
    return values[-1 if reading.hits.get("speech.correction") else 0]


def value(reading: Reading, field: str, when: When) -> str:
    """ISO 8601; "" where that moment says nothing of the field."""
    if _is_taken_back(reading, when) or _is_number(reading, when) or _went(reading, when):
        return ""
    if AHEAD[field]:
        due = _due(reading, when)
        is_gone = due[:DAY_LENGTH] < reading.now.date().isoformat()  # "needed yesterday"
        is_gone |= "ago" in when.roles or _was_done(reading, when) or _looks_back(reading, when)
        return "" if is_gone or _worked(reading, when) or _somebody_left(reading, when) else due
    if _is_next(reading, when) or is_to_come(reading, when):
        return ""
    begun = moments.resolve(when, reading.now, is_ahead=False)
    if not _is_past(reading, begun) and _may_be_last_night(when):
        yesterday = reading.now.date() - timedelta(days=1)
        begun = moments.resolve(replace(when, day=yesterday), reading.now, is_ahead=False)
    is_begin = (
        bool(when.roles & BEGUN) or _is_begun(reading, when) or not _is_occasion(reading, when)
    )
    return begun if is_begin and _is_past(reading, begun) else ""


def _looks_back(reading: Reading, when: When) -> bool:
    """“Since this morning” is no wish; “from Monday”, “from today” may be one."""
    if "since" not in when.roles or not when.roles.isdisjoint(WANTED):
        return False
    today, now = reading.now.date(), reading.now.hour
    begins = when.clock.hour if when.clock else PARTS_BEGIN.get(when.part)
    is_over = when.day in (None, today) and when.weekday is None
    is_over = is_over and begins is not None and begins <= now
    return is_over or "begin" in when.roles


def _was_done(reading: Reading, when: When) -> bool:
    """“I changed the password on Friday” is no wish for the next one."""
    clause = next((own for own in reading.clauses if when.first < own.after), None)
    is_told = clause is not None and reading.has("tried.did", clause)
    return is_told and when.roles.isdisjoint(WANTED)


def _due(reading: Reading, when: When) -> str:
    """Who says "next Friday" on a Thursday would say "tomorrow" of the nearest.

    On a Sunday the next Monday is tomorrow.
    """
    due = moments.resolve(when, reading.now, is_ahead=True)
    tomorrow = reading.now + timedelta(days=1)
    is_eve = bool(when.weekday) and due[:DAY_LENGTH] == tomorrow.date().isoformat()
    said = (*_around(reading, when), plain(reading.text[when.start : when.end]))
    if is_eve and any(map(_patterns()["over_next"].search, said)):
        return moments.resolve(when, tomorrow, is_ahead=True)
    return due


def _is_past(reading: Reading, moment: str) -> bool:
    if len(moment) == DAY_LENGTH:
        return moment <= reading.now.date().isoformat()
    return datetime.fromisoformat(moment) <= reading.now + SLACK


def _is_next(reading: Reading, when: When) -> bool:
    """“From next Monday”, which has yet to come whatever it is said of."""
    hits = reading.hits.get("moment.next", ())
    is_beside = any(hit.after == when.first or hit.first == when.after for hit in hits)
    return is_beside and when.weekday is not None


def is_to_come(reading: Reading, when: When) -> bool:
    """“After 3 please”, at ten: then somebody may call."""
    if when.clock is None or when.day or when.weekday is not None:
        return False
    before, _ = _around(reading, when)
    said = f"{before} {plain(reading.text[when.start : when.end])}"
    hour = next((at for at, sign in enumerate(said) if sign.isdecimal()), len(said))
    if not _patterns()["after"].search(said[:hour]):
        return False
    later = when.clock.hour + HALF_DAY * (when.is_half_day_open and when.clock.hour < HALF_DAY)
    return later > reading.now.hour


def _somebody_left(reading: Reading, when: When) -> bool:
    return bool(_patterns()["left"].search(" ".join(_around(reading, when))))


def _may_be_last_night(when: When) -> bool:
    """Whether an hour alone is named since which it is so: "since 23:00", in the morning."""
    return when.day is None and when.weekday is None and "since" in when.roles


def _is_begun(reading: Reading, when: When) -> bool:
    """“Started this morning on handover”, whatever else was then."""
    return any(hit.after == when.first for hit in reading.hits.get("moment.begin", ()))


def _is_occasion(reading: Reading, when: When) -> bool:
    return bool(_patterns()["occasion"].search("".join(_around(reading, when))))


def _is_number(reading: Reading, when: When) -> bool:
    """Whether it is one of a system or a place: "from windows 10 to 11" is no ten to eleven."""
    versions = denied.left_behind(reading, reading.below("os"))
    place = places.mended(reading)
    is_of_place = place is not None and when.start < place.end and place.start < when.end
    said = plain(reading.text[when.start : when.end])
    is_floor = _patterns()["floor"].fullmatch(said) is not None and "begin" not in when.roles
    return (
        is_of_place or is_floor or any(start <= when.start <= end + 1 for start, end in versions)
    )


def _is_taken_back(reading: Reading, when: When) -> bool:
    """Whether it is denied, or all was well then."""
    if denied.is_denied(reading, when.start, when.end):
        return True
    before, _ = _around(reading, when)
    if "since" in when.roles and _patterns()["turn"].search(before):
        return False  # "fine at breakfast, and dead since 8"
    return not _patterns()["until"].search(before) and _worked(reading, when)


def _worked(reading: Reading, when: When) -> bool:
    """Whether its clause says that it worked, then or up to then."""
    worked = _patterns()["worked"].finditer(" ".join(_around(reading, when)))
    return any(not found["failing"] for found in worked)


def _went(reading: Reading, when: When) -> bool:
    """Whether it went for so long: “it came on for five minutes and died”."""
    before, _ = _around(reading, when)
    return "ago" in when.roles and _patterns()["briefly"].search(before) is not None


def _in_its_place(reading: Reading, field: str, gone: When) -> When | None:
    """“It worked yesterday, today it doesn't”: the next that is no day by which it is needed."""
    later = (when for when in reading.moments if when.first >= gone.after)
    fit = (when for when in later if AHEAD[field] or not when.roles & WANTED)
    return next((when for when in fit if value(reading, field, when)), None)


def _around(reading: Reading, when: When) -> tuple[str, str]:
    """What its clause says before it, and after it: no more than belongs to one of many."""
    known, key = reading.remembered, ("around", when.start, when.end)
    if key not in known:
        clause, text = reading.clause_at_letter(when.start), reading.text
        before = text[max(clause.start, when.start - AROUND) : when.start]
        after = text[when.end : max(when.end, min(clause.end, when.end + AROUND))]
        known[key] = plain(before), plain(after)
    found: tuple[str, str] = known[key]
    return found


def _meant(reading: Reading, when: When) -> When:
    """The moment itself, or the one that is said in its place: "since Friday, no, Thursday".

    Of "yesterday, right after lunch" it is the day.
    """
    for day in reading.moments:
        is_beside = 0 <= when.first - day.after <= BETWEEN_PARTS
        if is_beside and _is_earlier(reading, day) and _is_of_today(reading, when):
            return day
    for later in reading.moments:
        is_later = later.first >= when.after
        if is_later and (
            takes_back(reading, when.after, later.first) or _tells(reading, when, later)
        ):
            when = later
    return when


def _tells(reading: Reading, when: When, later: When) -> bool:
    """Whether it says when that was: “just started, 10 minutes ago”, “when I came in on the 19th”.

    Words for today give way to an hour of it, and to another day that their clause names.
    """
    if when.day != reading.now.date() or when.clock is not None or later.roles & WANTED:
        return False
    if later.day == when.day and not when.part:
        is_near = later.first - when.after <= LONGEST_CORRECTION
        return is_near and later.clock is not None and "ago" in later.roles
    is_day = later.is_monthless or later.weekday is not None
    return is_day and not reading.clause_at_letter(when.start).end < later.start


def _is_earlier(reading: Reading, day: When) -> bool:
    return day.day is not None and day.day < reading.now.date()


def _is_of_today(reading: Reading, when: When) -> bool:
    """Whether it is a part of the day by itself: “after lunch”."""
    is_own = when.clock is None and when.weekday is None
    return is_own and when.day in (None, reading.now.date())


def takes_back(reading: Reading, first: int, after: int) -> bool:
    is_near = after - first <= LONGEST_CORRECTION
    return is_near and any(reading.found(label, first, after) for label in TAKES_BACK)
