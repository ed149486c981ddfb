"""Whose a handle may be: an agent looks for the person, who is asked then (`person_propose`)."""

from aiohttp import web

from inbox.drawing import draw, voice_of
from inbox.errors import Problem
from inbox.frame import frame_of
from inbox.keys import FORM, SERVICES
from inbox.numbers import number_in
from intake.posted_forms import as_number, clean

LONGEST_QUESTION = 100


async def show(request: web.Request) -> web.Response:
    return await _draw(request, None)


async def show_again(request: web.Request, problem: Problem) -> web.Response:
    return await _draw(request, problem)


async def _draw(request: web.Request, problem: Problem | None) -> web.Response:
    services, voice = request.app[SERVICES], voice_of(request)
    person_id = number_in(request, "person")
    person = await services.listing.person(person_id)
    asked = clean(request.query.get("q", ""))[:LONGEST_QUESTION].strip()
    found = await services.links.find(asked) if asked else ()
    form = request.get(FORM)
    chosen = form.number("handle") if form else as_number(request.query.get("handle", ""))
    values = {
        "person": person,
        "name": person.name or voice.words["no_name"],
        "handles": await services.listing.handles(person_id),
        "chosen": chosen,
        "topics": "tickets",
        "asked_for": asked,
        "found": [one for one in found if one.person_id != person_id],
        "problem": problem,
    }
    frame = await frame_of(request, "", address=f"/people/{person_id}/link")
    return draw(request, "person_link", frame | values, problem.status if problem else 200)
