"""Sends what did not arrive by another handle of its requester, in the same words."""

from aiohttp import web

from inbox.keys import FORM, SERVICES, SESSION
from intake.errors import NotFound
from intake.posted_forms import as_number


async def submit(request: web.Request) -> web.StreamResponse:
    delivery_id = as_number(request.match_info["delivery"])
    handle_id = request[FORM].number("to")
    if delivery_id is None or handle_id is None:
        raise NotFound("no_delivery")
    service = request.app[SERVICES].service
    number = await service.send_elsewhere(request[SESSION].agent, delivery_id, handle_id)
    raise web.HTTPSeeOther(f"/tickets/{number}#latest")
