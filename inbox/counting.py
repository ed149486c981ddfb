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

    @web.middleware
    async def count(request: web.Request, handler: Handler) -> web.StreamResponse:
        page = request.match_info.route.name or "unknown"
        if page == STREAMING:
            return await handler(request)
        start = time.perf_counter()
        try:
            response = await handler(request)
        except web.HTTPException as answer:
            spans.labels(page, answer.status).observe(time.perf_counter() - start)
            raise
        spans.labels(page, response.status).observe(time.perf_counter() - start)
        return response

    return count
