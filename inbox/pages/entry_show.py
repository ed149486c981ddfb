"""All words of one entry, where the ticket's page shows only their beginning: plain text."""

from aiohttp import web

from inbox.keys import SERVICES
from inbox.pages.file_show import POLICY
from inbox.pages.ticket_show import number_of
from intake.errors import NotFound
from intake.posted_forms import as_number


async def show(request: web.Request) -> web.Response:
    """Raises NotFound."""
    entries = await request.app[SERVICES].listing.timeline(number_of(request))
    wanted = as_number(request.match_info["entry"])
    words = next((one.full_text or one.text for one in entries if one.id == wanted), "")
    if not words:
        raise NotFound("no_ticket")
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "private, no-store"}
    return web.Response(text=words, content_type="text/plain", headers=headers)
