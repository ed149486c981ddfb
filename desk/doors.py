"""A short way in for what machines post: past the pages' routes, middlewares and headers.

Those would cost a webhook more than its own work. Its route stays in the application for whatever
is no plain post; what is posted proves itself, and its time is kept beside the pages'.
"""

from collections.abc import Awaitable, Callable, Mapping
from time import perf_counter
from typing import Any

from aiohttp import web

from desk.bodies import answered
from inbox.counting import PAGE_SPANS

EVENT_WITHIN = 30.0  # seconds until the body of a webhook's event is whole
FORM_WITHIN = 600.0  # until a form is, with files over a slow line

Receive = Callable[[web.Request], Awaitable[web.StreamResponse]]


async def opened(app: web.Application, doors: Mapping[str, Receive]) -> web.AppRunner:
    """The application, ready to be served; posts to a path of `doors` go straight there."""
    for path, receive in doors.items():
        app.router.add_post(path, receive, name=_name(path))
    runner = web.AppRunner(app, access_log=None, handle_signals=False)
    await runner.setup()
    if runner.server is not None:
        runner.server.request_handler = _doors_first(app, doors, runner.server.request_handler)
    return runner


def _doors_first(app: web.Application, doors: Mapping[str, Receive], pages: Any) -> Any:
    spans = app[PAGE_SPANS]

    async def admit(request: web.Request, receive: Receive) -> web.StreamResponse:
        started = perf_counter()
        response = await answered(request, receive, EVENT_WITHIN)
        spans.observe(_name(request.path), response.status, perf_counter() - started)
        return response

    def answer(request: web.Request) -> Awaitable[web.StreamResponse]:
        receive = doors.get(request.rel_url.raw_path)
        if receive is None or request.method != "POST" or "Expect" in request.headers:
            return answered(request, pages, FORM_WITHIN)
        return admit(request, receive)

    return answer


def _name(path: str) -> str:
    """Of the channel, whose bots count as one: "telegram_webhook"."""
    return f"{path.split('/')[1]}_webhook"
