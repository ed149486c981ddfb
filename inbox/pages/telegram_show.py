"""An agent's own Telegram: linked by a link that is shown once, its quiet hours, and leaving."""

from datetime import time

from aiohttp import web

from inbox.drawing import draw
from inbox.frame import frame_of
from inbox.keys import FORM, SERVICES, SESSION
from inbox.ports import Companion
from intake.errors import Invalid, NotFound


async def show(request: web.Request) -> web.Response:
    return await _draw(request)


async def offer(request: web.Request) -> web.Response:
    """The link is on this page alone: it can't be asked for again, only made anew."""
    link = await _companion(request).offer(request[SESSION].agent)
    return await _draw(request, link)


async def unlink(request: web.Request) -> web.StreamResponse:
    await _companion(request).unlink(request[SESSION].agent)
    raise web.HTTPSeeOther("/telegram")


async def set_quiet(request: web.Request) -> web.StreamResponse:
    form = request[FORM]
    begins, ends = _time(form.text("from")), _time(form.text("until"))
    if (begins is None) != (ends is None):
        raise Invalid("half_a_span")
    quiet = (begins, ends) if begins is not None and ends is not None else None
    await _companion(request).set_quiet(request[SESSION].agent, quiet)
    raise web.HTTPSeeOther("/telegram")


async def _draw(request: web.Request, link: str = "") -> web.Response:
    companion = _companion(request)
    chat = await companion.chat_of(request[SESSION].agent)
    values = {
        "link": link,
        "chat": chat,
        "quiet_from": _shown(chat.quiet_from if chat else None),
        "quiet_until": _shown(chat.quiet_until if chat else None),
        "topics": "tickets",
    }
    frame = await frame_of(request, "", address="/telegram")
    return draw(request, "telegram", frame | values)


def _companion(request: web.Request) -> Companion:
    companion = request.app[SERVICES].companion
    if companion is None:
        raise NotFound("no_page")
    return companion


def _time(text: str) -> time | None:
    """Empty is none. Raises Invalid."""
    if not text.strip():
        return None
    try:
        return time.fromisoformat(text.strip()).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError as error:
        raise Invalid("no_time") from error


def _shown(moment: time | None) -> str:
    return "" if moment is None else f"{moment:%H:%M}"
