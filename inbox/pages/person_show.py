"""A person: every way to reach them, all their tickets, all files that stand there."""

from urllib.parse import urlencode

from aiohttp import web

from inbox.attachments import Attachments
from inbox.drawing import draw, voice_of
from inbox.facts import language_name
from inbox.frame import frame_of
from inbox.keys import SERVICES
from inbox.numbers import number_in
from inbox.pages.ticket_list import CURSOR_LIMIT
from inbox.rows import ROWS
from inbox.ways import Ways
from intake.posted_forms import clean

ROWS_SHOWN = 25
FILES_SHOWN = 24


async def show(request: web.Request) -> web.Response:
    services, voice = request.app[SERVICES], voice_of(request)
    person_id = number_in(request, "person")
    listing, at = services.listing, {name: _cursor(request, name) for name in ("older", "files")}
    now = services.clock.now()
    person = await listing.person(person_id)
    handles = await listing.handles(person_id)
    page = await listing.tickets_of(person_id, at["older"], ROWS_SHOWN)
    files = await listing.files_of(person_id, at["files"], FILES_SHOWN)
    values = {
        "person": person,
        "name": person.name or voice.words["no_name"],
        "probably": await listing.probably(person_id),
        "writes_in": language_name(person.language, voice.language),
        "handles": handles,
        "links": await services.links.of(person_id),
        "ways": Ways(voice, services.reaching, now, await listing.refused()).draw(handles),
        "rows": request.app[ROWS][voice.language].draw(page.lines, now),
        "files": Attachments(voice, services.reaching.is_served).draw(files.files),
        "older": _link(at | {"older": page.older}) if page.older else "",
        "older_files": _link(at | {"files": files.older}) if files.older else "",
        "newest": f"/people/{person_id}" if any(at.values()) else "",
        "topics": "tickets",
    }
    return draw(request, "person", (await frame_of(request, "")) | values)


def _cursor(request: web.Request, name: str) -> str:
    return clean(request.query.get(name, ""))[:CURSOR_LIMIT]


def _link(places: dict[str, str]) -> str:
    """The next page of one list; the other stays where it is."""
    return "?" + urlencode({name: place for name, place in places.items() if place})
