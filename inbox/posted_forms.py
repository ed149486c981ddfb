"""Reads the forms that agents post: never an error of its own but "too large".

What the fields mean is left to the pages.
"""

from aiohttp import web

from intake.posted_forms import Form, read_body

REPLY_LIMIT = 25 * 1024 * 1024


async def read_form(request: web.Request) -> Form:
    """Raises HTTPRequestEntityTooLarge beyond the request's own limit."""
    return read_body(await request.read(), request.headers.get("Content-Type", ""))
