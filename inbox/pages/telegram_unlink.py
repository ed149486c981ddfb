"""Parts an agent from their Telegram."""

from aiohttp import web

from inbox.keys import SESSION
from inbox.pages.telegram_show import ADDRESS, companion_of


async def submit(request: web.Request) -> web.StreamResponse:
    await companion_of(request).unlink(request[SESSION].agent)
    raise web.HTTPSeeOther(ADDRESS)
