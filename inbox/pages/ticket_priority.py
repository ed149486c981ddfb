"""Says how soon the ticket's turn is."""

from aiohttp import web

from inbox.keys import FORM, SERVICES, SESSION
from inbox.numbers import number_in
from intake.errors import Invalid
from intake.tickets import Priority


async def submit(request: web.Request) -> web.StreamResponse:
    number, agent = number_in(request, "ticket"), request[SESSION].agent
    wanted = request[FORM].text("priority")
    if wanted not in set(Priority):
        raise Invalid("unknown_priority")
    await request.app[SERVICES].service.set_priority(agent, number, Priority(wanted))
    raise web.HTTPSeeOther(f"/tickets/{number}#latest")
