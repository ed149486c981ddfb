"""Whether a piece of a reply that only its place in order sets apart fits the field in that place.

Order alone proves little: commas stand between any two things. So a text, which could be any
words, is taken by order only where every other piece is plainly an answer to its own question.
"""

from collections.abc import Sequence

from intake.understanding.fields import ERROR, TRIED
from intake.understanding.questions import CHOICES, CLAUSES
from intake.understanding.reading import Reading
from intake.understanding.single import READERS, read_value

SPEECH = (
    "speech.greeting", "speech.please", "speech.closing", "speech.yes", "speech.no",
    "intent.thanks", "concept.urgent",
)  # fmt: skip
AROUND = ("speech.filler", "speech.function")
NOT_TOLD = ("decline.unknown", "decline.absent", "decline.left_out")
TIMELESS = (ERROR, *CLAUSES)  # texts in which a moment may stand
NOTHING_TRIED = ("speech.no", "tried.none")  # "no" is an answer to what was tried


def fit(pieces: Sequence[Reading], fields: Sequence[str]) -> list[bool]:
    """Whether each piece fits its field: no text does where a piece beside it does not."""
    placed = list(zip(pieces, fields, strict=True))
    are_others_plain = all(
        _is_plain(piece, field) for piece, field in placed if not _is_text(field)
    )
    return [
        not _is_text(field) or (are_others_plain and may_be_text(piece, field))
        for piece, field in placed
    ]


def may_be_text(piece: Reading, field: str) -> bool:
    """Not a courtesy, and not a moment, which answers another question."""
    return not is_courtesy(piece, field) and not (piece.moments and field not in TIMELESS)


def is_courtesy(piece: Reading, field: str) -> bool:
    """Whether words where a text is expected are none; "no" does say what was tried."""
    if field == TRIED and piece.has_any(NOTHING_TRIED):
        return False
    return _is_text(field) and _is_aside(piece)


def _is_aside(piece: Reading) -> bool:
    """Whether it is only "many thanks", "yes, please", "I think", "hurry up"."""
    said, filler = piece.covered(SPEECH), piece.covered(AROUND[:1])
    words = set(range(len(piece.tokens)))
    return words == said | filler or (bool(said) and words == said | piece.covered(AROUND))


def _is_text(field: str) -> bool:
    return field not in CHOICES and field not in READERS


def _is_plain(piece: Reading, field: str) -> bool:
    said_no = piece.has_any((*NOT_TOLD, "speech.yes", "speech.no"))
    return bool(read_value(piece, field)) or said_no or not any(map(str.isalnum, piece.text))
