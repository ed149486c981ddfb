"""All words of one entry, where the ticket's page shows only their beginning: plain text."""

from aiohttp import web

from inbox.keys import SERVICES
from inbox.numbers import number_in
from inbox.pages.file_show import POLICY
from intake.errors import NotFound


async def show(request: web.Request) -> web.Response:
    """Raises NotFound."""
    entries = await request.app[SERVICES].listing.timeline(number_in(request, "ticket"))
    wanted = number_in(request, "entry")
    words = next((one.full_text or one.text for one in entries if one.id == wanted), "")
    if not words:
        raise NotFound("no_ticket")
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "private, no-store"}
    return web.Response(text=words, content_type="text/plain", headers=headers)
