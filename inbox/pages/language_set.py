"""The agent's own language for these pages."""

from aiohttp import web

from inbox.frame import is_own_path
from inbox.keys import FORM, SERVICES, SESSION
from intake.errors import NotFound
from intake.people import LANGUAGES


async def submit(request: web.Request) -> web.StreamResponse:
    form = request[FORM]
    language, back = form.text("language"), form.text("back", 2000)
    if language not in LANGUAGES:
        raise NotFound("no_language")
    await request.app[SERVICES].agents.set_language(request[SESSION].agent.id, language)
    raise web.HTTPSeeOther(back if is_own_path(back) else "/")
