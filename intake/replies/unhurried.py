"""What a no behind a label that asks for haste says: "urgent: no" can wait.

Under the card's own question, whether one can work, a no says that one can't; that is `answers`.
"""

from intake.understanding.asked import Asked
from intake.understanding.fields import URGENCY
from intake.understanding.reading import Reading
from intake.understanding.wordlists import HASTE

CAN_WAIT = "minor"
NO = ("speech.no", "decline.absent", "concept.no_word")
AROUND = ("speech.function", "speech.filler", "speech.equals", HASTE)


def unhurried(whole: Reading, asked: Asked) -> dict[str, str]:
    for at, part in enumerate(asked.parts):
        if part.mark is None or asked.field_of(at) != URGENCY:
            continue
        label = whole.piece(whole.text[part.mark : part.start])
        said = whole.piece(part.text)
        if label.hits.get(HASTE) and said.says_only(said.covered(NO), AROUND):
            return {URGENCY: CAN_WAIT}
    return {}
