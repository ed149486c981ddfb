"""The door: login and password."""

from aiohttp import web

from inbox.drawing import draw
from inbox.errors import Problem


async def show(request: web.Request) -> web.Response:
    return draw_login(request, wanted=request.query.get("next", ""))


def draw_login(
    request: web.Request, *, wanted: str, login: str = "", problem: Problem | None = None
) -> web.Response:
    values = {"problem": problem, "login": login, "next": wanted, "kept": ""}
    return draw(request, "login", values, problem.status if problem else 200)
