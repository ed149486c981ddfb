"""Whether a message takes something back, and whether it says a value and nothing else.

Pure. What is corrected by it is left to `corrections`.
"""

import re
from collections.abc import Mapping, Sequence

from intake.replies.repetitions import restated
from intake.understanding.fields import (
    CONNECTION,
    DEVICE,
    PHONE,
    PHONE_SERVICE,
    SCOPE,
    SYMPTOM,
    URGENCY,
)
from intake.understanding.phrases import said_of
from intake.understanding.reading import Reading, covered_by

CORRECTS, MISTAKE = "reply.corrects", "reply.mistake"
APART = re.compile(
    r"\s*(?:[,.;!:–—-]|$)"
)  # after "error", which is also what a screen shows, or "no"
COUNT = re.compile(r"\d+\w*")
MARKS = re.compile(r"(?:\s*[,.;:!–—-])*")
BARE = {  # lists of words: the field and the value that they say
    "floor": (SCOPE, "site"), "several": (SCOPE, "team"), "nobody_else": (SCOPE, "me"),
    "standing": (DEVICE, "desktop"), "goes_slowly": (URGENCY, "degraded"),
    "firm": (SCOPE, "company"), "on_screen": (PHONE_SERVICE, "softphone"),
    "on_desk": (PHONE_SERVICE, "landline"), "carried": (PHONE_SERVICE, "mobile"),
    "recorded": (PHONE_SERVICE, "voicemail"), "wired": (CONNECTION, "cable"),
    "by_phone": (CONNECTION, "mobile"), "cordless": (CONNECTION, "wifi"),
    "portable": (DEVICE, "laptop"), "box": (DEVICE, "desktop"), "display": (DEVICE, "monitor"),
    "reads_codes": (DEVICE, "scanner"), "serves": (DEVICE, "server"),
    "eleven": ("os", "windows-11"), "ten": ("os", "windows-10"),
    "some_windows": ("os", "windows"),
}  # fmt: skip
AROUND = (
    CORRECTS, MISTAKE, "speech.correction", "reply.instead", "reply.number",
    "reply.around", "speech.answer_lead", "speech.equals", "speech.article", "speech.filler",
    "speech.soft_split", "speech.split", "speech.greeting", "speech.please", "speech.closing",
    "speech.yes", "speech.no", "place.before", "moment.begin", "moment.at",
)  # fmt: skip


def taken_back(reading: Reading) -> Sequence[tuple[int, int]]:
    """Where words stand that take something back, with their marks: "sorry, I meant", "no,"."""
    hits = list(reading.hits.get(CORRECTS, ()))
    opening = [
        hit for hit in reading.hits.get("speech.no", ()) if (hit.first, hit.after) == (0, 1)
    ]
    hits += [
        hit
        for hit in (*opening, *reading.hits.get(MISTAKE, ()))
        if APART.match(reading.text, reading.tokens[hit.after - 1].end)
    ]
    places = [reading.letters(hit) for hit in hits]
    places += restated(reading.text)
    return [(start, _with_marks(reading.text, end)) for start, end in places]


def _with_marks(text: str, end: int) -> int:
    marks = MARKS.match(text, end)
    return marks.end() if marks else end


def is_plain(reading: Reading, field: str, said: Mapping[str, str], *, is_whole: bool) -> bool:
    """Whether there are only values and small words: in all of it, or beside the field's value."""
    labels = (*AROUND, f"field.{field}", f"cue.{field}")
    own = words_of_value(reading, field, said[field])
    told = reading.covered(labels) | own | said_of(reading, "restating")["own"]
    for name, value in said.items():
        if name == SYMPTOM:  # whoever tells of one does more than correct
            continue
        told |= words_of_value(reading, name, value)
    told |= covered_by(reading.below("device"))
    told |= {at for place in restated(reading.text) for at in _between(reading, *place)}
    asked = {
        at
        for clause in reading.clauses
        if is_whole or own.intersection(clause.words)
        for at in clause.words
    }
    return asked <= told


def words_of_value(reading: Reading, field: str, value: str) -> set[int]:
    """The words that say a value; one that is not kept as it stands is where such words are."""
    found = covered_by(reading.below(field))
    start = reading.text.find(value)
    if start >= 0:
        return found | _between(reading, start, start + len(value))
    found |= covered_by(reading.moments)
    if field == PHONE:
        found |= {at for at, token in enumerate(reading.tokens) if token.word.isdigit()}
    return found


def _between(reading: Reading, start: int, end: int) -> set[int]:
    return {
        at for at, token in enumerate(reading.tokens) if token.start < end and start < token.end
    }


def lone_count(reading: Reading) -> str:
    """The one word that stands there, where it is a number."""
    around = reading.covered(AROUND)
    nth = {hit.first for hit in reading.below("reply.nth") if hit.first + 1 == hit.after}
    numbers = {at for at, token in enumerate(reading.tokens) if COUNT.fullmatch(token.word)} | nth
    others = set(range(len(reading.tokens))) - around - numbers
    told = [at for at in numbers if not others]
    return reading.says(told[0], told[0] + 1) if len(told) == 1 else ""
