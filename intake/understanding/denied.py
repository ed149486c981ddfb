"""What a message names only to take it back: “not wifi”, “I don't use vpn”, “not only me”.

Values alone ask it: what the models are told of a message stays the same. What is known of a
ticket already and denied later is left to `intake.replies.denials`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, partial

from intake.catalogue import DAY_LENGTH
from intake.understanding import choices, moments
from intake.understanding.fields import CONNECTION, DEVICE, SCOPE, TRIED, URGENCY
from intake.understanding.folding import plain
from intake.understanding.layout import blanked
from intake.understanding.lexicon import Hit
from intake.understanding.phrases import either, hits_of, phrases, table, whole
from intake.understanding.reading import Clause, Reading
from intake.understanding.working import is_merely_able

TABLE, OTHERWISE = "denied", "meant"
ALONE, SEVERAL = "me", "team"  # who is "not the only one" is one of several
ABLE, SLOWED = "minor", "degraded"
ACTS = (TRIED, URGENCY)  # which are said in verbs: "it doesn't block me"
VERSION = re.compile(r"\W*\d+\b")
KNOWN_VERSION = re.compile(
    r"\W*(?:7|8|10|11)(?=\s*(?:$|[,;.!?\n)]))"
)  # no number of anything else
NUMBER = re.compile(r"\d+\b")
SINGLE = ("os", "connection", "device", "phone_service")
WAYS = ("connection", "device", "phone_service")  # by which somebody may get by
VERSIONED = "os"  # whose values have numbers
NUMBERED, LABEL = ("asset", VERSIONED), "label"  # of whose second value the number may stand alone


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    said = partial(whole, TABLE)
    failing = rf"(?P<failing>{said('failing')}\W+(?:\w+\W+)?)?"
    upto = rf"(?:\W+{either(TABLE, 'between')})*\W*$"
    return {
        "not": re.compile(said("not") + upto),
        "only": re.compile(said("not", "only") + upto),
        "denying": re.compile(said("not")),
        "undone": re.compile(said("not", "undone") + r"\W*$"),
        "without": re.compile(said("without") + upto),
        "lacking": re.compile(r"\W*" + said("without")),
        "doubt": re.compile(said("doubt") + r"[^,.;!?\n]*$"),
        "doubted": re.compile(said("doubt") + r"[^,.;!?\n]*"),
        "others": re.compile(said("others")),
        "after": re.compile(r"\W*" + said("after")),
        "fine": re.compile(rf"{failing}(?:(?<!\w)|(?=')){either(TABLE, 'fine')}(?!\w)"),
        "onward": re.compile(r"\W*" + said("onward")),
        "instead": re.compile(rf"[\s,.;:…–—-]*{said('instead')}"),
        "through": re.compile(said("through") + r"\W*$"),
        "or": re.compile(r"\W*" + said("or") + r"\W*"),
    }  # fmt: skip


def is_denied(reading: Reading, start: int, end: int, field: str = "") -> bool:
    """Whether the words there are said not to be so, or that nobody knows."""
    if field in NUMBERED and _is_undecided(reading, field, start, end):
        return True
    clause = reading.clause_at_letter(start)
    before, after = _sides(reading, clause, start, end)
    patterns = _patterns()
    own = patterns["only" if field == SCOPE else "undone" if field in ACTS else "not"]
    if own.search(before) and not _follows_fine(reading, clause):
        return True
    sentence = plain(reading.text)[:start]
    return bool(patterns["after"].match(after) or patterns["doubt"].search(sentence))


def denying(reading: Reading) -> Iterator[tuple[int, int]]:
    """The words that say "not", "isn't", "instead of": from one up to another."""
    for found in _patterns()["denying"].finditer(plain(reading.text)):
        yield reading.token_at(found.start()), reading.token_at(found.end() - 1) + 1


def affirmed(reading: Reading, field: str) -> Reading:
    """The same message with blanks where a value of this field is taken back."""
    known = reading.remembered
    key = f"affirmed {field}"
    if key not in known:
        cut = _taken_back(reading, field)
        known[key] = reading.piece(blanked(reading.text, cut))
    found: Reading = known[key]
    return found


def settled(reading: Reading, field: str, chosen: str) -> str:
    """The value chosen, unless it is taken back: then what is said in its place, or ""."""
    if field == URGENCY and is_merely_able(reading):
        return ABLE
    if field == SCOPE and _speaks_of_no_one(reading, chosen):
        return ""
    if not chosen:
        # the one by which it works is not the one in trouble
        return _left(reading, field) if field == CONNECTION else ""
    if _is_said(affirmed(reading, field), field, chosen):
        return chosen
    return listed(reading, field) if f"{field}.{chosen}" in reading.hits else chosen


def _speaks_of_no_one(reading: Reading, chosen: str) -> bool:
    """Whether no word says whom it concerns, but one of days, pages, offices stands there."""
    return f"{SCOPE}.{chosen}" not in reading.hits and bool(hits_of(reading, OTHERWISE)[SCOPE])


def _left(reading: Reading, field: str) -> str:
    """The one that is named and not denied, where others are: “not the cable, not wifi: VPN”."""
    named = reading.below(field)
    outer = [hit for hit in named if not choices.is_within(hit, named)]
    denied = [hit for hit in outer if is_denied(reading, *reading.letters(hit), field)]
    return listed(reading, field) if denied and len(outer) - len(denied) == 1 else ""


def listed(reading: Reading, field: str) -> str:
    """The value that the lists alone name and nothing takes back, or ""."""
    value = choices.listed(affirmed(reading, field), field)
    return SEVERAL if not value and field == SCOPE and _is_not_alone(reading) else value


def _is_not_alone(reading: Reading) -> bool:
    alone = (reading.letters(hit) for hit in reading.hits.get(f"{SCOPE}.{ALONE}", ()))
    before = (
        _sides(reading, reading.clause_at_letter(start), start, end)[0] for start, end in alone
    )
    return any(_patterns()["only"].search(words) for words in before)


def _is_said(reading: Reading, field: str, value: str) -> bool:
    named = reading.below(field)
    own = reading.hits.get(f"{field}.{value}", ())
    return any(not choices.is_within(hit, named) for hit in own)


def doubted(reading: Reading) -> list[tuple[int, int]]:
    """Where it says what it doubts: "don't know if others too", "not sure about wifi"."""
    return [found.span() for found in _patterns()["doubted"].finditer(plain(reading.text))]


def lacks(reading: Reading, start: int) -> bool:
    """Whether it says from there on that something is not there: “without stripes”."""
    return bool(_patterns()["lacking"].match(plain(reading.text), start))


def speaks_of_others(text: str) -> bool:
    """Whether it names whoever else it may concern, which is a question of its own."""
    return bool(_patterns()["others"].search(plain(text)))


def _taken_back(reading: Reading, field: str) -> list[tuple[int, int]]:
    named = reading.below(field)
    if not named:  # mostly
        return []
    hits = [hit for hit in named if not choices.is_within(hit, named)]
    places = {hit: reading.letters(hit) for hit in hits}
    gone = {hit for hit, place in places.items() if is_denied(reading, *place, field)}
    gone |= {hit for hit in hits if field == URGENCY and _is_of_begin(reading, hit)}
    gone |= {hit for hit in hits if field in WAYS and _is_way_out(reading, *places[hit])}
    gone |= {hit for hit in hits if field in WAYS and _is_meanwhile(reading, hit)}
    gone |= {hit for hit in hits if is_meant_otherwise(reading, field, hit.first, hit.after)}
    gone |= {hit for hit in hits if _is_undecided(reading, field, *places[hit])}
    gone |= {hit for hit in hits if field == DEVICE and _is_in_label(reading, *places[hit])}
    beside = {hit for hit in hits if hit not in gone and _is_beside(reading, *places[hit])}
    if gone | beside != set(hits):
        gone |= beside
    replaced = left_behind(reading, hits) if field == VERSIONED else []
    return [*(places[hit] for hit in gone), *replaced]


def _is_meanwhile(reading: Reading, hit: Hit) -> bool:
    """“For now I call from my mobile”: what is in trouble is another."""
    clause = reading.clause_at(hit.first)
    return any(told.first in clause.words for told in hits_of(reading, TABLE)["meanwhile"])


def is_meant_otherwise(reading: Reading, field: str, first: int, after: int) -> bool:
    """Whether a phrase around these words speaks of something else: a “blue screen”.

    Or whether they are no more than spelled alike.
    """
    spelled = _spelled(field, reading.language)
    if spelled and plain(reading.says(first, after)) in spelled:
        return True
    if field not in table(OTHERWISE):
        return False
    around = hits_of(reading, OTHERWISE)[field]
    if field == URGENCY and _is_named_at(reading, f"{URGENCY}.{SLOWED}", first, after):
        around = [*around, *hits_of(reading, OTHERWISE)["slowed"]]
    return any(own.first <= first and after <= own.after for own in around)


def _is_named_at(reading: Reading, label: str, first: int, after: int) -> bool:
    return any(hit.first == first and hit.after == after for hit in reading.hits.get(label, ()))


@cache
def _spelled(field: str, language: str) -> frozenset[str]:
    listed = f"spelled_{field}"
    known = phrases(OTHERWISE, listed, language) if listed in table(OTHERWISE) else ()
    return frozenset(map(plain, known))


def _is_undecided(reading: Reading, field: str, start: int, end: int) -> bool:
    """Of a label or a version at once, else where somebody doubts: "wifi or cable, not sure"."""
    is_doubted = field in NUMBERED or "decline.unknown" in reading.hits
    return is_doubted and any(
        name == field and first <= start and end <= after
        for name, first, after in undecided(reading)
    )


def _is_in_label(reading: Reading, start: int, end: int) -> bool:
    """Whether it is the NB of “NB-0442”."""
    labels = (shape for shape in reading.shapes if shape.name == LABEL)
    return any(shape.start <= start and end < shape.end for shape in labels)


def _is_of_begin(reading: Reading, hit: Hit) -> bool:
    """Whether "not today" stands beside the day on which it did begin, and is no patience."""
    own = [when for when in reading.moments if when.first < hit.after and hit.first < when.after]
    others = (when for when in reading.moments if when not in own)
    today = reading.now.date().isoformat()
    return bool(own) and any(
        moments.resolve(when, reading.now, is_ahead=False)[:DAY_LENGTH] < today for when in others
    )


def _is_beside(reading: Reading, start: int, end: int) -> bool:
    """Whether it is done without, or works, and so gives way to whatever else is named."""
    clause = reading.clause_at_letter(start)
    before, _ = _sides(reading, clause, start, end)
    return bool(_patterns()["without"].search(before)) or _is_fine(reading, clause)


def _is_way_out(reading: Reading, start: int, end: int) -> bool:
    """Whether it works that way: “no internet, but on my phone's hotspot it works”."""
    clause = reading.clause_at_letter(start)
    first = reading.says(clause.first, reading.token_at(start) + 1)
    before, _ = _sides(reading, clause, start, end)
    lead = _patterns()["through"]
    is_led = lead.search(before) or lead.search(plain(first))  # of the phrase it may be a part
    return is_led is not None and _is_fine(reading, clause)


def left_behind(reading: Reading, hits: Iterable[Hit]) -> list[tuple[int, int]]:
    """The number of a version that another has replaced: the 10 of "windows 10 to 11"."""
    found = []
    for hit in hits:
        last = reading.tokens[hit.after - 1]
        after = _up_to_version(reading, last.end)
        if after:
            found.append((last.start, after))
    return found


def _up_to_version(reading: Reading, end: int) -> int:
    """Where the number stands that takes the place of the one before, or 0."""
    following = plain(reading.text)[end:]
    for name, version in (("onward", VERSION), ("instead", KNOWN_VERSION)):
        turn = _patterns()[name].match(following)
        if turn and version.match(reading.text, end + turn.end()):
            return end + turn.end()
    return 0


def undecided(reading: Reading) -> list[tuple[str, int, int]]:
    """Fields of which two values stand there, and it is one or the other: "windows 10 or 11"."""
    known = reading.remembered
    if "undecided" not in known:
        known["undecided"] = list(_undecided(reading))
    found: list[tuple[str, int, int]] = known["undecided"]
    return found


def _undecided(reading: Reading) -> Iterator[tuple[str, int, int]]:
    places = list(_of_one_value(reading))
    for field, start, end in places:
        turn = _patterns()["or"].match(plain(reading.text)[end:])
        if turn is None:
            continue
        begin = end + turn.end()
        other = next((last for name, at, last in places if (name, at) == (field, begin)), None)
        number = NUMBER.match(reading.text, begin) if field in NUMBERED else None
        after = other or (number.end() if number else None)
        if after:
            yield field, start, after


def _of_one_value(reading: Reading) -> Iterator[tuple[str, int, int]]:
    """What a thing has one of: a label, a system, a kind."""
    for field in SINGLE:
        for hit in reading.below(field):
            yield field, *reading.letters(hit)
    for shape in reading.shapes:
        if shape.name == LABEL:
            yield NUMBERED[0], shape.start, shape.end


def _sides(reading: Reading, clause: Clause, start: int, end: int) -> tuple[str, str]:
    text = plain(reading.text)
    return text[clause.start : start], text[end : max(end, clause.end)]


def _is_fine(reading: Reading, clause: Clause) -> bool:
    known = reading.remembered
    key = f"fine {clause.start}"
    if key not in known:
        own = plain(reading.text)[clause.start : clause.end]
        said = _patterns()["fine"].finditer(own)
        known[key] = any(not found["failing"] for found in said)
    is_fine: bool = known[key]
    return is_fine


def _follows_fine(reading: Reading, clause: Clause) -> bool:
    """Whether "not on wifi" is where it fails: "it works by cable but not on wifi"."""
    at = reading.clauses.index(clause)
    return bool(at) and _is_fine(reading, reading.clauses[at - 1])
