"""Bodies that don't come as they should: not in their time, not whole, not packed as they say.

For webhooks and pages alike, around whoever reads them. How large one may be they say themselves.
"""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

log = structlog.get_logger()


class TooSlow(Exception):
    """The body was not whole in its time."""


async def answered(request: web.Request, handler: Handler, within: float) -> web.StreamResponse:
    """What `handler` answers, or 408 and 400; a body that is whole already costs nothing here."""
    content = request.content
    if content.is_eof():
        return await handler(request)
    too_late = asyncio.get_running_loop().call_later(within, content.set_exception, TooSlow())
    try:
        return await handler(request)
    except TooSlow:
        return _refused(request, web.HTTPRequestTimeout.status_code, "too slow")
    except web.RequestPayloadError:
        return _refused(request, web.HTTPBadRequest.status_code, "not packed as it says")
    except ConnectionError:
        if content.exception() is None:
            raise
        return _refused(request, web.HTTPBadRequest.status_code, "broken off")
    finally:
        too_late.cancel()
        if content.exception() is not None:
            content.feed_eof()  # else aiohttp would read on, into the same again


def _refused(request: web.Request, status: int, reason: str) -> web.Response:
    log.warning("body refused", page=request.path.split("/")[1], reason=reason)
    response = web.Response(status=status)
    response.force_close()
    return response
