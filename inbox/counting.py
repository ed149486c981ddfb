"""How long pages take, for /metrics: by page and status, never by who or what."""

import time
from typing import Final

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from prometheus_client import CollectorRegistry, Histogram

BOUNDS: Final = (0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.125, 0.25, 0.5, 1, 2, 5)
STREAMING: Final = "live_show"  # it lasts as long as somebody looks


def counting(registry: CollectorRegistry) -> Middleware:
    spans = Histogram(
        "firstline_page_seconds",
        "Time to answer a request.",
        ("page", "status"),
        buckets=BOUNDS,
        registry=registry,
    )

    known: dict[tuple[str, int], Histogram] = {}  # looking one up costs more than observing

    def observe(page: str, status: int, seconds: float) -> None:
        span = known.get((page, status))
        if span is None:
            span = known[page, status] = spans.labels(page, status)
        span.observe(seconds)

    @web.middleware
    async def count(request: web.Request, handler: Handler) -> web.StreamResponse:
        page = request.match_info.route.name or "unknown"
        if page == STREAMING:
            return await handler(request)
        start = time.perf_counter()
        try:
            response = await handler(request)
        except web.HTTPException as answer:
            observe(page, answer.status, time.perf_counter() - start)
            raise
        observe(page, response.status, time.perf_counter() - start)
        return response

    return count
