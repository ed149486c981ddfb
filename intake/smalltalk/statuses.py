"""Where tickets stand, as their person hears it; and a situation in which there is but one.

Pure. Who hears it, and when, is left to `sayings` and `mails`.
"""

from collections.abc import Sequence
from dataclasses import replace

from intake.situations import Situation
from intake.speech import Say
from intake.tickets import Status, Ticket


def where_it_stands(tickets: Sequence[Ticket]) -> Say:
    """Tickets that are open, or one that is over."""
    lines = [
        {
            "number": ticket.id,
            "subject": ticket.subject,
            "status": _seen(ticket).value,
            "ticket": ticket,
        }
        for ticket in tickets
    ]
    is_over = bool(tickets) and not any(ticket.status.is_live for ticket in tickets)
    return Say(template="status", values={"tickets": lines, "is_over": is_over})


def _seen(ticket: Ticket) -> Status:
    """What is open and nobody's waits like a new one."""
    is_nobodys = ticket.assignee_id is None and ticket.first_response_at is None
    return Status.NEW if ticket.status is Status.OPEN and is_nobodys else ticket.status


def of_one(situation: Situation, ticket: Ticket) -> Situation:
    """As if there were no other."""
    is_live, is_solved = ticket.status.is_live, ticket.status is Status.SOLVED
    return replace(
        situation,
        named_ticket=ticket,
        live_tickets=(ticket,) if is_live else (),
        last_ticket=None if is_live else ticket,
        solved_tickets=(ticket,) if is_solved else (),
    )
