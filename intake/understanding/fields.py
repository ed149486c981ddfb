"""All fields of one message: which of the things found in it belong where.

The finders know how a thing looks; what stands here is what it is for.
"""

from collections.abc import Callable, Mapping

from intake.understanding import choices, codes, moments, texts
from intake.understanding.codes import Found
from intake.understanding.moments import When
from intake.understanding.phones import find_phones
from intake.understanding.places import find_places
from intake.understanding.reading import Reading
from intake.understanding.spans import Span, joined, tokens_of

Fields = dict[str, Found]


def read_fields(reading: Reading, intent: str, category: str) -> Fields:
    """Every field of the message with a value, canonical and with its place in the text."""
    fields: Fields = {}
    for name, read in READERS.items():
        found = read(reading, category)
        if found is not None and found.value:
            fields[name] = found
    if intent == "report" or intent == "request" or intent == "question":
        spans = texts.find_symptom(reading, _removable(reading, fields))
        if spans:
            fields["symptom"] = _spanned(reading, spans)
    return fields


def _removable(reading: Reading, fields: Mapping[str, Found]) -> list[Span]:
    spans = [(when.first, when.after) for when in reading.moments]
    spans += [
        tokens_of(reading, found.start, found.end)
        for name, found in fields.items()
        if name in ("asset", "location", "error", "phone", "extension", "account")
    ]
    return [_with_lead(reading, span) for span in spans]


def _with_lead(reading: Reading, span: Span) -> Span:
    """The span with the preposition before it."""
    first, after = span
    leads = (
        "place.before",
        "moment.since",
        "moment.at",
        "moment.by",
        "place.link",
        "cue.error",
        "cue.asset",
    )
    while first > 0 and any(reading.found(label, first - 1, first) for label in leads):
        first -= 1
    return first, after


def _spanned(reading: Reading, spans: list[Span]) -> Found:
    tokens = reading.tokens
    return Found(tokens[spans[0][0]].start, tokens[spans[-1][1] - 1].end, joined(reading, spans))


def _choice(value: str) -> Found | None:
    return Found(0, 0, value) if value else None


def _asset(reading: Reading, category: str) -> Found | None:
    return next(iter(codes.find_assets(reading)), None)


def _error(reading: Reading, category: str) -> Found | None:
    return next(iter(codes.find_errors(reading)), None)


def _extension(reading: Reading, category: str) -> Found | None:
    return codes.find_extension(reading) if category == "telephony" else None


def _account(reading: Reading, category: str) -> Found | None:
    return codes.find_account(reading) if category in ("email", "access") else None


def _phone(reading: Reading, category: str) -> Found | None:
    for text in (reading.text, reading.layout.signature):
        for phone in find_phones(text, reading.language):
            return Found(phone.start, phone.end, phone.number)
    return None


def _started(reading: Reading, category: str) -> Found | None:
    for when in reading.moments:
        if "by" not in when.roles and (
            "since" in when.roles or "begin" in when.roles or _is_beside_trouble(reading, when)
        ):
            return Found(when.start, when.end, moments.resolve(when, reading.now, is_ahead=False))
    return None


def _is_beside_trouble(reading: Reading, when: When) -> bool:
    clause = next((c for c in reading.clauses if c.first <= when.first < c.after), None)
    return (
        clause is not None
        and not texts.is_taken(reading, clause)
        and reading.has("trouble.broken", clause)
    )


def _deadline(reading: Reading, category: str) -> Found | None:
    for when in reading.moments:
        if "by" in when.roles or "need" in when.roles:
            return Found(when.start, when.end, moments.resolve(when, reading.now, is_ahead=True))
    return None


def _location(reading: Reading, category: str) -> Found | None:
    places = find_places(reading)
    return _spanned(reading, places[:1]) if places else None


def _tried(reading: Reading, category: str) -> Found | None:
    spans = texts.find_tried(reading, [(when.first, when.after) for when in reading.moments])
    return _spanned(reading, spans) if spans else None


def _application(reading: Reading, category: str) -> Found | None:
    span = texts.find_application(reading)
    return _spanned(reading, [span]) if span else None


def _connection(reading: Reading, category: str) -> Found | None:
    return _choice(choices.first_named(reading, "connection"))


def _phone_service(reading: Reading, category: str) -> Found | None:
    return _choice(choices.first_named(reading, "phone_service"))


def _device(reading: Reading, category: str) -> Found | None:
    value = choices.first_named(reading, "device")
    return None if value == category else _choice(value)


READERS: Mapping[str, Callable[[Reading, str], Found | None]] = {
    "asset": _asset,
    "device": _device,
    "os": lambda reading, category: _choice(choices.read_os(reading)),
    "memory": lambda reading, category: _choice(choices.read_memory(reading)),
    "application": _application,
    "error": _error,
    "started": _started,
    "tried": _tried,
    "scope": lambda reading, category: _choice(choices.read_scope(reading)),
    "urgency": lambda reading, category: _choice(choices.read_urgency(reading)),
    "location": _location,
    "phone": _phone,
    "extension": _extension,
    "phone_service": _phone_service,
    "connection": _connection,
    "account": _account,
    "deadline": _deadline,
}
