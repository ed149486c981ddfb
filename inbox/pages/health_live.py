"""For machines: this process is alive."""

from aiohttp import web


async def show(request: web.Request) -> web.Response:  # noqa: ARG001 - a handler
    return web.Response(text="ok\n")
