"""Moves the ticket to another status."""

from aiohttp import web

from inbox.keys import FORM, SERVICES, SESSION
from inbox.numbers import number_in
from intake.errors import Invalid
from intake.tickets import Status


async def submit(request: web.Request) -> web.StreamResponse:
    number = number_in(request, "ticket")
    wanted = request[FORM].text("status")
    if wanted not in set(Status):
        raise Invalid("unknown_status")
    await request.app[SERVICES].service.set_status(request[SESSION].agent, number, Status(wanted))
    raise web.HTTPSeeOther(f"/tickets/{number}#latest")
