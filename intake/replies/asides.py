"""Which texts of a reply are talk beside the question, and no value: “my boss is angry”.

Pure. Only where nothing but their place in order says what they answer: under a number or a label
any words are meant. What a piece sounds like is left to `understanding.saying`.
"""

from collections.abc import Collection, Mapping, Sequence

from intake.replies.declined_fields import knows_nothing
from intake.replies.foreign_clauses import exclaims
from intake.replies.missing_labels import lacks_label
from intake.understanding import Reader
from intake.understanding.acting import acts_somewhere
from intake.understanding.asked import Asked
from intake.understanding.choices import read_agreement
from intake.understanding.evidence import Evidence
from intake.understanding.fields import ACCOUNT, LOCATION, TRIED
from intake.understanding.lexicon import Hit
from intake.understanding.naming import names_account
from intake.understanding.phrases import hits_of, said_of
from intake.understanding.reading import Clause, Reading, covered_by
from intake.understanding.saying import KINDS, answers, tells_none
from intake.understanding.symbols import rooms

THINGS = ("about.printer", "concept.printer")  # of which a place is told: “the printer is in 12”
SMALL = ("speech.function", "speech.article", "speech.filler", "speech.equals")


def without_talk(
    reader: Reader,
    whole: Reading,
    asked: Asked,
    filled: Mapping[str, str],
    assumed: Collection[str],
) -> dict[str, str]:
    """Without values that talk was taken for.

    What is assumed gives way only to what surely sounds like its field.
    """
    if asked.is_explicit:
        return dict(filled)
    bare = is_bare(whole, asked, filled)
    return {
        name: value
        for name, value in filled.items()
        if not (bare or name in assumed)
        or _is_said(reader, whole, (name, value), is_bare=bare, is_assumed=name in assumed)
    }


def _is_said(
    reader: Reader, whole: Reading, told: tuple[str, str], *, is_bare: bool, is_assumed: bool
) -> bool:
    """Whether its clause sounds like the value, and surely so or all of a bare reply does too."""
    name, value = told
    if exclaims(_clauses_of(whole, value)):
        return False
    if _is_proven(_clauses_of(whole, value), name):
        return True
    said = reader.model.saying(Evidence(_around(whole, value)))
    if is_assumed or answers(said, name, is_sure=True):
        return answers(said, name, is_sure=True)
    return answers(said, name) and not (is_bare and is_talk(reader, whole, name))


def is_bare(whole: Reading, asked: Asked, answered: Collection[str]) -> bool:
    """Whether it may be no more than one answer, and all of it must sound like that."""
    is_of_one = len(asked.fields) == 1 or (len(whole.clauses) == 1 and KINDS.keys() >= {*answered})
    return is_of_one and not asked.is_explicit


def is_talk(reader: Reader, piece: Reading, name: str) -> bool:
    """Whether a piece in the place of a field says something else."""
    return exclaims(piece) or not (
        _is_proven(piece, name) or answers(reader.model.saying(Evidence(piece)), name)
    )


def declines(reader: Reader, whole: Reading, asked: Asked, answered: Collection[str]) -> bool:
    """Whether what seems to decline something is no talk: “can't stand it any more”."""
    is_plain = knows_nothing(whole) or lacks_label(whole, asked.fields)
    if is_plain or not is_bare(whole, asked, answered):
        return True
    return tells_none(reader.model.saying(Evidence(whole)))


def _is_proven(piece: Reading, name: str) -> bool:
    """Whether lists or shapes prove what a piece says, whatever it was learned to sound like."""
    if name == TRIED:
        return read_agreement(piece) is False  # "no" says it
    if name == ACCOUNT:
        return names_account(piece)
    if name != LOCATION:
        return False
    is_somewhere = len(said_of(piece, "places")["somewhere"]) == len(piece.tokens)
    leads = any(hit.first == 0 and hit.after < len(piece.tokens) for hit in _next_to(piece))
    return is_somewhere or leads or bool(rooms(piece.text)) or acts_somewhere(piece)


def _next_to(piece: Reading) -> Sequence[Hit]:
    return hits_of(piece, "places")["next_to"]


def _clauses_of(whole: Reading, value: str) -> Reading:
    """All of the clauses in which a value stands."""
    _, own = _place_of(whole, value)
    return whole.piece(whole.text[own[0].start : own[-1].end] if own else value)


def _around(whole: Reading, value: str) -> Reading:
    """All of the clauses in which a value stands, without the thing that it is told of."""
    start, own = _place_of(whole, value)
    if not own:
        return whole.piece(value)
    first = own[0].first
    things = covered_by(whole.below("device"))
    things |= whole.covered(THINGS)
    if things & set(range(first, own[0].after)):
        skipped = things | whole.covered(SMALL)
        told = whole.token_at(start)
        while first < told and first in skipped:
            first += 1
    begin = min(start, whole.tokens[first].start)
    return whole.piece(whole.text[begin : own[-1].end])


def _place_of(whole: Reading, value: str) -> tuple[int, list[Clause]]:
    """Where a value stands, and in which clauses, if its words are in the text."""
    start, end = whole.text.find(value), whole.text.find(value) + len(value)
    own = [each for each in whole.clauses if start < each.end and each.start < end]
    return start, own if start >= 0 else []
