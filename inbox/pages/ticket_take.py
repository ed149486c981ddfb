"""Makes the ticket the agent's own."""

from aiohttp import web

from inbox.keys import SERVICES, SESSION
from inbox.numbers import number_in


async def submit(request: web.Request) -> web.StreamResponse:
    number = number_in(request, "ticket")
    await request.app[SERVICES].service.take(request[SESSION].agent, number)
    raise web.HTTPSeeOther(f"/tickets/{number}#latest")
