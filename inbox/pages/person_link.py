"""Proposes that a handle is another person's: whom, is searched here; the person is asked then."""

from aiohttp import web

from inbox.drawing import draw, voice_of
from inbox.frame import frame_of
from inbox.keys import FORM, SERVICES, SESSION
from intake.errors import Invalid, NotFound
from intake.links import Found
from intake.posted_forms import as_number, clean

LONGEST_QUESTION = 100


async def show(request: web.Request) -> web.Response:
    services, voice = request.app[SERVICES], voice_of(request)
    person_id = as_number(request.match_info["person"])
    if person_id is None:
        raise NotFound("no_person")
    person = await services.listing.person(person_id)
    asked = clean(request.query.get("q", ""))[:LONGEST_QUESTION].strip()
    found = await services.links.find(asked) if asked else ()
    values = {
        "person": person,
        "name": person.name or voice.words["no_name"],
        "handles": await services.listing.handles(person_id),
        "chosen": as_number(request.query.get("handle", "")),
        "topics": "tickets",
        "asked_for": asked,
        "found": [one for one in found if one.person_id != person_id],
    }
    return draw(request, "person_link", (await frame_of(request, "")) | values)


async def submit(request: web.Request) -> web.StreamResponse:
    form, person_id = request[FORM], request.match_info["person"]
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
