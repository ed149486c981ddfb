"""What a part of a reply can only be, whatever number stands before it: a day is no attempt.

Pure. People number wrongly; a label or a moment then goes to the one asked field of its kind, and
is never kept as the words of another. What else a part answers is left to `answers`.
"""

import re
from collections.abc import Collection

from intake.replies.foreign_clauses import SMALL
from intake.understanding.asked import Asked
from intake.understanding.fields import (
    ACCOUNT,
    APPLICATION,
    APPROVER,
    ASSET,
    ITEM,
    LOCATION,
    SYSTEM,
    TRIED,
)
from intake.understanding.reading import Reading, covered_by
from intake.understanding.single import read_value
from intake.understanding.timing import AHEAD, read_moment

NOTHING = "tried.none"
TIMELESS = (LOCATION, APPLICATION, SYSTEM, ACCOUNT, ITEM, APPROVER, TRIED)
UNLABELLED = (LOCATION, APPLICATION, APPROVER, TRIED)  # an account may look like a label
ROOM = re.compile(r"\s*\d{1,2}\.\d\d[^\W\d_]?[.,;]?\s*")  # "2.14"
AROUND = (*SMALL, "moment.since", "moment.around")


def put_right(whole: Reading, asked: Asked, filled: dict[str, str]) -> None:
    """Moves what stands under the number of a text to the field that it can only be of."""
    pieces = [whole.piece(part.text) for part in asked.parts]
    names = [asked.field_of(at) for at in range(len(pieces))]
    is_tried_free = False
    for piece, name in zip(pieces, names, strict=True):
        kind, value = _only_kind(piece, name, asked.fields)
        if kind:
            is_tried_free |= name == TRIED
            if name in filled and filled[name] in piece.text:
                del filled[name]
            filled.setdefault(kind, value)
    if is_tried_free and TRIED not in filled:
        said = (
            read_value(piece, TRIED)
            for piece in pieces
            if piece.says_only(_nothing(piece), AROUND)
        )
        nothing = next(said, "")
        if nothing:
            filled[TRIED] = nothing


def _only_kind(piece: Reading, name: str, asked: Collection[str]) -> tuple[str, str]:
    """The other asked field that the piece answers by its kind, and its value; or two blanks."""
    timed = [field for field in asked if field in AHEAD]
    if name in TIMELESS and len(timed) == 1 and _is_moment(piece):
        moment = read_moment(piece, timed[0])
        if moment:
            return timed[0], moment
    if name in UNLABELLED and ASSET in asked and piece.says_only(_labels(piece), AROUND):
        return ASSET, read_value(piece, ASSET)
    if name == ASSET and LOCATION in asked and ROOM.fullmatch(piece.text):
        return LOCATION, read_value(piece, LOCATION)
    return "", ""


def _is_moment(piece: Reading) -> bool:
    return piece.says_only(covered_by(piece.moments), AROUND)


def _labels(piece: Reading) -> set[int]:
    places = [(one.start, one.end) for one in piece.shapes if one.name == "label"]
    return {
        at
        for at, token in enumerate(piece.tokens)
        if any(start <= token.start < end for start, end in places)
    }


def _nothing(piece: Reading) -> set[int]:
    return piece.covered((NOTHING,))
