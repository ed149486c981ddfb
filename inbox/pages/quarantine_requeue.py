"""Lets a quarantined envelope be received again."""

from aiohttp import web

from inbox.keys import SERVICES, SESSION
from intake.errors import NotFound
from intake.posting import as_number


async def submit(request: web.Request) -> web.StreamResponse:
    envelope_id = as_number(request.match_info["envelope"])
    if envelope_id is None:
        raise NotFound("no_envelope")
    await request.app[SERVICES].service.requeue(request[SESSION].agent, envelope_id)
    raise web.HTTPSeeOther("/quarantine")
