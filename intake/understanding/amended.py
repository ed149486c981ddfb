"""What a code is put right to: “PC-4, no wait, that's Jean's. Mine is PC-6”, “301, not 310”."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from intake.understanding.denied import is_denied
from intake.understanding.evidence import Evidence
from intake.understanding.fields import ACCOUNT, ASSET, EXTENSION
from intake.understanding.phrases import hits_of
from intake.understanding.reading import Reading
from intake.understanding.timing import TAKES_BACK
from intake.understanding.values import NUMBER, SURE_OF_PLAIN, Found

CODE = "code"  # of which any may be a label: one of the same length is another
LIKE = {ASSET: ("label", CODE), ACCOUNT: ("mail", "login")}  # shapes of another such value
SHORTEST = 2  # digits
LONGEST = 12  # words between the two


def amended(evidence: Evidence, found: Mapping[str, Found]) -> dict[str, Found]:
    """The values that stand in place of those that are taken back."""
    later: dict[str, Found] = {}
    for name in (*LIKE, EXTENSION):
        own = found.get(name)
        if own is None:
            continue
        for start, end in _alike(evidence, name, own):
            if _is_taken_back(evidence.reading, own, start) and not is_denied(
                evidence.reading, start, end, name
            ):
                value = evidence.reading.text[start:end]
                later[name] = replace(own, value=value, start=start, end=end)
    return later


def left_over(evidence: Evidence) -> dict[str, Found]:
    """The one line that is not denied, where another is: “it's 301 that's broken, not 310”."""
    reading = evidence.reading
    spans = [number.span() for number in NUMBER.finditer(reading.text)]
    lines = [
        span for span in spans if span[1] - span[0] >= SHORTEST and not _is_timed(reading, span)
    ]
    kept = [span for span in lines if not is_denied(reading, *span, EXTENSION)]
    if len(lines) == len(kept) or len(kept) != 1:
        return {}
    start, end = kept[0]
    return {EXTENSION: Found(reading.text[start:end], start, end, SURE_OF_PLAIN)}


def _is_timed(reading: Reading, span: tuple[int, int]) -> bool:
    return any(when.start <= span[0] < when.end for when in reading.moments)


def _alike(evidence: Evidence, name: str, own: Found) -> Iterator[tuple[int, int]]:
    """Where another value of the same kind stands after it."""
    text = evidence.reading.text
    if name == EXTENSION:
        numbers = (number.span() for number in NUMBER.finditer(text, own.end))
        yield from (span for span in numbers if span[1] - span[0] == len(own.value))
        return
    kinds = {one.name for one in evidence.shapes if one.start <= own.start < one.end}
    for shape in evidence.shapes:
        is_same = shape.name in kinds.intersection(LIKE[name])
        is_long = shape.name != CODE or shape.end - shape.start == len(own.value)
        if shape.start > own.end and is_same and is_long:
            yield shape.start, shape.end


def _is_taken_back(reading: Reading, own: Found, start: int) -> bool:
    first, after = reading.token_at(own.end - 1) + 1, reading.token_at(start)
    if after - first > LONGEST:
        return False
    between = hits_of(reading, "denied", is_mixed=True)["instead"]
    is_instead = any(first <= hit.first and hit.after <= after for hit in between)
    return is_instead or any(reading.found(label, first, after) for label in TAKES_BACK)
