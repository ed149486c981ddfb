"""Sends again what failed or perhaps was not delivered."""

from aiohttp import web

from inbox.keys import SERVICES, SESSION
from intake.errors import NotFound
from intake.posted_forms import as_number


async def submit(request: web.Request) -> web.StreamResponse:
    delivery_id = as_number(request.match_info["delivery"])
    if delivery_id is None:
        raise NotFound("no_delivery")
    service = request.app[SERVICES].service
    number = await service.retry_delivery(request[SESSION].agent, delivery_id)
    raise web.HTTPSeeOther(f"/tickets/{number}#latest")
