"""Sends what did not arrive by another handle of its requester, in the same words."""

from aiohttp import web

from inbox.keys import FORM, SERVICES, SESSION
from inbox.numbers import number_in
from intake.errors import NotFound


async def submit(request: web.Request) -> web.StreamResponse:
    delivery_id, handle_id = number_in(request, "delivery"), request[FORM].number("to")
    if handle_id is None:
        raise NotFound("no_handle")
    service = request.app[SERVICES].service
    number = await service.send_elsewhere(request[SESSION].agent, delivery_id, handle_id)
    raise web.HTTPSeeOther(f"/tickets/{number}#latest")
