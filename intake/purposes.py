"""What something is wanted for, which people say beside what is asked: “for calls, by Friday”.

Pure. A wish names a thing and not its purpose; said later, the purpose takes the wish's place.
"""

from intake.plainness import TROUBLE
from intake.tickets import Kind, Ticket
from intake.told import PLACES
from intake.understanding.phrases import hits_of
from intake.understanding.reading import Clause, Reading

WISHED = ("item", "system")  # fields that a wish is about
ELSEWHERE = (*PLACES, "place.home", "place.city")


def is_wish(ticket: Ticket) -> bool:
    """Whether what stands as purpose is the wish itself: “need a new headset”."""
    said = ticket.answers.get(TROUBLE, "")
    wished = (ticket.answers.get(name, "") for name in WISHED)
    return ticket.kind is Kind.SERVICE_REQUEST and any(one and one in said for one in wished)


def purpose_of(reading: Reading) -> str:
    """The first clause that opens with a word for purposes, and is no place and no moment."""
    opening = {hit.first for hit in hits_of(reading, "told")["what_for"]}
    told = (own for own in reading.clauses if own.first in opening and _is_none_else(reading, own))
    clause = next(told, None)
    return reading.text[clause.start : clause.end] if clause else ""


def _is_none_else(reading: Reading, clause: Clause) -> bool:
    is_timed = any(
        when.first < clause.after and clause.first < when.after for when in reading.moments
    )
    is_place = any(reading.has(label, clause) for label in ELSEWHERE)
    return clause.after - clause.first > 1 and not is_timed and not is_place
