"""Keeps words for colleagues; the requester never sees them."""

import re

from aiohttp import web

from inbox.keys import FORM, SERVICES, SESSION
from inbox.numbers import number_in
from inbox.pages.ticket_show import NOTE
from intake.errors import Invalid
from intake.posted_forms import Form

ONCE = re.compile(r"[A-Za-z0-9_-]{8,64}")


async def submit(request: web.Request) -> web.StreamResponse:
    return await save_note(request)


async def save_note(request: web.Request) -> web.StreamResponse:
    form, number = request[FORM], number_in(request, "ticket")
    if form.uploads:
        raise Invalid("note_with_files")
    await request.app[SERVICES].service.note(
        request[SESSION].agent, number, form.text("text"), once=once_of(form)
    )
    # What is typed next goes on as a note: words for colleagues alone reach nobody else unasked.
    raise web.HTTPSeeOther(f"/tickets/{number}?mode={NOTE}#latest")


def once_of(form: Form) -> str:
    """The form's one-time key: sent twice it has one effect."""
    once = form.text("once")
    if ONCE.fullmatch(once) is None:
        raise Invalid("form_expired")
    return once
