"""The address without a path leads to the tickets."""

from aiohttp import web


async def show(request: web.Request) -> web.StreamResponse:  # noqa: ARG001 - a handler
    raise web.HTTPSeeOther("/tickets")
