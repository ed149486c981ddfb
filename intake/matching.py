"""Which ticket a message belongs to. What then happens to the ticket is left to `dialogue`.

A guess is never silent: the placement says how sure it is, and `dialogue` offers to move the
message where it was a guess.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from intake.messages import Message
from intake.ports import Situation
from intake.tickets import Status, Ticket

# Whoever wrote to a ticket this short a time ago is taken to go on with it.
CONTINUES_WITHIN = timedelta(minutes=10)


class Certainty(StrEnum):
    """How a ticket was found."""

    NAMED = "named"  # by quote, button, mail thread or album
    PROVEN = "proven"  # by our own token, from somebody who is not the requester
    CARD = "card"  # its card waits for an answer
    ASKED = "asked"  # an agent waits for an answer
    CONTINUED = "continued"  # the person was just writing to it
    ONLY = "only"  # there is no other
    GUESSED = "guessed"  # the newest of several
    NEW = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    ticket: Ticket | None
    certainty: Certainty


def place(situation: Situation, message: Message, *, is_threaded: bool) -> Placement:
    """Find the ticket; `is_threaded` channels (mail) name it by thread or mean a new one."""
    named = _named(situation)
    if named is not None:
        return named
    live = situation.live_tickets
    if is_threaded or not live:
        return Placement(ticket=None, certainty=Certainty.NEW)
    here = [ticket for ticket in live if ticket.address == message.address] or list(live)
    return _likeliest(here, situation, message)


def _named(situation: Situation) -> Placement | None:
    """Our own token before the thread, as long as it is their own ticket."""
    named, proven = situation.named_ticket, situation.proven_ticket
    if proven is not None and proven.status is Status.CLOSED:
        proven = None
    if proven is not None and proven.person_id == situation.person.id:
        return Placement(ticket=proven, certainty=Certainty.NAMED)
    if named is not None and named.status is not Status.CLOSED:
        return Placement(ticket=named, certainty=Certainty.NAMED)
    return Placement(ticket=proven, certainty=Certainty.PROVEN) if proven else None


def _likeliest(live: list[Ticket], situation: Situation, message: Message) -> Placement:
    for ticket in live:
        if ticket.asked:
            return Placement(ticket=ticket, certainty=Certainty.CARD)
    for ticket in live:
        if ticket.status is Status.PENDING:
            return Placement(ticket=ticket, certainty=Certainty.ASKED)
    last = situation.last_entry
    for ticket in live:
        if last and last.ticket_id == ticket.id and message.sent_at - last.at < CONTINUES_WITHIN:
            return Placement(ticket=ticket, certainty=Certainty.CONTINUED)
    certainty = Certainty.ONLY if len(live) == 1 else Certainty.GUESSED
    return Placement(ticket=live[0], certainty=certainty)
