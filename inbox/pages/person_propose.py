"""Proposes that a handle is another person's; the person is asked."""

from aiohttp import web

from inbox.keys import FORM, SERVICES, SESSION
from inbox.numbers import number_in
from intake.errors import Invalid
from intake.links import Found
from intake.posted_forms import as_number


async def submit(request: web.Request) -> web.StreamResponse:
    form, person_id = request[FORM], number_in(request, "person")
    handle_id = form.number("handle")
    kind, _, number = form.text("whose").partition(":")
    found_id = as_number(number)
    if handle_id is None or found_id is None or kind not in ("person", "employee"):
        raise Invalid("unknown_person")
    is_person = kind == "person"
    whose = Found(
        name="",
        person_id=found_id if is_person else None,
        employee_id=None if is_person else found_id,
    )
    await request.app[SERVICES].links.propose(request[SESSION].agent, handle_id, whose)
    raise web.HTTPSeeOther(f"/people/{person_id}#links")
