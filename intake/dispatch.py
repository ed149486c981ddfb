"""Where a word to the requester goes: where its ticket was last spoken, answering what is there.

That is by one of their own handles, whatever was linked and taken apart since. What is said is
left to whoever says it, what a channel takes to `terms`.
"""

from collections.abc import Sequence
from dataclasses import replace

from intake.decisions import Decision
from intake.errors import Conflict
from intake.messages import Address, Message, MessageKind
from intake.people import Handle
from intake.ports import Work
from intake.recalling import is_in_person
from intake.recording import Cause
from intake.speech import Answering, Card, NewDelivery, Operation, Speech
from intake.tickets import Ticket


async def edit_card(work: Work, ticket: Ticket, card: Card) -> None:
    """The card that is out shows a new state, for channels that can."""
    if ticket.card_id is not None:
        delivery = await to_requester(work, ticket, card)
        edit = replace(delivery, operation=Operation.EDIT, target_id=ticket.card_id)
        await work.replace_waiting_edits([edit])


async def to_requester(work: Work, ticket: Ticket, body: Speech) -> NewDelivery:
    """To be posted; it still lacks its entry. Raises Conflict where nobody is to be reached."""
    answering = await answering_of(work, ticket)
    return NewDelivery(
        address=answering.address,
        body=body,
        ticket_id=ticket.id,
        subject=ticket.subject,
        quoted_id=answering.quoted_id,
        thread=answering.thread,
        language=ticket.language,
    )


async def answering_of(work: Work, ticket: Ticket) -> Answering:
    address = _own(ticket, await work.handles(ticket.person_id))
    last = await work.last_message_in(ticket.id, address)
    if last is None:
        return Answering(address=address)
    thread = await work.thread_of(last.id)
    return Answering(address=address, quoted_id=last.external_id, thread=thread)


def _own(ticket: Ticket, handles: Sequence[Handle]) -> Address:
    """The ticket's, as long as it is its person's; else the newest of theirs that is open."""
    if not handles:
        raise Conflict("no_handle")
    best = max(handles, key=lambda one: (one.address == ticket.address, one.is_reachable, one.id))
    return best.address


def chosen(ticket: Ticket, handles: Sequence[Handle], handle_id: int | None) -> Handle:
    """The handle to answer by, None for where the ticket was last spoken.

    Raises Conflict where it is not, or no longer, one of the ticket's own person.
    """
    for handle in handles:
        if handle.id == handle_id or (handle_id is None and handle.address == ticket.address):
            return handle
    raise Conflict("no_handle")


def moved(cause: Cause, decision: Decision, ticket: Ticket) -> Ticket:
    """Answers go where its person speaks now, in person; not while a card elsewhere still asks.

    That card stays behind as it is.
    """
    message, is_own = cause.message, cause.situation.person.id == ticket.person_id
    is_said = decision.keeps_message and is_in_person(cause, decision) and not decision.is_claimed
    if ticket.address == message.address or message.kind is MessageKind.FORM:
        return ticket
    if not (is_own and is_said) or ticket.awaits_answers:
        return ticket
    return replace(ticket, address=message.address, card_id=None)


def answering(cause: Cause, ticket: Ticket | None, body: Speech) -> NewDelivery:
    """Below the message at work, or where its ticket is spoken; it still lacks its entry."""
    message = cause.message
    language = ticket.language if ticket else cause.situation.person.language
    return NewDelivery(
        address=_answered_at(message, ticket),
        body=body,
        ticket_id=ticket.id if ticket else None,
        subject=message.subject or (ticket.subject if ticket else ""),
        quoted_id=message.external_id,
        thread=message.thread,
        language=language,
    )


def _answered_at(message: Message, ticket: Ticket | None) -> Address:
    """Where the message came from; a form page takes no messages, its ticket's channel does."""
    if message.kind is MessageKind.FORM and ticket is not None:
        return ticket.address
    return message.address
