"""What a form page that was sent makes of its ticket.

Pure. The page was open to whoever held its link, so it answers for that ticket alone.
"""

from dataclasses import replace
from datetime import datetime

from intake.decisions import CardStep, Decision, reopened, thanks
from intake.filling import fill_form
from intake.forms import CATEGORY, Forms
from intake.headlines import preview_of
from intake.messages import Message
from intake.pictures import show_error, shown_by
from intake.tickets import Change, Status, Ticket
from intake.understanding import Reader


def take_page(
    forms: Forms, reader: Reader, ticket: Ticket, message: Message, now: datetime
) -> Decision:
    """Perhaps for the ticket that has taken the page's own along since it was opened."""
    words = preview_of(message) or ticket.preview
    heard = replace(ticket, updated_at=now, preview=words, waits_for_agent=True)
    heard, changes = _taken_up(heard)
    if ticket.category and message.proven_ticket != ticket.id:  # what that one was about is over
        told = {name: words for name, words in message.answers.items() if name != CATEGORY}
        message = replace(message, answers=told)
    filled, news = fill_form(forms, reader, heard, message)
    filled, shown = show_error(forms, reader, filled, message)
    news = (*news, *shown)
    return Decision(
        ticket=filled,
        changes=(*changes, *news),
        keeps_message=True,
        shows=shown_by(reader, filled, message, news),
        card=CardStep.REFRESH if news or filled.asked != ticket.asked else CardStep.NONE,
        says=thanks(ticket, filled),
    )


def _taken_up(ticket: Ticket) -> tuple[Ticket, tuple[Change, ...]]:
    """Also what was closed while the page was open: somebody went on filling it in."""
    if ticket.status is not Status.CLOSED:
        return reopened(ticket)
    change = Change.of_status(ticket.status, Status.OPEN)
    return replace(ticket, status=Status.OPEN), (change,)
