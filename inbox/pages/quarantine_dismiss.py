"""Says that a quarantined envelope needs nobody any more."""

from aiohttp import web

from inbox.keys import SERVICES, SESSION
from inbox.numbers import number_in
from inbox.pages.quarantine_list import page_of


async def submit(request: web.Request) -> web.StreamResponse:
    service = request.app[SERVICES].service
    await service.dismiss(request[SESSION].agent, number_in(request, "envelope"))
    raise web.HTTPSeeOther(page_of(request))
