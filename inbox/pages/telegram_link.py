"""Makes a link that joins an agent's own Telegram: it can't be asked for again, only made anew."""

from aiohttp import web

from inbox.keys import SESSION
from inbox.pages.telegram_show import companion_of, draw_account


async def submit(request: web.Request) -> web.Response:
    link = await companion_of(request).offer(request[SESSION].agent)
    return await draw_account(request, link=link)
