"""What an agent said and nobody received: its ticket comes before an agent's eyes again.

Pure. Called for whatever ends a send: at once, after a day of tries, by a crash, or by a mail that
comes back. The bot's own courtesies are no reason; `is_lost` tells.
"""

from dataclasses import replace
from datetime import datetime
from typing import Final

from intake.speech import Delivery, DeliveryState, Operation
from intake.tickets import Change, Status, Ticket

UNDELIVERED: Final = (DeliveryState.FAILED, DeliveryState.GONE, DeliveryState.UNKNOWN)
RESTING: Final = (Status.PENDING, Status.SOLVED, Status.CLOSED)


def is_lost(delivery: Delivery, state: DeliveryState) -> bool:
    """Whether words that an agent has sent have not, or perhaps not, arrived."""
    is_said = delivery.operation is Operation.SEND and not delivery.is_automatic
    return is_said and delivery.ticket_id is not None and state in UNDELIVERED


def brought_back(
    ticket: Ticket, state: DeliveryState, now: datetime
) -> tuple[Ticket, tuple[Change, ...]]:
    """The ticket waits for an agent, marked; what waited for its person or rested is open."""
    waiting = replace(ticket, undelivered=state.value, waits_for_agent=True, updated_at=now)
    if ticket.status not in RESTING:
        return waiting, ()
    change = Change(what="status", before=ticket.status, after=Status.OPEN)
    return replace(waiting, status=Status.OPEN), (change,)
