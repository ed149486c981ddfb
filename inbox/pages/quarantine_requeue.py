"""Has a quarantined envelope received again, as an agent has decided."""

from aiohttp import web

from inbox.keys import SERVICES, SESSION
from inbox.numbers import number_in
from inbox.pages.quarantine_list import page_of


async def submit(request: web.Request) -> web.StreamResponse:
    service = request.app[SERVICES].service
    await service.requeue(request[SESSION].agent, number_in(request, "envelope"))
    raise web.HTTPSeeOther(page_of(request))
