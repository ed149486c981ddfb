"""Sends again what failed or perhaps was not delivered."""

from aiohttp import web

from inbox.keys import SERVICES, SESSION
from inbox.numbers import number_in


async def submit(request: web.Request) -> web.StreamResponse:
    delivery_id = number_in(request, "delivery")
    service = request.app[SERVICES].service
    number = await service.retry_delivery(request[SESSION].agent, delivery_id)
    raise web.HTTPSeeOther(f"/tickets/{number}#latest")
