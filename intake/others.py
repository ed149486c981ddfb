"""Words on a ticket that are not its requester's own: those of machines and of other people.

Pure. Which words are the requester's is left to `matching`, what these then do to `dialogue`.
"""

from dataclasses import replace
from datetime import datetime

from intake.decisions import Decision, reopened
from intake.headlines import preview_of
from intake.matching import Certainty, Placement
from intake.messages import AutomaticKind, Message
from intake.ports import Situation
from intake.tickets import Author


def heard_from_another(placement: Placement, message: Message, now: datetime) -> Decision | None:
    """None where the requester speaks. Nobody else answers a question or gets an answer.

    A machine's words change nothing; a colleague's are work, like the requester's own.
    """
    ticket, is_proven = placement.ticket, placement.certainty is Certainty.PROVEN
    if ticket is None:
        return None
    author = Author.OTHER if is_proven else Author.REQUESTER
    if message.automatic.is_machines_own:
        told = replace(ticket, updated_at=now)
        return Decision(ticket=told, keeps_message=True, author=author)
    if not is_proven:
        return None
    heard, changes = reopened(ticket)
    heard = replace(heard, updated_at=now, preview=preview_of(message), waits_for_agent=True)
    return Decision(ticket=heard, changes=changes, keeps_message=True, author=author)


def unanswered(decision: Decision, message: Message) -> Decision:
    """What must not be answered by a machine is done in silence."""
    return decision if message.automatic.may_be_answered else replace(decision, says=())


def reached(decision: Decision, situation: Situation, message: Message) -> Decision:
    """Whoever writes from an address can be reached there again, whatever came back before."""
    is_proof = message.automatic.may_be_answered or message.automatic is AutomaticKind.REPLY
    if situation.handle.is_reachable or not is_proof:
        return decision
    return replace(decision, is_reachable=True)
