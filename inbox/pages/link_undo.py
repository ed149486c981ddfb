"""Undoes a link, or takes back one that was only proposed; the chat is on its own again."""

from aiohttp import web

from inbox.keys import FORM, SERVICES, SESSION
from inbox.numbers import number_in


async def submit(request: web.Request) -> web.StreamResponse:
    link_id = number_in(request, "link")
    await request.app[SERVICES].links.undo(request[SESSION].agent, link_id)
    person_id = request[FORM].number("person")
    raise web.HTTPSeeOther(f"/people/{person_id}#links" if person_id else "/tickets")
