"""Canonical values of the words that the model marked."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from intake.understanding import denied, place_spans, timing
from intake.understanding.acting import before_verb
from intake.understanding.choices import is_within
from intake.understanding.evidence import Evidence
from intake.understanding.fields import (
    ACCOUNT,
    APPLICATION,
    APPROVER,
    ASSET,
    ERROR,
    EXTENSION,
    LOCATION,
    PHONE,
    STARTED,
    SYMPTOM,
    SYSTEM,
    TRIED,
)
from intake.understanding.folding import plain
from intake.understanding.lexicon import WEB
from intake.understanding.model import Span
from intake.understanding.naming import is_of_another, is_superior
from intake.understanding.phones import find_phones
from intake.understanding.phrases import said_of
from intake.understanding.questions import CLAUSES
from intake.understanding.reading import Clause, Reading
from intake.understanding.shapes import WHOLE
from intake.understanding.stops import question_marks
from intake.understanding.wordlists import UNKNOWN

JOIN = "; "
SHOUTED = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+(?=\s+[^\WA-Z\d_])")
QUOTES = (("«", "»"), ("“", "”"), ("„", "“"))
NUMBER = re.compile(r"(?<![\w-])\+?\d[\d/ -]{0,16}\d|\b\d\b")
SHORT_NUMBER = re.compile(r"\d{1,2}")  # counts something, and is on no label
SURE_OF_PLAIN = 0.5
TOPICS, FAINT = ("about.", "surely."), ("decline.absent", "trouble.weak", "concept.black_screen")
# wishes, and what answers a card: beside these a “not” tells of no trouble
ELSE = ("intent.request", "intent.demand", "speech.please")
JOINING = ("speech.split", "speech.soft_split")
ASIDE = ("speech.greeting", "speech.closing", "intent.asking")
LONGEST_ASIDE = 4  # words
LEAD_IN = {"moment.since", "moment.at", "moment.around"}  # to a moment
SHOWING = ("concept.message_shown", "cue.error", "field.error", "speech.function")
AS_SAID = (SYMPTOM, ERROR)  # "not" is a part of what happens
COUNTED = (ASSET, EXTENSION)  # may be mere numbers
NO_PAGES = (ACCOUNT, *COUNTED, ERROR, PHONE)
LIKE_DAYS = (*COUNTED, ERROR, ACCOUNT)
DAY = re.compile(r"\d{1,2}[./]\s?\d{1,2}(?:[./]\s?(?:\d{4}|\d\d))?\.?")
NAMES_OF_THINGS = (APPLICATION, SYSTEM)
NAMED = "application"  # what it says is a field, what it knows a list


@dataclass(frozen=True, slots=True)
class Found:
    """A value, where in the text it stands (both 0: nowhere in particular), and how sure."""

    value: str
    start: int = 0
    end: int = 0
    confidence: float = 1.0


def value_of(evidence: Evidence, field: str, spans: Sequence[Span]) -> Found | None:
    """The value of a field whose words the model marked, or None where they say no such thing."""
    reading = evidence.reading
    spans = _last_said(reading, [span for span in spans if not _is_denied(reading, span)])
    if not spans:
        return None
    sure = min(span.confidence for span in spans)
    if field in timing.AHEAD:
        return _moment_of(reading, field, spans)
    if field == NAMED:
        spans = [_whole_product(reading, span) for span in spans]
    places = [_place(evidence, span) for span in spans]
    if field not in CLAUSES:
        start, end = _bounds(reading, field, *places[0])
        if _is_none(reading, field, start, end):
            return None
        value = phone_in(reading, start, end) if field == PHONE else reading.text[start:end]
        return Found(value, start, end, sure) if value else None
    value = JOIN.join(_said_once([reading.text[start:end] for start, end in places]))
    return Found(value, places[0][0], places[-1][1], sure)


def tells_none(reading: Reading, found: Mapping[str, Found]) -> bool:
    """Whether no trouble is told, or all that is said passes for one: an insult."""
    said = found.get(SYMPTOM)
    return said is None or plain(reading.text).strip(" .!,") == plain(said.value)


def without_lead(reading: Reading, found: Mapping[str, Found]) -> dict[str, Found]:
    """Without a symptom that only says that an error is shown, which stands beside it."""
    said = found.get(SYMPTOM)
    if said is None or ERROR not in found or JOIN in said.value:
        return dict(found)
    own = range(reading.token_at(said.start), reading.token_at(said.end - 1) + 1)
    is_lead = reading.covered(SHOWING).issuperset(own)
    return {name: value for name, value in found.items() if not (is_lead and name == SYMPTOM)}


def _said_once(pieces: Sequence[str]) -> list[str]:
    """Without what another says more of: a subject "Blank pages" above "it prints blank pages"."""
    words = [set(plain(piece).split()) for piece in pieces]
    return [
        piece
        for at, piece in enumerate(pieces)
        if not any(
            words[at] < other or (words[at] == other and before < at)
            for before, other in enumerate(words)
        )
    ]


def _after_code(text: str, start: int, end: int) -> int:
    """The end of a name like MEMORY_MANAGEMENT: how often it comes is no part of it."""
    name = SHOUTED.match(text, start, end)
    return name.end() if name else end


def _is_no_number(reading: Reading, field: str, start: int, end: int) -> bool:
    """The 10 of "tomorrow at 10", "win10"; for a label the 214 of "phone 214" neither."""
    before = reading.token_at(start) - 1
    if field == ASSET and reading.text[start:end].isdigit() and is_dialled(reading, before):
        return True
    if field == ASSET and SHORT_NUMBER.fullmatch(reading.text[start:end]):
        return True
    is_of_moment = any(when.start < start and end <= when.end for when in reading.moments)
    return is_of_moment or not without_systems(reading)[start:end].strip()


def _bounds(reading: Reading, field: str, start: int, end: int) -> tuple[int, int]:
    if field == LOCATION:
        return place_spans.bounds(reading, start, end)
    is_abroad = field == EXTENSION and reading.text[:start].endswith("+")
    return start - is_abroad, end


def _is_none(reading: Reading, field: str, start: int, end: int) -> bool:
    if field == LOCATION:
        return place_spans.is_bare(reading, start, end)
    return _is_no_code(reading, field, start, end)


def _is_no_code(reading: Reading, field: str, start: int, end: int) -> bool:
    """Whether it is a moment, “27.11.”, “morning”, or a number of something else."""
    if field in COUNTED and _is_no_number(reading, field, start, end):
        return True
    is_date = field in LIKE_DAYS and DAY.fullmatch(reading.text, start, end) is not None
    is_date = is_date and any(when.start <= start < when.end for when in reading.moments)
    return is_date or (field == ERROR and _is_part_of_day(reading, start, end))


def _is_part_of_day(reading: Reading, start: int, end: int) -> bool:
    """“Morning,” below “it stops with an error” greets."""
    return any(when.part and when.start <= start and end <= when.end for when in reading.moments)


def is_dialled(reading: Reading, at: int) -> bool:
    """Whether this word leads to the number of a telephone."""
    return at in said_of(reading, "told", is_mixed=True)["dialled"]


def failed_since(evidence: Evidence, found: Mapping[str, Found]) -> dict[str, Found]:
    """When it began, where another moment at which it worked tells."""
    when = None if STARTED in found else timing.since_it_failed(evidence.reading)
    if when is None:
        return {}
    value = timing.value(evidence.reading, STARTED, when)
    return {STARTED: Found(value, when.start, when.end)}


def _is_denied(reading: Reading, span: Span) -> bool:
    """Of moments it is left to `timing`: another may stand in the place of one that is denied."""
    start, last = reading.tokens[span.first].start, reading.tokens[span.after - 1]
    if span.field in NO_PAGES and reading.text.startswith(WEB, start):
        return True
    if span.field in (*AS_SAID, *timing.AHEAD):
        return False
    if denied.is_meant_otherwise(reading, span.field, span.first, span.after):
        return True
    if _is_misnamed(reading, span) or _was_left(reading, span):
        return True
    if span.field == LOCATION:
        start = place_spans.with_ordinal(reading, start)  # "not on the | 3. poschodie"
    return denied.is_denied(reading, start, last.end, span.field)


def _was_left(reading: Reading, span: Span) -> bool:
    """“Didn't restart”; “haven't tried anything” says what was, and so does “no”."""
    if span.field != TRIED or reading.found("tried.none", span.first, span.after):
        return False
    negated = reading.found("speech.negation", span.first, span.after)
    is_begun = any(hit.first == span.first and hit.after < span.after for hit in negated)
    return is_begun and bool(reading.found("tried.did", span.first, span.after))


def _is_misnamed(reading: Reading, span: Span) -> bool:
    """Whether it names another: the manager for the account, whom it is for, a mere number."""
    if span.field == ACCOUNT:
        return is_superior(reading, reading.tokens[span.first].start)
    if span.field == APPROVER:
        return is_of_another(reading, span.first)
    is_number = reading.says(span.first, span.after).isdigit()  # "printer on 3"
    return span.field in NAMES_OF_THINGS and is_number


def _last_said(reading: Reading, spans: Sequence[Span]) -> Sequence[Span]:
    """Those after the last word that takes back: "an adapter... no wait, a hub"."""
    for at in range(len(spans) - 1, 0, -1):
        if timing.takes_back(reading, spans[at - 1].after, spans[at].first):
            return spans[at:]
    return spans


def _whole_product(reading: Reading, span: Span) -> Span:
    """All of a name that the lists know, where the model marks a part: the M of M.E.Doc."""
    known = [hit for hit in reading.hits.get(NAMED, ()) if hit.first <= span.first < hit.after]
    after = max((hit.after for hit in known), default=span.after)
    first = min((hit.first for hit in known), default=span.first)
    return replace(span, first=first, after=max(after, span.after))


def whole_names(spans: Sequence[Span]) -> list[Span]:
    """A symptom never begins in the midst of a name, "floor" of "3rd floor", and is no place."""
    names = [span for span in spans if span.field not in CLAUSES]
    places = [span for span in names if span.field == LOCATION]

    def begun(span: Span) -> int:
        cut = (name.after for name in names if name.first < span.first < name.after)
        return max((after for after in cut if after < span.after), default=span.first)

    def is_place(span: Span) -> bool:
        return any(name.first <= span.first and span.after <= name.after for name in places)

    clauses = [span for span in spans if span.field in CLAUSES and not is_place(span)]
    return [*names, *(replace(span, first=begun(span)) for span in clauses)]


def without_moment(evidence: Evidence, found: Mapping[str, Found]) -> dict[str, Found]:
    """The symptom up to the moment that closes it: "jams | since Monday"."""
    trouble, began = found.get(SYMPTOM), found.get(STARTED)
    if trouble is None or began is None or not trouble.start < began.start < trouble.end:
        return {}
    if trouble.end > began.end or JOIN in trouble.value:
        return {}
    after = evidence.reading.token_at(began.start)
    while after and not LEAD_IN.isdisjoint(evidence.lists[after - 1]):
        after -= 1
    end = evidence.reading.tokens[after - 1].end if after else 0
    if end <= trouble.start:
        return {}
    return {SYMPTOM: replace(trouble, value=evidence.reading.text[trouble.start : end], end=end)}


def plain_trouble(evidence: Evidence, spans: Sequence[Span]) -> dict[str, Found]:
    """The symptom where the model marks none: the first clause that plainly tells of a trouble.

    It begins after what names something: "the printer on floor 3 | doesn't print".
    """
    reading = evidence.reading
    for clause in reading.clauses:
        verb = _trouble_at(reading, clause)
        if verb is not None and not any(
            _is_within(clause, span) for span in spans if span.field == TRIED
        ):
            named = [span.after for span in spans if clause.first < span.after <= verb]
            first = max([clause.first, *named])
            start = reading.tokens[first].start
            end = reading.tokens[_before_joining(reading, first, clause.after) - 1].end
            return {SYMPTOM: Found(reading.text[start:end], start, end, SURE_OF_PLAIN)}
    return _faint_trouble(reading, spans)


def _knows_not(reading: Reading) -> bool:
    """Whether something is not known; in Slovak who can't work says it by the same word."""
    states = reading.below("urgency")
    return any(not is_within(hit, states) for hit in reading.hits.get(UNKNOWN, ()))


def _is_long(reading: Reading) -> bool:
    return bool(reading.clauses) and reading.clauses[-1].sentence > 1


def _faint_trouble(reading: Reading, spans: Sequence[Span]) -> dict[str, Found]:
    """The first clause that names a thing beside a “not” or an error: “the keyboard has no a”."""
    if not reading.hits.keys().isdisjoint(ELSE) or _knows_not(reading) or _is_long(reading):
        return {}
    topics = [
        hit for label, hits in reading.hits.items() if label.startswith(TOPICS) for hit in hits
    ]
    for clause in reading.clauses:
        is_named = any(map(clause.holds, topics))
        is_faint = reading.has_any(FAINT, clause)
        is_tried = any(_is_within(clause, span) for span in spans if span.field == TRIED)
        if is_named and is_faint and not is_tried and not _is_asked(reading, clause):
            said = reading.text[clause.start : clause.end]
            return {SYMPTOM: Found(said, clause.start, clause.end, SURE_OF_PLAIN)}
    return {}


def _trouble_at(reading: Reading, clause: Clause) -> int | None:
    """The word of a clause at which a trouble is told."""
    troubles = reading.found("trouble.broken", clause.first, clause.after)
    if troubles:
        return min(hit.first for hit in troubles)
    said = reading.text[clause.start : clause.end]
    before = before_verb(said)
    is_of_thing = bool(reading.below("device", clause.first, clause.after))
    return reading.token_at(clause.start + len(before)) if before != said and is_of_thing else None


def plain_question(evidence: Evidence, _spans: Sequence[Span]) -> dict[str, Found]:
    """The symptom of a question where none is marked: the sentence that asks, else the first.

    Greetings and "quick question" before it are no part of it.
    """
    reading = evidence.reading
    sentences: dict[int, list[Clause]] = {}
    for clause in reading.clauses:
        leads = reading.has_any(ASIDE, clause)
        if not (leads and clause.after - clause.first <= LONGEST_ASIDE):
            sentences.setdefault(clause.sentence, []).append(clause)
    asking = (own for own in sentences.values() if _is_asked(reading, own[-1]))
    own = next(asking, next(iter(sentences.values()), None))
    if own is None:
        return {}
    start, end = own[0].start, own[-1].end
    return {SYMPTOM: Found(reading.text[start:end], start, end, SURE_OF_PLAIN)}


def _is_asked(reading: Reading, clause: Clause) -> bool:
    mark = reading.text[clause.end :].lstrip("»”\"') ")[:1]
    return mark in question_marks(reading.language)


def _is_within(clause: Clause, span: Span) -> bool:
    return span.first < clause.after and clause.first < span.after


def _place(evidence: Evidence, span: Span) -> tuple[int, int]:
    text, tokens, after = evidence.reading.text, evidence.reading.tokens, span.after
    if span.field in CLAUSES:
        after = _before_joining(evidence.reading, span.first, after)
        after = _whole_product(evidence.reading, replace(span, first=after - 1, after=after)).after
    start, end = tokens[span.first].start, tokens[after - 1].end
    if span.field in CLAUSES:
        return start, _with_quote(text, start, end)
    start, end = evidence.whole(WHOLE, start, end)
    return start, _with_quote(text, start, _after_code(text, start, end))


def _with_quote(text: str, start: int, end: int) -> int:
    """With the mark that closes a quotation which was opened there."""
    said = text[start:end]
    closing = next(
        (after for before, after in QUOTES if said.count(before) > said.count(after)), ""
    )
    is_odd = text.startswith('"', end) and said.count('"') % 2 == 1
    return end + 1 if is_odd or (closing and text.startswith(closing, end)) else end


def _before_joining(reading: Reading, first: int, after: int) -> int:
    """Where a clause ends that goes on with "and also": what it joins to is said no more."""
    ends = {
        hit.after: hit.first for label in JOINING for hit in reading.found(label, first + 1, after)
    }
    while after in ends:
        after = ends[after]
    return after


def _moment_of(reading: Reading, field: str, spans: Sequence[Span]) -> Found | None:
    when = timing.chosen(reading, field, [(span.first, span.after) for span in spans])
    if when is None:
        return None
    value = timing.value(reading, field, when)
    return Found(value, when.start, when.end, min(span.confidence for span in spans))


def phone_in(reading: Reading, start: int, end: int) -> str:
    for phone in find_phones(reading.text, reading.language, reading.country):
        if phone.start < end and start < phone.end:
            return phone.number
    return ""


def without_systems(reading: Reading) -> str:
    """The text with blanks for "win10", which looks like a label and is none."""
    return reading.without(reading.below("os")).text
