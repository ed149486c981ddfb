"""Ends the session, here and in the database."""

from aiohttp import web

from inbox.guard import end_session
from inbox.keys import SERVICES


async def submit(request: web.Request) -> web.StreamResponse:
    response = web.Response(status=303, headers={"Location": "/login"})
    await end_session(request, response, request.app[SERVICES])
    return response
