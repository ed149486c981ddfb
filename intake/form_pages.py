"""What a form page that was sent makes of its ticket.

Pure. The page was open to whoever held its link, so it answers for that ticket alone.
"""

from dataclasses import replace
from datetime import datetime

from intake.decisions import CardStep, Decision, reopened, thanks
from intake.filling import fill_form
from intake.forms import Forms
from intake.headlines import preview_of
from intake.messages import Message
from intake.pictures import show_error, shown_by
from intake.tickets import Status, Ticket
from intake.understanding import Reader


def take_page(
    forms: Forms, reader: Reader, ticket: Ticket, message: Message, now: datetime
) -> Decision:
    words = preview_of(message) or ticket.preview
    heard = replace(ticket, updated_at=now, preview=words, waits_for_agent=True)
    if ticket.status is Status.CLOSED:  # since the page was opened: keep what was said
        return Decision(ticket=heard, keeps_message=True)
    heard, changes = reopened(heard)
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
