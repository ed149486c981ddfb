"""What an agent decides about a quarantined envelope: it is received again, or needs nobody."""

from typing import Final

from aiohttp import web

from inbox.frame import is_own_path
from inbox.keys import FORM, SERVICES, SESSION
from intake.errors import NotFound
from intake.posted_forms import as_number

ADDRESS_LIMIT: Final = 200
FIRST_PAGE: Final = "/quarantine"


async def requeue(request: web.Request) -> web.StreamResponse:
    await request.app[SERVICES].service.requeue(request[SESSION].agent, _envelope(request))
    raise _back(request)


async def dismiss(request: web.Request) -> web.StreamResponse:
    await request.app[SERVICES].service.dismiss(request[SESSION].agent, _envelope(request))
    raise _back(request)


def _envelope(request: web.Request) -> int:
    envelope_id = as_number(request.match_info["envelope"])
    if envelope_id is None:
        raise NotFound("no_envelope")
    return envelope_id


def _back(request: web.Request) -> web.HTTPSeeOther:
    """To the page that it was decided on."""
    back = request[FORM].text("back", ADDRESS_LIMIT)
    is_of_page = is_own_path(back) and back.startswith(FIRST_PAGE)
    return web.HTTPSeeOther(back if is_of_page else FIRST_PAGE)
