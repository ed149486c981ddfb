"""Where a word to the requester goes: whence the ticket came, answering its newest message.

What is said is left to whoever says it.
"""

from intake.ports import Work
from intake.speech import NewDelivery, Speech
from intake.tickets import Ticket


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
