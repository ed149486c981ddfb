"""Sends the requester a card for the fields that the agent has ticked, by the way they chose."""

from aiohttp import web

from inbox.asking import asked_in, given_up_in
from inbox.keys import FORM, SERVICES, SESSION
from inbox.numbers import number_in
from inbox.pages.ticket_note import once_of
from intake.agent_words import Asking


async def submit(request: web.Request) -> web.StreamResponse:
    form, number = request[FORM], number_in(request, "ticket")
    asking = Asking(
        fields=asked_in(form),
        given_up=given_up_in(form),
        words=form.text("words"),
        once=once_of(form),
        handle_id=form.number("to"),
    )
    await request.app[SERVICES].service.ask(request[SESSION].agent, number, asking)
    raise web.HTTPSeeOther(f"/tickets/{number}#latest")
