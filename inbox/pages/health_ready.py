"""For machines: whether this process can serve."""

from aiohttp import web

from inbox.keys import SERVICES


async def show(request: web.Request) -> web.Response:
    if await request.app[SERVICES].is_ready():
        return web.Response(text="ready\n")
    return web.Response(status=503, text="not ready\n", headers={"Retry-After": "5"})
