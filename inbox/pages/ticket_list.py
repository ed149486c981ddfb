"""Lists of tickets: by view, or by what was searched for; older ones page by page."""

from typing import Final
from urllib.parse import urlencode

from aiohttp import web

from inbox.drawing import draw, voice_of
from inbox.frame import VIEWS, frame_of
from inbox.keys import SERVICES, SESSION
from inbox.rows import ROWS
from intake.posted_forms import clean

QUERY_LIMIT: Final = 200
CURSOR_LIMIT: Final = 100
FIRST_VIEW: Final = "open"


async def show(request: web.Request) -> web.Response:
    services = request.app[SERVICES]
    query = clean(request.query.get("q", "")).strip()[:QUERY_LIMIT]
    wanted = request.query.get("view", FIRST_VIEW)
    view = wanted if wanted in VIEWS else FIRST_VIEW
    cursor = clean(request.query.get("older", ""))[:CURSOR_LIMIT]
    if query:
        page = await services.listing.search(query, cursor)
    else:
        page = await services.listing.tickets(view, request[SESSION].agent.id, cursor)
    now = services.clock.now()
    frame = await frame_of(request, "" if query else view, query=query)
    place = {"q": query} if query else {"view": view}
    values = {
        "rows": request.app[ROWS][voice_of(request).language].draw(page.lines, now),
        "older": "?" + urlencode({**place, "older": page.older}) if page.older else "",
        "newest": "?" + urlencode(place) if cursor else "",
        "topics": "tickets",
    }
    return draw(request, "tickets", frame | values)
