"""Words on a ticket that are not surely its requester's own: those of machines and other people.

Pure. Which words are the requester's is left to `matching`, what these then do to `dialogue`.
"""

from dataclasses import replace
from datetime import datetime

from intake.decisions import Decision, reopened
from intake.headlines import preview_of
from intake.matching import Certainty, Placement
from intake.messages import AutomaticKind, Message
from intake.situations import Situation
from intake.speech import DeliveryState
from intake.tickets import Author, Change, Entry, Ticket
from intake.undelivered import brought_back

FROM_THERE = (AutomaticKind.REPLY, AutomaticKind.CALENDAR)  # a machine's of that very mailbox
MEETING = "a calendar's answer to an invitation, or a meeting called off"


def heard_from_another(
    placement: Placement, situation: Situation, message: Message, now: datetime
) -> Decision | None:
    """None where the requester speaks. Nobody else answers a question or gets an answer.

    A machine's words change nothing but where they report that a message of ours was lost. A
    colleague's are work, like the requester's own, and so are those that are the requester's
    perhaps.
    """
    ticket, certainty = placement.ticket, placement.certainty
    is_anybodys = certainty in (Certainty.PROVEN, Certainty.CLAIMED)
    is_machines = message.automatic.is_machines_own or message.automatic is AutomaticKind.DOUBTFUL
    if ticket is None or not (is_anybodys or is_machines):
        return None
    author = Author.OTHER if certainty is Certainty.PROVEN else Author.REQUESTER
    told = replace(ticket, updated_at=now)
    kept = Decision(ticket=told, keeps_message=True, author=author)
    lost = _lost(situation, message, ticket)
    if lost is not None:
        waiting, changes = _waiting(told, lost)
        return replace(kept, ticket=waiting, changes=changes, failure=message.failure)
    if message.automatic.is_machines_own:
        return kept
    heard, changes = reopened(told)
    heard = replace(heard, preview=preview_of(message), waits_for_agent=True)
    is_claimed = certainty is Certainty.CLAIMED
    return replace(kept, ticket=heard, changes=changes, is_claimed=is_claimed)


def told_by_calendar(
    placement: Placement, situation: Situation, message: Message, now: datetime
) -> Decision | None:
    """It opens no ticket: it is of the one that the invitation has opened, or is filed."""
    is_calendars = message.automatic is AutomaticKind.CALENDAR and not message.is_requeued
    if not is_calendars or placement.ticket is not None:
        return None
    live = situation.live_tickets
    invited = next((one for one in live if message.subject.endswith(f": {one.subject}")), None)
    if invited is None:
        return Decision(needless=MEETING)
    return Decision(
        ticket=replace(invited, updated_at=now, waits_for_agent=True),
        keeps_message=True,
        is_claimed=not message.sender.is_proven,
    )


def _lost(situation: Situation, message: Message, ticket: Ticket) -> Entry | None:
    """Our message that a report says was lost, unless that is known."""
    entry = situation.known_entry
    if message.failure is None or entry is None or entry.ticket_id != ticket.id:
        return None
    is_known = entry.delivery_state in (DeliveryState.FAILED, DeliveryState.GONE)
    return None if is_known else entry


def _waiting(ticket: Ticket, lost: Entry) -> tuple[Ticket, tuple[Change, ...]]:
    """What an agent said must be said again, another way perhaps; what the bot did, be known."""
    if lost.author is not Author.AGENT:
        return replace(ticket, waits_for_agent=ticket.status.is_live), ()
    return brought_back(ticket, DeliveryState.FAILED, ticket.updated_at)


def unanswered(decision: Decision, message: Message) -> Decision:
    """What must not be answered by a machine is done in silence."""
    return decision if message.automatic.may_be_answered else replace(decision, says=())


def reached(decision: Decision, situation: Situation, message: Message) -> Decision:
    """Whoever writes from an address can be reached there again, whatever came back before."""
    is_proof = message.automatic.may_be_answered or message.automatic in FROM_THERE
    if situation.handle.is_reachable or not is_proof:
        return decision
    return replace(decision, is_reachable=True)
