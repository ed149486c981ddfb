"""Lets the ticket's person in, whom the directory does not know."""

from aiohttp import web

from inbox.keys import SERVICES, SESSION
from inbox.numbers import number_in


async def submit(request: web.Request) -> web.StreamResponse:
    number = number_in(request, "ticket")
    await request.app[SERVICES].service.approve(request[SESSION].agent, number)
    raise web.HTTPSeeOther(f"/tickets/{number}#latest")
