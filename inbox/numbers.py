"""Numbers that stand in a page's address: checked once, for all pages."""

from aiohttp import web

from intake.errors import NotFound
from intake.posted_forms import as_number


def number_in(request: web.Request, name: str) -> int:
    """Of the ticket, person, file ... that the address names. Raises NotFound, as for no such one.

    A route takes digits alone there, but also more than any database holds.
    """
    number = as_number(request.match_info[name])
    if number is None:
        raise NotFound(f"no_{name}")
    return number
