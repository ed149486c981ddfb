"""Names: programs, systems and folders, the thing wanted, and who approves."""

import re

from intake.understanding.codes import find_path
from intake.understanding.reading import Reading
from intake.understanding.spans import Span, tokens_of, trim

SYSTEM_WORDS = 4
LATIN_NAME = re.compile(r"(?<![\w@.\\/-])[A-Z][a-z]{2,}[A-Za-z]*(?![\w@.\\/-])")
CAMEL = re.compile(r"\b[^\W\d_][^\W\d_A-ZА-ЯΑ-Ω]+[A-ZА-ЯІЇЄΑ-Ω][^\W\d_]+\b")
TITLE = (
    r"(?:[^\W\d_]{1,5}\.|pán|pani|pana|sig|riadite\w+|vedúc\w+|директор\w*|начальник\w*|пан\w*)"
)
LARGE = r"[A-ZА-ЯІЇЄҐΑ-ΩΆ-ΏÁČĎÉÍĹĽŇÓŔŠŤÚÝŽ]"
NAME = rf"(?:{TITLE}\s?)?{LARGE}[\w'’-]+(?:\s{LARGE}(?:[\w'’-]+|\.\s?{LARGE}\.|\.))?"
AFTER = re.compile(rf"[\s:,–—-]{{1,4}}(?:(?:by|від|от|з|ο|η|ο|od|s|il|la|da)\s)?({NAME})")
BEFORE = re.compile(rf"({NAME})[\s,]*$")


def find_application(reading: Reading, *, guesses: bool) -> Span | None:
    """The first product by name, with its version; else a name after a word for "program"."""
    hits = sorted(reading.hits.get("application", ()), key=lambda hit: (hit.first, -hit.after))
    if hits:
        return hits[0].first, _version(reading, hits[0].after)
    for cue in reading.hits.get("cue.program", ()):
        for at in range(cue.after, min(cue.after + 4, len(reading.tokens))):
            if _is_name(reading, at):
                return at, at + 1
    return (_quoted_name(reading) or _foreign_name(reading)) if guesses else None


def _quoted_name(reading: Reading) -> Span | None:
    """A name in quotation marks that no word like "shows" makes an error."""
    for quote in reading.quotes:
        first, after = tokens_of(reading, quote.inner, quote.inner + len(quote.text))
        is_shown = reading.found("cue.error", max(0, first - 4), first)
        is_named = quote.text[:1].isupper() and 0 < after - first <= 3
        if is_named and not is_shown and not reading.found("trouble.shown", first, after):
            return first, after
    return None


def _foreign_name(reading: Reading) -> Span | None:
    """CamelCase anywhere; in Cyrillic or Greek also a large Latin word."""
    camel = CAMEL.search(reading.text)
    if camel:
        return tokens_of(reading, camel.start(), camel.end())
    if reading.language not in ("uk", "el"):
        return None
    for found in LATIN_NAME.finditer(reading.text):
        first, after = tokens_of(reading, found.start(), found.end())
        kinds = ("os", "device", "brand", "connection", "phone_service", "place")
        if not any(reading.below(kind, first, after) for kind in kinds):
            return first, after
    return None


def _version(reading: Reading, after: int) -> int:
    if after < len(reading.tokens):
        token = reading.tokens[after]
        gap = reading.text[reading.tokens[after - 1].end : token.start]
        if gap == " " and re.fullmatch(r"(?:20)?[0-9]{1,2}|365", token.word):
            return after + 1
    return after


def _is_name(reading: Reading, at: int) -> bool:
    token = reading.tokens[at]
    written = reading.text[token.start : token.end]
    is_start = re.search(r"(?:^|[.!?\n])\s*$", reading.text[: token.start]) is not None
    return written[:1].isupper() and len(written) > 2 and not is_start and not reading.is_shouted


def find_system(reading: Reading) -> Span | None:
    """A path, or a word like "folder" or a product with the names that stand about it."""
    path = find_path(reading)
    if path:
        return tokens_of(reading, path.start, path.end)
    for cue in reading.hits.get("cue.system", ()):
        equals = reading.found("speech.equals", cue.after, cue.after + 1)
        if equals and cue.after + 1 < len(reading.tokens) and _is_part(reading, cue.after + 1):
            return _named_around(reading, cue.after + 1, cue.after + 2)
    hits = [*reading.hits.get("application", ()), *reading.hits.get("cue.system", ())]
    for hit in sorted(hits, key=lambda hit: (hit.first, -hit.after)):
        first, after = _named_around(reading, hit.first, hit.after)
        if after - first > 1 or hit.label == "application" or _is_alone_enough(reading, hit.first):
            return first, after
    return None


def _is_alone_enough(reading: Reading, at: int) -> bool:
    return bool(reading.found("cue.system_alone", at, at + 1))


def _named_around(reading: Reading, first: int, after: int) -> Span:
    is_open = True
    while (
        after < len(reading.tokens) and after - first < SYSTEM_WORDS and _adjoins(reading, after)
    ):
        if _is_part(reading, after):
            after += 1
        elif (
            _is_link(reading, after)
            and after + 1 < len(reading.tokens)
            and _is_part(reading, after + 1)
        ):
            after += 2
        elif is_open and reading.language != "en" and _is_plain(reading, after):
            after += 1
            is_open = False
        else:
            break
    while (
        reading.language == "en"
        and first > 0
        and after - first < 3
        and _adjoins(reading, first)
        and _is_plain(reading, first - 1)
    ):
        first -= 1
    while first > 0 and _adjoins(reading, first) and reading.found("cue.system", first - 1, first):
        first -= 1
    return first, after


def _adjoins(reading: Reading, at: int) -> bool:
    if at == 0 or at >= len(reading.tokens):
        return False
    between = reading.text[reading.tokens[at - 1].end : reading.tokens[at].start]
    return between.strip(" «\"'“„") == ""


def _is_part(reading: Reading, at: int) -> bool:
    token = reading.tokens[at]
    written = reading.text[token.start : token.end]
    is_known = reading.found("cue.system", at, at + 1) or reading.found("application", at, at + 1)
    return bool(is_known) or (
        written[:1].isupper() and not reading.is_shouted and len(written) < 20
    )


def _is_link(reading: Reading, at: int) -> bool:
    return bool(reading.found("place.link", at, at + 1))


STOPPING = (
    "speech.function",
    "speech.verb",
    "speech.negation",
    "speech.split",
    "speech.soft_split",
    "speech.please",
    "cue.account",
    "trouble.broken",
    "speech.filler",
)


def _is_plain(reading: Reading, at: int) -> bool:
    if any(reading.found(label, at, at + 1) for label in STOPPING):
        return False
    return not reading.below("moment", at, at + 1) and not reading.below("intent", at, at + 1)


def find_item(reading: Reading, wish: Span, removable: list[Span]) -> Span | None:
    """The noun phrase of a wish: after its verb, before what it is for."""
    verbs = [
        hit for label in ("intent.demand", "intent.request") for hit in reading.found(label, *wish)
    ]
    starts = [hit for hit in verbs if hit.first <= wish[0] + 3]
    first = max((_verb_end(reading, hit.first, hit.after) for hit in starts), default=wish[0])
    after = wish[1]
    for hit in reading.found("speech.purpose", first + 1, wish[1]):
        after = min(after, hit.first)
    first, after = trim(reading, (_after_leads(reading, first, after), after), removable)
    return (first, after) if after > first else None


def _verb_end(reading: Reading, first: int, after: int) -> int:
    """The words of the phrase that belong to the verb; "two" or "laptop" belong to the thing."""
    while (
        after - 1 > first
        and not reading.found("speech.wish_verb", after - 1, after)
        and (
            reading.below("quantity", after - 1, after)
            or reading.found("about.request", after - 1, after)
            or reading.found("speech.counted", after - 1, after)
        )
    ):
        after -= 1
    return after


def _after_leads(reading: Reading, first: int, after: int) -> int:
    moved = True
    while moved and first < after:
        moved = False
        for hit in reading.found("speech.item_lead", first, after):
            if hit.first == first:
                first, moved = hit.after, True
    return first


def find_approver(reading: Reading) -> tuple[int, int] | None:
    """Letters, not tokens: initials and titles belong to a name."""
    for hit in reading.hits.get("cue.approver", ()):
        end = reading.tokens[hit.after - 1].end
        after = AFTER.match(reading.text, end)
        if after:
            return after.start(1), after.end(1)
        before = BEFORE.search(reading.text[: reading.tokens[hit.first].start])
        if before:
            return before.start(1), before.end(1)
    return None
