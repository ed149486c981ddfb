"""“None of it except windows 11”: all that is asked is declined, but for what follows if any.

Pure. What the words that follow say is left to `answers`.
"""

from intake.replies.foreign_clauses import SMALL
from intake.understanding.layout import blanked
from intake.understanding.phrases import hits_of, said_of
from intake.understanding.reading import Reading

TABLE = "excepting"
BESIDE = (*SMALL, "decline.unknown", "speech.closing", "speech.greeting")


def excepted(reading: Reading) -> str:
    """The text with blanks for “none of it except”, or "" where nobody says so."""
    hits = hits_of(reading, TABLE, is_mixed=True)
    begun = {hit.after: hit.first for hit in hits["nothing"]}
    places = [(hit.first, hit.after) for hit in hits["nothing_but"]]
    places += [(begun[hit.first], hit.after) for hit in hits["except"] if hit.first in begun]
    if not places or max(after for _, after in places) == len(reading.tokens):
        return ""
    first, after = min(places)
    start, end = reading.tokens[first].start, reading.tokens[after].start
    return blanked(reading.text, [(start, end)])


def knows_none(reading: Reading) -> bool:
    """Whether it says “I know none of this”, and nothing else."""
    said = said_of(reading, TABLE, is_mixed=True)["none_of_it"]
    return reading.says_only(said, BESIDE)
