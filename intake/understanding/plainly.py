"""What stands there so plainly that it is taken where the model marks no such thing."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from intake.understanding import places
from intake.understanding.asked import Asked
from intake.understanding.denied import is_denied
from intake.understanding.evidence import Evidence
from intake.understanding.fields import (
    ACCOUNT,
    ASSET,
    DEVICE,
    EXTENSION,
    ITEM,
    LOCATION,
    PHONE,
    STARTED,
    SYMPTOM,
    SYSTEM,
    TRIED,
)
from intake.understanding.lexicon import WEB, Hit
from intake.understanding.moments import When
from intake.understanding.phrases import hits_of
from intake.understanding.reading import Clause, Reading, covered_by
from intake.understanding.shapes import PRINTED
from intake.understanding.symbols import rooms
from intake.understanding.timing import AHEAD, value
from intake.understanding.values import SURE_OF_PLAIN, Found, is_dialled
from intake.understanding.wordlists import DENYING

COUNTED = re.compile(r"(?<![\w.,-])\d{1,2}(?:\.|°|\w{1,3})? ?$")
COUNTED_AFTER = re.compile(r"\s*(?:№|[nN]\.?|no\.?|č\.?)?\s*\d{1,2}(?![\w:/-]|\.\d)")
SPOKEN = re.compile(r"(?<![\w.,:/+-])(?:(?P<letters>[^\W\d_]{2,4}) \d{2,6}|\d{4,8})(?![\w.:/-])")
COUNTED_TOO = (EXTENSION, PHONE)  # where they are asked, a number may be one of theirs
PRODUCT = "application"  # the list of their names
SURE_OF_LABEL = 0.75  # that looks like nothing else
COUNTING = re.compile(r"\s*[1-9]\d?\s*[xх×]?(?:\s+[^\W\d][\w-]*){1,4}\W*")  # a line
IMPLIED = {
    "iphone": {DEVICE: "phone", "os": "ios"},
    "ipad": {DEVICE: "tablet", "os": "ios"},
    "macbook": {DEVICE: "laptop", "os": "macos"},
    "chromebook": {DEVICE: "laptop", "os": "chromeos"},
}
LETTERED = re.compile(rf"{PRINTED}-\w+", re.IGNORECASE)
PRINTED_BEFORE = re.compile(r"(?<![\w-])(?:nb|ws|lt|ntb|prn|prt|srv|нб) $", re.IGNORECASE)
LOGIN_NAMES = ("field.account", "cue.account")
UNTOLD = ("concept", "about", "speech.latin", "device", "cue.asset", "field.asset")
EXPLAINED = (
    "decline.absent", "decline.unknown", "decline.left_out", "speech.no", "speech.not",
    "speech.function", "speech.filler", "speech.answer_lead", "place.before", "moment.since",
    "moment.at", "moment.around", "field.error", "concept.message_shown",
)  # fmt: skip
AROUND = (
    "place.before", "speech.answer_lead", "speech.function", "speech.filler",
    "moment.since", "moment.at", "moment.around", "moment.begin", "speech.not",
)  # fmt: skip


def says_more(reading: Reading, found: Mapping[str, Found]) -> bool:
    """Whether a word is left that none of these values, no moment and no "no error" explains."""
    told = reading.covered(EXPLAINED)
    told |= covered_by(reading.moments)
    spans = [(value.start, value.end) for value in found.values() if value.end]
    return any(
        at not in told and not any(start <= token.start < end for start, end in spans)
        for at, token in enumerate(reading.tokens)
    )


def answers(evidence: Evidence, asked: Asked) -> dict[str, Found]:
    """Of what is asked, what a clause says and nothing else: "at home", "today"."""
    reading = evidence.reading
    found = _home(reading) | plain_floor(evidence) | _moments(reading, asked)
    if not {*COUNTED_TOO} & {*asked.fields}:
        found |= _spoken_label(reading)
    found |= _address(evidence)
    return (
        _system(reading)
        | _implied(reading)
        | _device(reading)
        | {name: own for name, own in found.items() if name in asked.fields}
    )


def _system(reading: Reading) -> dict[str, Found]:
    """A product in a clause of its own, asked or not, behind whom it is for: “for Emma, SAP”."""
    for clause in reading.clauses[1:]:
        if any(hit.first == clause.first and hit.after == clause.after
               for hit in reading.hits.get(PRODUCT, ())):  # fmt: skip
            said = reading.text[clause.start : clause.end]
            return {SYSTEM: Found(said, clause.start, clause.end, SURE_OF_PLAIN)}
    return {}


def _address(evidence: Evidence) -> dict[str, Found]:
    """The one address that stands there is the account, whatever stands around it."""
    shapes = [shape for shape in evidence.shapes if shape.name == "mail"]
    if len(shapes) != 1 or is_denied(evidence.reading, shapes[0].start, shapes[0].end, ACCOUNT):
        return {}
    start, end = shapes[0].start, shapes[0].end
    return {ACCOUNT: Found(evidence.reading.text[start:end], start, end, SURE_OF_PLAIN)}


def page(reading: Reading) -> dict[str, Found]:
    """The one page of the web that stands there is what access is for."""
    pages = [token for token in reading.tokens if reading.text.startswith(WEB, token.start)]
    if len(pages) != 1:
        return {}
    start, end = pages[0].start, pages[0].end
    return {SYSTEM: Found(reading.text[start:end], start, end, SURE_OF_PLAIN)}


def cut_apart(evidence: Evidence, found: Mapping[str, Found]) -> dict[str, Found]:
    """A place without the label that it begins with: "nb 22, | 2nd floor"."""
    label, place = found.get(ASSET), found.get(LOCATION)
    if not (label and place and place.start <= label.start < label.end < place.end):
        return {}
    said = evidence.reading.text[label.end : place.end]
    value = said.lstrip(" ,;.-")
    return {LOCATION: replace(place, value=value, start=place.end - len(value))} if value else {}


def things_in_lines(evidence: Evidence, asked: Asked) -> dict[str, Found]:
    """Of a reply whose every line counts things all are wanted: “2 monitors / 1 keyboard”."""
    text = evidence.reading.text
    lines = [line for line in text.splitlines() if line.strip()]
    if ITEM not in asked.fields or asked.is_explicit or len(lines) == 1:
        return {}
    if not all(COUNTING.fullmatch(line) for line in lines):
        return {}
    value = text.strip()
    start = text.index(value)
    return {ITEM: Found(value, start, start + len(value), SURE_OF_PLAIN)} if value else {}


def plain_label(evidence: Evidence) -> dict[str, Found]:
    """The asset where the model marks none, but something looks like a label and nothing else."""
    for shape in evidence.shapes:
        is_label = shape.name == "label"
        if is_label and not is_denied(evidence.reading, shape.start, shape.end, ASSET):
            value = evidence.reading.text[shape.start : shape.end]
            return {ASSET: Found(value, shape.start, shape.end, SURE_OF_PLAIN)}
    return {}


def _spoken_label(reading: Reading) -> dict[str, Found]:
    """A label as people type it, in a clause of its own: "nb 0931", "33120"."""
    for clause in reading.clauses:
        said = SPOKEN.search(reading.text, clause.start, clause.end)
        if said and _is_label(reading, clause, said):
            return {ASSET: Found(said.group(), *said.span(), SURE_OF_PLAIN)}
    return {}


def _is_label(reading: Reading, clause: Clause, said: re.Match[str]) -> bool:
    """Whether its letters are no word of ours, and nothing but small words stand around it."""
    if not _fills(reading, *said.span()) or _dated(reading, said.start()):
        return False
    first = reading.token_at(said.start())
    named = {label for label, hits in reading.hits.items() for hit in hits if hit.first == first}
    if is_dialled(reading, first):
        return False
    return said["letters"] is None or all(label.startswith(UNTOLD) for label in named)


def _dated(reading: Reading, start: int) -> bool:
    return any(when.start <= start < when.end for when in reading.moments)


def plain_floor(evidence: Evidence) -> dict[str, Found]:
    """The place where the model marks none, but a floor stands there with its number."""
    text, tokens = evidence.reading.text, evidence.reading.tokens
    for hit in evidence.reading.hits.get("reply.floor", ()):
        before = COUNTED.search(text[: tokens[hit.first].start])
        after = COUNTED_AFTER.match(text, tokens[hit.after - 1].end)
        start = before.start() if before else tokens[hit.first].start
        end = tokens[hit.after - 1].end if before or not after else after.end()
        is_gone = is_denied(evidence.reading, start, end, LOCATION)
        if (before or after) and not is_gone:
            return {LOCATION: Found(text[start:end], start, end, SURE_OF_PLAIN)}
    return {}


def unmarked_too(evidence: Evidence, marked: Mapping[str, Found]) -> dict[str, Found]:
    """With a label, a place and a moment that stand there without a mark."""
    found = dict(marked)
    found |= _printed(evidence, found) if ASSET in found else plain_label(evidence)
    found = without_false_place(evidence, found) | mended_place(evidence)
    if LOCATION not in found:
        found |= plain_room(evidence)
    found = found if STARTED in found else found | plain_since(evidence)
    return _without_nothing_of(evidence.reading, found)


def _printed(evidence: Evidence, found: Mapping[str, Found]) -> dict[str, Found]:
    """A whole label is sure; of “nb 0931” the letters too, which are no word by themselves."""
    reading, label = evidence.reading, found[ASSET]
    if LETTERED.fullmatch(label.value):
        return {ASSET: replace(label, confidence=max(label.confidence, SURE_OF_LABEL))}
    before = PRINTED_BEFORE.search(reading.text[: label.start])
    if before is None or not label.value.isdecimal():
        return {}
    start = before.start()
    return {ASSET: replace(label, value=reading.text[start : label.end], start=start)}


def labelled_login(reading: Reading) -> dict[str, Found]:
    """“Login okafm”, in a clause of its own: a word of no list behind the name of the field."""
    named = [hit for label in LOGIN_NAMES for hit in reading.hits.get(label, ())]
    for clause in reading.clauses if named else ():
        last = clause.after - 1
        start = reading.tokens[last].start
        said = reading.text[start : clause.end]
        leads = any(hit.first == clause.first and hit.after == last for hit in named)
        if leads and said.isascii() and said.islower() and not reading.is_listed(last):
            return {ACCOUNT: Found(said, start, clause.end)}
    return {}


def _without_nothing_of(reading: Reading, found: dict[str, Found]) -> dict[str, Found]:
    """“Nothing” was tried, but "no sound" is a trouble, where one word says either."""
    own = found.get(TRIED)
    if own is None or SYMPTOM in found or not own.end:
        return found
    first, after = reading.token_at(own.start), reading.token_at(own.end - 1) + 1
    is_nothing = bool(reading.found("tried.none", first, after))
    if not is_nothing or not reading.below("about", first, after):
        return found
    return {name: value for name, value in found.items() if name != TRIED} | {SYMPTOM: own}


def without_false_place(evidence: Evidence, found: Mapping[str, Found]) -> dict[str, Found]:
    """What a screen says is no place: “it hangs on "Loading"”; a room may have such a name.

    Nor is the number of a machine, "TILL-04".
    """
    place, label, reading = found.get(LOCATION), found.get(ASSET), evidence.reading
    left = {name: own for name, own in found.items() if name != LOCATION}
    if place and label and place.value == label.value:
        return left
    quotes = (one for one in reading.quotes if place and one.start <= place.start)
    quote = next((one for one in quotes if place and place.end <= one.end), None)
    if quote is None:
        return dict(found)
    before = reading.token_at(quote.start) - 1
    is_room = before in reading.covered(("place.head", "place.open"))
    return dict(found) if is_room else left


def mended_place(evidence: Evidence) -> dict[str, Found]:
    """The place that is said instead of another, whatever the model marks."""
    place = places.mended(evidence.reading)
    return {LOCATION: Found(place.value, place.start, place.end)} if place else {}


def plain_room(evidence: Evidence) -> dict[str, Found]:
    """The place where the model marks none: "in 2.14"."""
    text = evidence.reading.text
    for start, end in rooms(text):
        return {LOCATION: Found(text[start:end], start, end, SURE_OF_PLAIN)}
    return {}


def plain_since(evidence: Evidence) -> dict[str, Found]:
    """When it began where no moment is marked, and one says since what hour, or opens all."""
    reading = evidence.reading
    since = [
        own for own in reading.moments if "since" in own.roles and (own.clock or own.first < 2)
    ]
    said = value(reading, STARTED, since[0]) if len(reading.moments) == len(since) == 1 else ""
    return {STARTED: Found(said, since[0].start, since[0].end, SURE_OF_PLAIN)} if said else {}


def _home(reading: Reading) -> dict[str, Found]:
    """Who says no more than "at home" says where."""
    for hit in reading.hits.get("place.home", ()):
        start, end = reading.letters(hit)
        if _fills(reading, start, end):
            return {LOCATION: Found(reading.text[start:end], start, end, SURE_OF_PLAIN)}
    return {}


def _device(reading: Reading) -> dict[str, Found]:
    """What it is, asked or not: "it's a laptop btw"."""
    leads = {hit.after for hit in hits_of(reading, "told")["is_a"]}
    for label, hits in reading.hits.items():
        if label.startswith("device.") and any(_is_told(reading, hit, leads) for hit in hits):
            return {DEVICE: Found(label.removeprefix("device."), confidence=SURE_OF_PLAIN)}
    return {}


def _implied(reading: Reading) -> dict[str, Found]:
    """What the name of a thing says of it, unless it is what the reply is written on."""
    hits = hits_of(reading, "implied", is_mixed=True)
    beside = covered_by(hits["writing"])
    for name, values in IMPLIED.items():
        for hit in hits[name]:
            clause = reading.clause_at(hit.first)
            place = reading.letters(hit)
            if beside.isdisjoint(clause.words) and not is_denied(reading, *place, DEVICE):
                return {
                    field: Found(value, *place, SURE_OF_PLAIN) for field, value in values.items()
                }
    return {}


def _is_told(reading: Reading, hit: Hit, leads: set[int]) -> bool:
    """“It's” right before it, and no “not” in its clause."""
    if hit.first not in leads:
        return False
    clause = reading.clause_at(hit.first)
    return not reading.has_any(DENYING, clause)


def _moments(reading: Reading, asked: Asked) -> dict[str, Found]:
    """The one moment of a reply to a card that asks for one; another may be denied."""
    fields = [field for field in asked.fields if field in AHEAD]
    if len(fields) != 1 or asked.is_explicit:
        return {}
    field = fields[0]
    told = [(when, said) for when in reading.moments if (said := value(reading, field, when))]
    told = [one for one in told if not _is_told_closer(one[1], told)]
    if len(told) != 1:
        return {}
    when, said = told[0]
    others = (other for other in reading.moments if other is not when)
    if any(not (_is_beside(reading, one) or value(reading, field, one)) for one in others):
        return {}
    if not _fills(reading, when.start, when.end):
        return {}
    return {field: Found(said, when.start, when.end, SURE_OF_PLAIN)}


def _is_told_closer(said: str, told: Sequence[tuple[When, str]]) -> bool:
    """“Just now, ten minutes ago”: the same day, with its hour."""
    return any(other != said and other.startswith(said) for _, other in told)


def _is_beside(reading: Reading, when: When) -> bool:
    """The today of "yesterday, not today"."""
    return is_denied(reading, when.start, when.end)


def _fills(reading: Reading, start: int, end: int) -> bool:
    """Whether its clause says nothing but this."""
    clause = reading.clause_at_letter(start)
    own = {at for at in clause.words if reading.tokens[at].start in range(start, end)}
    own |= covered_by(when for when in reading.moments if _is_beside(reading, when))
    own |= covered_by(
        hit for label in AROUND for hit in reading.found(label, clause.first, clause.after)
    )
    return own.issuperset(clause.words)
