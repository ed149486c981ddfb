"""Has a file fetched again that its channel did not hand over."""

from aiohttp import web

from inbox.keys import SERVICES, SESSION
from intake.errors import NotFound
from intake.posted_forms import as_number


async def submit(request: web.Request) -> web.StreamResponse:
    file_id = as_number(request.match_info["file"])
    if file_id is None:
        raise NotFound("no_file")
    number = await request.app[SERVICES].service.retry_file(request[SESSION].agent, file_id)
    raise web.HTTPSeeOther(f"/tickets/{number}#latest")
