"""Gives the ticket to a colleague, or to nobody."""

from aiohttp import web

from inbox.keys import FORM, SERVICES, SESSION
from inbox.numbers import number_in
from intake.errors import Invalid


async def submit(request: web.Request) -> web.StreamResponse:
    form, number = request[FORM], number_in(request, "ticket")
    assignee_id = form.number("assignee")
    if assignee_id is None and form.values.get("assignee") != "":
        raise Invalid("unknown_assignee")
    await request.app[SERVICES].service.assign(request[SESSION].agent, number, assignee_id)
    raise web.HTTPSeeOther(f"/tickets/{number}#latest")
