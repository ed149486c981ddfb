"""A ticket: its timeline, what is known, and the box to answer in."""

import secrets
from collections.abc import Sequence
from typing import Final

from aiohttp import web

from inbox.asking import boxes
from inbox.drawing import draw, voice_of
from inbox.errors import Problem
from inbox.facts import facts_of
from inbox.frame import frame_of
from inbox.keys import FORM, SERVICES
from inbox.numbers import number_in
from inbox.timeline import Timeline
from inbox.ways import Ways
from intake.people import namesakes
from intake.posted_forms import Form
from intake.tickets import Author, Entry, Priority, Status, Ticket

ONCE_BYTES = 16
NOTE: Final = "note"  # what the box to answer in is for, where it isn't a reply


async def show(request: web.Request) -> web.Response:
    return await draw_ticket(request, number_in(request, "ticket"))


async def show_again(request: web.Request, problem: Problem) -> web.Response:
    """As it is now, with what went wrong and what was typed."""
    return await draw_ticket(request, number_in(request, "ticket"), problem)


async def draw_ticket(
    request: web.Request, number: int, problem: Problem | None = None
) -> web.Response:
    services, voice = request.app[SERVICES], voice_of(request)
    ticket = await services.listing.ticket(number)
    entries = await services.listing.timeline(number)
    handles = await services.listing.handles(ticket.person_id)
    now = services.clock.now()
    form = request.get(FORM)
    asking = form if request.match_info.route.name == "ticket_ask" else None
    colleagues = await services.agents.active()
    timeline = Timeline(voice, services.labels, now, ticket.category, services.reaching)
    refused = await services.listing.refused()
    values = {
        "probably": await services.listing.probably(ticket.person_id),
        "facts": facts_of(ticket, voice, services.labels, now),
        "ways": Ways(voice, services.reaching, now, refused).draw(handles, ticket.address),
        "lines": timeline.lines(entries),
        "pictures": timeline.pictures(entries),
        "colleagues": colleagues,
        "namesakes": namesakes(_strangers(ticket, entries), colleagues),
        "statuses": [(status.value, voice.word("status", status)) for status in Status],
        "priorities": [(each.value, voice.word("priority", each)) for each in Priority],
        "boxes": boxes(ticket, voice, services.labels, asking),
        "is_asking": asking is not None,
        "asking_words": asking.text("words") if asking else "",
        "asked_way": asking.number("to") if asking else None,
        "once": secrets.token_urlsafe(ONCE_BYTES),
        "problem": problem,
        "draft": form.text("text") if form else "",
        "mode": _mode(request, form),
        "topics": f"ticket:{number}",
    }
    page = (await frame_of(request, "", address=f"/tickets/{number}")) | values
    return draw(request, "ticket", page, problem.status if problem else 200)


def _mode(request: web.Request, form: Form | None) -> str:
    """What the box to answer in is for: as it was posted, or as it was left after a note."""
    if form is None:
        return request.query.get("mode", "")
    return NOTE if request.match_info.route.name == "ticket_note" else form.text("mode")


def _strangers(ticket: Ticket, entries: Sequence[Entry]) -> set[str]:
    """The names of all who have given themselves one."""
    strangers = (Author.REQUESTER, Author.OTHER)
    told = {entry.author_name for entry in entries if entry.author in strangers}
    return {ticket.requester, *told}
