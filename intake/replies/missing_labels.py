"""Whether words say that the sticker with a machine's number is missing: it can't be told then.

Pure. Where labels are printed the same words name a thing: so it is heard only where a card asks
for the number. What else can't be told is left to `declining`.
"""

from collections.abc import Collection, Sequence

from intake.understanding.fields import ASSET
from intake.understanding.phrases import said_of
from intake.understanding.reading import Reading

TABLE = "unlabelled"
LONGEST = 12  # words
THINGS = "device."  # on which it would be
SMALL = ("speech.function", "speech.filler", "speech.article", "concept.sorry", "speech.no")


def lacks_label(reading: Reading, asked: Collection[str]) -> bool:
    """“There is no sticker”, “the label is worn off”, and nothing else, where that is asked."""
    if ASSET not in asked or len(reading.tokens) > LONGEST:
        return False
    said = said_of(reading, TABLE)
    told = said["label"] | said["lacking"] | said["bare"]
    is_told = bool((said["label"] and said["lacking"]) or said["bare"])
    return is_told and reading.says_only(told, _beside(reading), said["around"])


def unseen_until(reading: Reading) -> int:
    """Where the clauses end that open a reply to the hint by saying so: “I can't see it”."""
    end = 0
    for clause in reading.clauses:
        own = reading.within(clause)
        said = said_of(own, TABLE)
        told = said["lacking"] | said["bare"]
        around = said["label"] | said["around"] | said["it"]
        if not own.says_only(told, _beside(own), around):
            break
        end = clause.end
    return end


def _beside(reading: Reading) -> Sequence[str]:
    return (*SMALL, *(label for label in reading.hits if label.startswith(THINGS)))
