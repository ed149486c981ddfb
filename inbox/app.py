"""Puts the agents' web together: parts, words, routes.

`desk` serves it and mounts what else there is (webhooks, the demo) as routes or sub-applications;
those guard themselves.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from aiohttp import web

from inbox.counting import PAGE_SPANS, PageSpans
from inbox.drawing import install_voices
from inbox.errors import AGAIN, turn_errors
from inbox.guard import guard
from inbox.headers import add_headers
from inbox.keys import DISK, OWN_ROUTES, PASSWORDS, SERVICES
from inbox.live import STREAMS, end_streams
from inbox.pages.login_submit import DOOR
from inbox.passwords import Passwords
from inbox.ports import InboxServices
from inbox.routes import pages_again, routes
from inbox.rows import install_rows
from inbox.static_files import StaticFiles
from intake.posted_forms import FORM_LIMIT

DISK_THREADS = 4


def build_app(services: InboxServices, passwords: Passwords | None = None) -> web.Application:
    spans = PageSpans(services.registry)
    app = web.Application(
        client_max_size=FORM_LIMIT, middlewares=[spans.measure, turn_errors, guard]
    )
    static = StaticFiles()
    app[SERVICES] = services
    app[PAGE_SPANS] = spans
    app[PASSWORDS] = passwords or Passwords()
    app[DISK] = ThreadPoolExecutor(DISK_THREADS, thread_name_prefix="inbox-files")
    app[DOOR] = asyncio.Semaphore(1)
    app[STREAMS] = set()
    app[AGAIN] = pages_again()
    install_voices(app, services, static)
    install_rows(app, services.labels)
    own = routes(static)
    app.add_routes(own)
    app[OWN_ROUTES] = frozenset(route.kwargs["name"] for route in own)
    app.on_response_prepare.append(add_headers)
    app.on_shutdown.append(end_streams)
    app.on_cleanup.append(_end_threads)
    return app


async def _end_threads(app: web.Application) -> None:
    app[PASSWORDS].close()
    app[DISK].shutdown(wait=False)
