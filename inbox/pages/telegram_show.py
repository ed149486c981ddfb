"""An agent's own Telegram: whether it is linked, and when it rests."""

from datetime import time

from aiohttp import web

from inbox.drawing import draw
from inbox.errors import Problem
from inbox.frame import frame_of
from inbox.keys import FORM, SERVICES, SESSION
from inbox.ports import Companion
from intake.errors import NotFound

ADDRESS = "/telegram"


async def show(request: web.Request) -> web.Response:
    return await draw_account(request)


async def show_again(request: web.Request, problem: Problem) -> web.Response:
    """As it is now, with what went wrong and what was typed."""
    return await draw_account(request, problem=problem)


async def draw_account(
    request: web.Request, *, link: str = "", problem: Problem | None = None
) -> web.Response:
    """`link` opens the bot and links whoever follows it: it is on the page that made it alone."""
    chat = await companion_of(request).chat_of(request[SESSION].agent)
    form = request.get(FORM)
    typed = form.values if form is not None else {}
    values = {
        "link": link,
        "chat": chat,
        "quiet_from": typed.get("from", _shown(chat.quiet_from if chat else None)),
        "quiet_until": typed.get("until", _shown(chat.quiet_until if chat else None)),
        "problem": problem,
        "topics": "tickets",
    }
    frame = await frame_of(request, "", address=ADDRESS)
    return draw(request, "telegram", frame | values, problem.status if problem else 200)


def companion_of(request: web.Request) -> Companion:
    """Raises NotFound where agents have no bot."""
    companion = request.app[SERVICES].companion
    if companion is None:
        raise NotFound("no_page")
    return companion


def _shown(moment: time | None) -> str:
    return "" if moment is None else f"{moment:%H:%M}"
