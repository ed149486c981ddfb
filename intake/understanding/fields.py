"""All fields of one message: which of the things found in it belong where.

The finders know how a thing looks; what stands here is what it is for.
"""

from collections.abc import Callable, Mapping

from intake.understanding import choices, codes, moments, names, texts
from intake.understanding.codes import Found
from intake.understanding.lexicon import lexicon, tokenize
from intake.understanding.moments import When
from intake.understanding.phones import as_phone, find_phones
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
    _settle_numbers(reading, category, fields)
    removable = _removable(reading, fields)
    spans = SYMPTOMS[intent](reading, removable, fields)
    if spans:
        fields["symptom"] = _spanned(reading, spans)
        item = names.find_item(reading, spans[0], removable) if category == "request" else None
        if item:
            fields["item"] = _spanned(reading, [item])
    return fields


def _reported(reading: Reading, removable: list[Span], fields: Fields) -> list[Span]:
    subjects = [(hit.first, hit.after) for hit in reading.below("brand")]
    subjects += [
        tokens_of(reading, found.start, found.end)
        for name, found in fields.items()
        if name in ("location", "extension", "asset") and (subjects or name != "location")
    ]
    return texts.find_symptom(reading, removable, subjects)


def _wished(reading: Reading, removable: list[Span], fields: Fields) -> list[Span]:
    return texts.find_wish(reading, removable) or _reported(reading, removable, fields)


def _asked(reading: Reading, removable: list[Span], fields: Fields) -> list[Span]:
    return texts.find_question(reading) or texts.find_wish(reading, [])


SYMPTOMS = {"report": _reported, "request": _wished, "question": _asked}


def _settle_numbers(reading: Reading, category: str, fields: Fields) -> None:
    """In telephony the first number of the body is the line in trouble, not the call-back."""
    if category != "telephony":
        return
    numbers = codes.find_numbers(reading)
    if "extension" not in fields and numbers and not _is_call_back(reading, numbers[0]):
        fields["extension"] = numbers[0]
    line, phone = fields.get("extension"), fields.get("phone")
    if line and phone and line.start <= phone.start < line.end:
        later = [n for n in numbers if n.start > line.end and _is_call_back(reading, n)]
        signed = find_phones(reading.layout.signature, reading.language)
        other = next((Found(p.start, p.end, p.number) for p in signed), None)
        del fields["phone"]
        if later:
            fields["phone"] = Found(
                later[0].start, later[0].end, as_phone(later[0].value, reading.language)
            )
        elif other:
            fields["phone"] = other


def _is_call_back(reading: Reading, number: Found) -> bool:
    at = reading.token_at(number.start)
    return bool(reading.found("cue.call_me", max(0, at - 4), at))


def _removable(reading: Reading, fields: Mapping[str, Found]) -> list[Span]:
    spans = [(when.first, when.after) for when in reading.moments]
    spans += [(hit.first, hit.after) for hit in reading.below("scope")]
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
            if not _is_foreign(reading, text, phone.start):
                return Found(phone.start, phone.end, phone.number)
    spelled = as_phone(codes.find_spelled(reading), reading.language)
    return Found(0, 0, spelled) if spelled else None


def _is_foreign(reading: Reading, text: str, position: int) -> bool:
    """A fax, a switchboard, somebody else's number."""
    line = text[:position].rsplit("\n", 1)[-1][-24:]
    tokens = tokenize(line, reading.language)
    found = lexicon(reading.language).find(tokens)
    return bool(found.get("cue.not_phone"))


def _started(reading: Reading, category: str) -> Found | None:
    for when in reading.moments:
        is_due = "by" in when.roles or (category in ("access", "request") and "need" in when.roles)
        if not is_due and _is_beginning(reading, when):
            value = moments.resolve(when, reading.now, is_ahead=False)
            return Found(when.start, when.end, value)
    return None


def _is_beginning(reading: Reading, when: When) -> bool:
    clause = next((c for c in reading.clauses if c.first <= when.first < c.after), None)
    if clause is None or reading.has("intent.thanks", clause) or texts.is_tried(reading, clause):
        return False
    if when.roles & {"since", "begin"}:
        return not reading.has("trouble.before", clause)
    if texts.is_taken(reading, clause) or reading.has("trouble.before", clause):
        return False
    is_alone = clause.first >= when.first and clause.after <= when.after
    return is_alone or reading.has("trouble.broken", clause)


def _deadline(reading: Reading, category: str) -> Found | None:
    """By when; in a wish also a bare day that is still to come."""
    is_wish = category in ("access", "request")
    due = [w for w in reading.moments if w.roles & {"by", "need"} and "since" not in w.roles]
    bare = [w for w in reading.moments if is_wish and not w.roles & {"since", "begin"}]
    for when in (*due, *bare):
        value = moments.resolve(when, reading.now, is_ahead=True)
        if value[:10] >= reading.now.date().isoformat():
            return Found(when.start, when.end, value)
    return None


def _location(reading: Reading, category: str) -> Found | None:
    places = find_places(reading)
    return _spanned(reading, places[:1]) if places else None


def _tried(reading: Reading, category: str) -> Found | None:
    spans = texts.find_tried(reading, [(when.first, when.after) for when in reading.moments])
    return _spanned(reading, spans) if spans else None


def _application(reading: Reading, category: str) -> Found | None:
    span = names.find_application(reading, guesses=category == "software")
    return _spanned(reading, [span]) if span else None


def _system(reading: Reading, category: str) -> Found | None:
    if category != "access":
        return None
    path = codes.find_path(reading)
    if path:
        return path
    span = names.find_system(reading)
    return _spanned(reading, [span]) if span else None


def _approver(reading: Reading, category: str) -> Found | None:
    if category not in ("access", "request"):
        return None
    found = names.find_approver(reading)
    return Found(*found, reading.text[slice(*found)]) if found else None


def _connection(reading: Reading, category: str) -> Found | None:
    return _choice(choices.first_named(reading, "connection"))


def _phone_service(reading: Reading, category: str) -> Found | None:
    return _choice(choices.first_named(reading, "phone_service"))


CARRIED = ("laptop", "desktop", "phone", "tablet")
DEVICES = {
    "computer": (*CARRIED, "monitor", "peripheral", "server", "printer", "other"),
    "printer": ("scanner",),
    "email": CARRIED,
    "network": CARRIED,
    "software": CARRIED,
    "question": CARRIED,
}


def _device(reading: Reading, category: str) -> Found | None:
    """The machine it is about: not the mouse that was tried instead of another."""
    allowed = DEVICES.get(category, ())
    for hit in sorted(reading.below("device"), key=lambda hit: (hit.first, hit.first - hit.after)):
        value = hit.label.rpartition(".")[2]
        clause = next((c for c in reading.clauses if c.first <= hit.first < c.after), None)
        in_code = any(
            asset.start <= reading.tokens[hit.first].start < asset.end
            for asset in codes.find_assets(reading)
        )
        if value in allowed and not in_code and clause and not texts.is_tried(reading, clause):
            return Found(0, 0, value)
    return None


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
    "system": _system,
    "approver": _approver,
}
