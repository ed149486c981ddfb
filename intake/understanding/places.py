"""Where: floors, rooms, buildings, towns and home, as the shortest words that say it."""

from intake.understanding.lexicon import Hit
from intake.understanding.reading import Reading
from intake.understanding.spans import Span

BROUGHT = ("place.about", "place.ordinal")
MOST_WORDS_BEFORE = 2


def find_places(reading: Reading) -> list[Span]:
    """Spans of places, neighbours joined over a comma, in the order of the text."""
    spans: list[Span] = []
    for hit in sorted(reading.below("place"), key=_openness):
        if hit.label not in ("place.head", "place.open", "place.city", "place.home"):
            continue
        if spans and hit.first < spans[-1][1]:
            continue
        span = _grown(reading, hit.first, hit.after, hit.label)
        if spans and _is_joined(reading, spans[-1], span):
            spans[-1] = (spans[-1][0], span[1])
        else:
            spans.append(span)
    return [span for span in spans if _is_place(reading, span)]


def _openness(hit: Hit) -> tuple[int, bool]:
    """By their order; of two at the same word the one that takes a name after it."""
    return hit.first, hit.label != "place.open"


def _is_place(reading: Reading, span: Span) -> bool:
    """Whether one could go there: "the office" alone, or "our department", is no place."""
    return not reading.found("place.none", max(0, span[0] - 2), span[1])


def _is_surname(reading: Reading, span: Span) -> bool:
    """Greta Sala is no hall."""
    if span[1] - span[0] > 1 or span[0] == 0 or reading.is_shouted:
        return False
    before, own = (reading.tokens[at] for at in (span[0] - 1, span[0]))
    written = reading.text[before.start : before.end] + reading.text[own.start : own.end]
    is_large = written[:1].isupper() and reading.text[own.start].isupper()
    return is_large and not reading.found("place.before", span[0] - 1, span[0])


def _is_joined(reading: Reading, before: Span, span: Span) -> bool:
    between = reading.text[reading.tokens[before[1] - 1].end : reading.tokens[span[0]].start]
    if between.strip() in ("", ",", "/", "-", "–", "."):
        return between.strip() != "." or len(between) == 1
    links = reading.found("place.link", before[1], span[0])
    return (
        "\n" not in between and sum(hit.after - hit.first for hit in links) >= span[0] - before[1]
    )


def _grown(reading: Reading, first: int, after: int, label: str) -> Span:
    if label == "place.home":
        return first, after
    return _to_left(reading, first), _to_right(reading, after, is_open=label == "place.open")


def _to_left(reading: Reading, first: int) -> int:
    while first > 0 and _touches(reading, first - 1):
        before = reading.tokens[first - 1].word
        is_brought = any(reading.found(label, first - 1, first) for label in BROUGHT)
        if not (is_brought or before[:1].isdigit()):
            break
        first -= 1
    if reading.language == "en":
        first = _nouns_before(reading, first)
    return first


def _nouns_before(reading: Reading, first: int) -> int:
    """English puts what a room is called before it: "goods-in office", "meeting room"."""
    least = max(0, first - MOST_WORDS_BEFORE)
    while first > least and _touches(reading, first - 1):
        if any(
            reading.found(label, first - 1, first) for label in ("speech.function", "speech.verb")
        ):
            break
        if reading.below("trouble", first - 1, first) or reading.below("device", first - 1, first):
            break
        first -= 1
    return first


def _to_right(reading: Reading, after: int, *, is_open: bool) -> int:
    tokens = reading.tokens
    is_first = True
    while after < len(tokens) and _touches(reading, after - 1):
        if _continues(reading, after) or (is_open and is_first and _is_noun(reading, after)):
            after += 1
        elif reading.found("place.link", after, after + 1) and _continues(reading, after + 1):
            after += 2
        elif _beside(reading, after):
            after = _beside(reading, after)
        else:
            break
        is_first = False
    return after


def _beside(reading: Reading, at: int) -> int:
    """The token after words like "next to the lifts", or 0."""
    for hit in reading.found("place.beside", at, at + 3):
        after = hit.after
        while after < len(reading.tokens) and reading.found("speech.article", after, after + 1):
            after += 1
        if hit.first == at and after < len(reading.tokens) and _is_noun(reading, after):
            return after + 1
    return 0


def _continues(reading: Reading, at: int) -> bool:
    if at >= len(reading.tokens) or (at and not _touches(reading, at - 1)):
        return False
    token = reading.tokens[at]
    written = reading.text[token.start : token.end]
    is_numbered = written[:1].isdigit() or (len(written) <= 3 and any(map(str.isdigit, written)))
    is_lettered = len(written) == 1 and written.isupper() and not reading.is_shouted
    is_named = written[:1].isupper() and not reading.is_shouted and not _is_product(reading, at)
    is_place = any(
        reading.found(label, at, at + 1)
        for label in ("place.head", "place.open", "place.about", "place.ordinal")
    )
    return is_numbered or is_lettered or is_named or is_place


def _is_product(reading: Reading, at: int) -> bool:
    return bool(
        reading.found("application", at, at + 1)
        or reading.below("brand", at, at + 1)
        or reading.below("os", at, at + 1)
    )


def _is_noun(reading: Reading, at: int) -> bool:
    labels = (
        "speech.function",
        "speech.negation",
        "speech.split",
        "speech.soft_split",
        "speech.filler",
    )
    is_plain = not any(reading.found(label, at, at + 1) for label in labels)
    return (
        is_plain
        and not reading.below("trouble", at, at + 2)
        and not reading.below("moment", at, at + 1)
    )


def _touches(reading: Reading, at: int) -> bool:
    """Whether nothing but a blank (or №, #, a hyphen) stands between a word and the next."""
    if at + 1 >= len(reading.tokens):
        return False
    between = reading.text[reading.tokens[at].end : reading.tokens[at + 1].start]
    return between.strip(" №#nN°º'’.-\"«»") == "" and "\n" not in between and ". " not in between
