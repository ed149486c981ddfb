"""A stream of server-sent events says that there is news; whichever page it concerns fetches it.

All windows of a browser share one, which hears of all tickets (`static/windows.js`). A stream
holds no content, so it needs no rights of its own beyond the session that opened it.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from typing import Final

from aiohttp import web

from inbox.keys import SERVICES
from inbox.ports import InboxSettings
from intake.errors import Invalid

TOPIC: Final = re.compile(r"tickets|ticket:(?:[0-9]{1,15}|\*)")
MAX_TOPICS: Final = 4
WRITE_WITHIN: Final = 10.0  # a page that takes longer is gone or hopeless
STREAMS: Final = web.AppKey("streams", set[asyncio.Timeout])
HEADERS: Final = {
    "Content-Type": "text/event-stream; charset=utf-8",
    "X-Accel-Buffering": "no",  # asks a proxy in front to pass each event on at once
}


async def show_live(request: web.Request) -> web.StreamResponse:
    topics = request.query.get("topics", "").split(",")
    if len(topics) > MAX_TOPICS or not all(map(TOPIC.fullmatch, topics)):
        raise Invalid("unknown_topic")
    if request.method == "HEAD":
        return web.Response(headers=HEADERS)  # what follows it would be taken for an answer
    response = web.StreamResponse(headers=HEADERS)
    streams = request.app[STREAMS]
    # After a while the browser connects anew, and its session is looked at again.
    life = asyncio.timeout(request.app[SERVICES].settings.stream_within)
    streams.add(life)
    try:
        async with life:
            await response.prepare(request)
            await _write(response, "retry: 2000\n\n")
            await _pass_rings_on(request, response, topics)
    except (TimeoutError, ConnectionError):
        pass  # over: by age, by shutdown, by a slow or vanished reader
    finally:
        streams.discard(life)
    return response


async def end_streams(app: web.Application) -> None:
    """At shutdown: each stream ends now, as if its time were over."""
    now = asyncio.get_running_loop().time()
    streams = app[STREAMS]
    for life in tuple(streams):
        life.reschedule(now)


async def _pass_rings_on(
    request: web.Request, response: web.StreamResponse, topics: Sequence[str]
) -> None:
    services = request.app[SERVICES]
    while True:
        async with services.bell.listen(topics) as rings:
            while (event := await _next_event(rings, services.settings)) is not None:
                await _write(response, event)


async def _next_event(rings: AsyncIterator[str], settings: InboxSettings) -> str | None:
    """A ring, or a heartbeat where none came; None when the rings have ended.

    A generator that was cut off while it waited has ended: then listening starts anew.
    """
    try:
        async with asyncio.timeout(settings.beat_within):
            topic = await anext(rings, None)
    except TimeoutError:
        return ": beat\n\n"
    return None if topic is None else f"event: ring\ndata: {topic}\n\n"


async def _write(response: web.StreamResponse, event: str) -> None:
    async with asyncio.timeout(WRITE_WITHIN):
        await response.write(event.encode())
