"""What was said and did not arrive: its ticket comes before an agent's eyes again.

Pure. Called for whatever ends a send of an agent's words: at once, after a day of tries or of
nobody to try it, by a crash, or by a mail that comes back. The bot's own courtesies are no reason;
`is_lost` tells. And for a file of a person that could not be fetched.
"""

from dataclasses import replace
from datetime import datetime
from typing import Final

from intake.speech import Delivery, DeliveryState, Operation
from intake.tickets import Change, Status, Ticket

UNDELIVERED: Final = (DeliveryState.FAILED, DeliveryState.GONE, DeliveryState.UNKNOWN)
UNSERVED: Final = "unserved"  # the reason why: nobody has served its account for a day
FILE: Final = "file"  # the mark of a ticket that lacks a file of its person
RESTING: Final = (Status.PENDING, Status.SOLVED, Status.CLOSED)


def is_lost(delivery: Delivery, state: DeliveryState) -> bool:
    """Whether words that an agent has sent have not, or perhaps not, arrived."""
    is_said = delivery.operation is Operation.SEND and not delivery.is_automatic
    return is_said and delivery.ticket_id is not None and state in UNDELIVERED


def brought_back(ticket: Ticket, mark: str, now: datetime) -> tuple[Ticket, tuple[Change, ...]]:
    """The ticket waits for an agent, marked; what waited for its person or rested is open."""
    waiting = replace(ticket, undelivered=str(mark), waits_for_agent=True, updated_at=now)
    if ticket.status not in RESTING:
        return waiting, ()
    change = Change.of_status(ticket.status, Status.OPEN)
    return replace(waiting, status=Status.OPEN), (change,)


def without_file(ticket: Ticket, now: datetime) -> tuple[Ticket, tuple[Change, ...]]:
    """Brought back as well, but for what has been settled without the file."""
    if not ticket.status.is_live:
        return ticket, ()
    return brought_back(ticket, ticket.undelivered or FILE, now)


def tried_again(ticket: Ticket, *, lacks_file: bool) -> Ticket:
    """What was marked is on its way once more; a file that still lacks goes on being marked."""
    return replace(ticket, undelivered=FILE if lacks_file else "")
