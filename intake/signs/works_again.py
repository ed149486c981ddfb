"""Whether somebody says that a thing works again, in words that no list has as a whole.

Pure. What it is, what it does, that it does so again, and small words: nothing else may stand in
such a clause, since “it prints blank pages again” tells a trouble. What follows is left to
`solving`.
"""

from collections.abc import Mapping, Set

from intake.understanding.lexicon import Hit
from intake.understanding.phrases import said_of
from intake.understanding.reading import Clause, Reading

OVER = "over"
THINGS = ("about.", "surely.", "device.", "application", "connection.")
SMALL = (
    "speech.function", "speech.filler", "speech.filler_after", "speech.article", "speech.please",
    "speech.greeting", "speech.closing", "speech.yes", "intent.thanks", "concept.ok_yes",
    "concept.thanks", "moment.lasting",
)  # fmt: skip
DENYING = ("speech.not", "speech.negation", "concept.no_word", "trouble.broken")


def says_again(reading: Reading) -> list[Hit]:
    """The clauses that say so, each whole."""
    said = said_of(reading, OVER, is_mixed=True)
    if not (said["works"] | said["comes_back"] | said["runs"]):
        return []
    denied, small = reading.covered(DENYING), reading.covered(SMALL)
    things = reading.covered([one for one in reading.hits if one.startswith(THINGS)])
    verbs = said["works"] | said["comes_back"] | said["runs"]
    known = verbs | said["anew"] | said["beside"] | small | things
    known -= said_of(reading, "working", is_mixed=True)["slowly"]
    known -= said["returns"] - verbs - said["anew"] - small  # "the error is back"
    return [
        Hit("works again", clause.first, clause.after)
        for clause in reading.clauses
        if _says(said, things - verbs, clause) and set(clause.words) <= known - (denied - verbs)
    ]


def _says(said: Mapping[str, Set[int]], things: Set[int], clause: Clause) -> bool:
    """“It booted” is enough; of “is back” it must be told what is."""
    own = set(clause.words)
    is_anew = bool(own & said["anew"] - said["comes_back"])
    if own & said["runs"] or (own & said["works"] and is_anew):
        return True
    return bool(own & said["comes_back"] and (is_anew or own & things))
