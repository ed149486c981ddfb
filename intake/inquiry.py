"""What an agent's card asks for: the ticked fields, with what an earlier one still asks.

Pure. Sending it is left to `service`.
"""

from collections.abc import Collection

from intake.errors import Conflict, Invalid
from intake.forms import MAX_QUESTIONS, Forms, askable
from intake.tickets import Ticket


def to_ask(
    forms: Forms, ticket: Ticket, names: Collection[str], given_up: Collection[str]
) -> tuple[str, ...]:
    """In the order of the card. What nobody has answered yet stays asked unless it is given up."""
    if not ticket.status.is_live:
        raise Conflict("not_live")
    waiting = ticket.asked if ticket.ask is not None else ()
    wanted = {*names, *waiting} - (set(given_up) - set(names))
    asked = tuple(name for name in askable(forms.catalogue, ticket) if name in wanted)
    if not any(name in names for name in asked):
        raise Invalid("nothing_to_ask")
    if len(asked) > MAX_QUESTIONS:
        raise Invalid("too_many_questions", limit=str(MAX_QUESTIONS))
    return asked
