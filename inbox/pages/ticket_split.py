"""Makes a ticket of the second trouble that a message tells of."""

from aiohttp import web

from inbox.keys import FORM, SERVICES, SESSION
from inbox.numbers import number_in
from intake.errors import NotFound
from intake.posted_forms import as_number


async def submit(request: web.Request) -> web.StreamResponse:
    entry_id = as_number(request[FORM].text("entry"))
    if entry_id is None:
        raise NotFound("no_entry")
    service, number = request.app[SERVICES].service, number_in(request, "ticket")
    new = await service.split(request[SESSION].agent, number, entry_id)
    raise web.HTTPSeeOther(f"/tickets/{new}")
