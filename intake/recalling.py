"""Whose earlier answers may be assumed for a ticket, and when. Pure.

What is remembered, and what becomes of it, is left to `memory` and `effects`.
"""

from collections.abc import Sequence

from intake.decisions import Decision
from intake.memory import Owner
from intake.recording import Cause
from intake.tickets import Author, Ticket

Decided = tuple[Cause, Decision]


def owners_to_recall(
    decided: Sequence[Decided], tickets: Sequence[Ticket | None]
) -> Sequence[Owner]:
    placed = zip(decided, tickets, strict=True)
    return [
        owner_of(cause, ticket)
        for (cause, decision), ticket in placed
        if ticket is not None and may_recall(cause, decision)
    ]


def may_recall(cause: Cause, decision: Decision) -> bool:
    return is_newly_about(decision) and not cause.situation.is_first_contact


def is_in_person(cause: Cause, decision: Decision) -> bool:
    is_own = decision.author is Author.REQUESTER
    return is_own and cause.message.automatic.may_be_answered


def is_newly_about(decision: Decision) -> bool:
    """Whether it is known only now what the ticket is about."""
    if decision.opens is not None:
        return decision.opens.category is not None and not decision.asks_nothing
    return any(change.what == "category" for change in decision.changes)


def owner_of(cause: Cause, ticket: Ticket) -> Owner:
    """Some chats tell no name, nor does a form page: whoever its link was sent to fills it in.

    A mail without a name may be of anybody who shares its address.
    """
    sender = cause.message.sender
    name = sender.name or sender.known_as or ticket.requester
    return Owner.of(ticket.person_id, name, cause.situation.handle)
