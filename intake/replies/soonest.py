"""Who is asked by when and says “as soon as possible” has answered, though with no day.

Pure. The words stand at the message; the question is settled, since asking it again is in vain.
"""

from intake.understanding.phrases import said_of
from intake.understanding.reading import Reading

TABLE = "told"
AROUND = (
    "speech.please", "speech.greeting", "speech.closing", "speech.function", "speech.filler",
    "speech.filler_after", "speech.answer_lead", "moment.need", "field.deadline", "intent.thanks",
)  # fmt: skip


def says_soonest(reading: Reading) -> bool:
    """Whether a clause says that, and nothing else."""
    soonest = said_of(reading, TABLE, is_mixed=True)["soonest"]
    if not soonest:
        return False
    around = reading.covered(AROUND) | {
        at for at, token in enumerate(reading.tokens) if token.word.isdecimal()
    }
    return any(
        soonest.intersection(own.words) and set(own.words) <= soonest | around
        for own in reading.clauses
    )
