"""Undoes a link, or takes back one that was only proposed; the chat is on its own again."""

from aiohttp import web

from inbox.keys import FORM, SERVICES, SESSION
from intake.errors import NotFound
from intake.posted_forms import as_number


async def submit(request: web.Request) -> web.StreamResponse:
    link_id = as_number(request.match_info["link"])
    if link_id is None:
        raise NotFound("no_link")
    await request.app[SERVICES].links.undo(request[SESSION].agent, link_id)
    person_id = request[FORM].number("person")
    raise web.HTTPSeeOther(f"/people/{person_id}#links" if person_id else "/tickets")
