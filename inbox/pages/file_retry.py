"""Has a file fetched again that its channel did not hand over."""

from aiohttp import web

from inbox.keys import SERVICES, SESSION
from inbox.numbers import number_in


async def submit(request: web.Request) -> web.StreamResponse:
    file_id = number_in(request, "file")
    number = await request.app[SERVICES].service.retry_file(request[SESSION].agent, file_id)
    raise web.HTTPSeeOther(f"/tickets/{number}#latest")
