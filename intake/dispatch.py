"""Where a word to the requester goes: whence the ticket came, answering its newest message.

What is said is left to whoever says it.
"""

from dataclasses import replace

from intake.ports import Work
from intake.speech import Card, NewDelivery, Operation, Speech
from intake.tickets import Ticket


async def edit_card(work: Work, ticket: Ticket, card: Card) -> None:
    """The card that is out shows a new state, for channels that can."""
    if ticket.card_id is not None:
        delivery = await to_requester(work, ticket, card)
        edit = replace(delivery, operation=Operation.EDIT, target_id=ticket.card_id)
        await work.replace_waiting_edits([edit])


async def to_requester(work: Work, ticket: Ticket, body: Speech) -> NewDelivery:
    """To be posted; it still lacks its entry."""
    last = await work.last_message_in(ticket.id)
    return NewDelivery(
        address=ticket.address,
        body=body,
        ticket_id=ticket.id,
        subject=ticket.subject,
        quoted_id=last.external_id if last else "",
        thread=await work.thread_of(last.id) if last else (),
        language=ticket.language,
    )
