"""Who asks what became of what they wrote: “when do I get an answer?”, “how is my laptop doing?”.

What is answered is left to `intake.smalltalk`.
"""

from collections.abc import Set

from intake.understanding.phrases import hits_of, said_of
from intake.understanding.reading import Reading, covered_by
from intake.understanding.stops import question_marks
from intake.understanding.wordlists import BROKEN, DENYING

CHASING, REACTIONS = "chasing", "reactions"
TOPICS = (
    "about.", "surely.", "application", "brand", "device.", "connection.", "phone_service.", "os.",
)  # fmt: skip
COURTESIES = (
    "speech.greeting", "speech.please", "speech.closing", "speech.filler", "speech.article",
)  # fmt: skip

AROUND_DONE = (
    "speech.function", "speech.filler_after", "speech.equals", "concept.still_waiting",
    "concept.already", "intent.solved",
)  # fmt: skip


def chases(reading: Reading) -> bool:
    """Whether it asks so, with no trouble beside."""
    said = said_of(reading, CHASING)["chases"]
    is_said = bool(said) and reading.covered(BROKEN) <= said
    return is_said or asks_after(reading) or asks_if_done(reading) or is_impatient(reading)


def asks_if_done(reading: Reading) -> bool:
    """“Is it ready?”, “is 1010 still open?”, and nothing else."""
    done = said_of(reading, CHASING)["done"]
    if not (done and is_marked(reading)) or reading.has_any(DENYING):
        return False
    around = said_of(reading, REACTIONS)["ticket"] | _numbers(reading)
    return reading.says_only(done, (*COURTESIES, *AROUND_DONE), around)


def _numbers(reading: Reading) -> set[int]:
    return {at for at, token in enumerate(reading.tokens) if token.word.isdecimal()}


def is_impatient(reading: Reading) -> bool:
    """“This is taking ages”, and nothing else: of the desk, and not of a machine."""
    said = said_of(reading, CHASING)["impatient"]
    return reading.says_only(said, (*COURTESIES, "speech.function", "speech.filler_after"))


def asks_after(reading: Reading) -> bool:
    """How a thing is, and nothing else: “how is my laptop doing?”, briefly “and my printer?”."""
    return asks_how_it_goes(reading) or _asks_briefly(reading)


def asks_how_it_goes(reading: Reading) -> bool:
    """In so many words, of a thing or of all: “how is it going?”."""
    said = said_of(reading, REACTIONS)
    return bool(said["after"]) and _is_all(reading, said["after"])


def asks_of_all(reading: Reading) -> bool:
    """“How is it going?”, which names nothing."""
    return asks_how_it_goes(reading) and not _things(reading)


def _asks_briefly(reading: Reading) -> bool:
    bare = hits_of(reading, REACTIONS)["after_asked"]
    opens = covered_by(hit for hit in bare if hit.first == 0)
    return bool(opens and _things(reading)) and is_marked(reading) and _is_all(reading, opens)


def _is_all(reading: Reading, opens: Set[int]) -> bool:
    around = said_of(reading, REACTIONS)["nearby"] | _things(reading)
    return reading.says_only(opens, COURTESIES, around)


def _things(reading: Reading) -> set[int]:
    things = [label for label in reading.hits if label.startswith(TOPICS)]
    return reading.covered(things) | said_of(reading, REACTIONS)["ticket"]


def is_marked(reading: Reading) -> bool:
    """Whether a question mark ends it, which in Greek is “;”."""
    return reading.text.rstrip(" )!.").endswith(question_marks(reading.language))
