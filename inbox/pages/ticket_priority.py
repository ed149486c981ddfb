"""Says how soon the ticket's turn is."""

from aiohttp import web

from inbox.keys import FORM, SERVICES, SESSION
from inbox.pages.ticket_show import number_of
from intake.errors import Invalid
from intake.tickets import Priority


async def submit(request: web.Request) -> web.StreamResponse:
    number, agent = number_of(request), request[SESSION].agent
    wanted = request[FORM].text("priority")
    if wanted not in set(Priority):
        raise Invalid("unknown_priority")
    await request.app[SERVICES].service.set_priority(agent, number, Priority(wanted))
    raise web.HTTPSeeOther(f"/tickets/{number}#latest")
