"""How long pages take, for /metrics: by page and status, never by who or what."""

from time import perf_counter
from typing import Final

from aiohttp import web
from aiohttp.typedefs import Handler
from prometheus_client import CollectorRegistry, Histogram

BOUNDS: Final = (0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.125, 0.25, 0.5, 1, 2, 5)
STREAMING: Final = "live_show"  # it lasts as long as somebody looks


class PageSpans:
    """`measure` stands around the pages; what is answered elsewhere is observed by hand."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._spans = Histogram(
            "firstline_page_seconds",
            "Time to answer a request.",
            ("page", "status"),
            buckets=BOUNDS,
            registry=registry,
        )
        # Looking one up costs more than observing.
        self._known: dict[tuple[str, int], Histogram] = {}

    def observe(self, page: str, status: int, seconds: float) -> None:
        span = self._known.get((page, status))
        if span is None:
            span = self._known[page, status] = self._spans.labels(page, status)
        span.observe(seconds)

    @web.middleware
    async def measure(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        page = request.match_info.route.name or "unknown"
        if page == STREAMING:
            return await handler(request)
        started = perf_counter()
        try:
            response = await handler(request)
        except web.HTTPException as answer:
            self.observe(page, answer.status, perf_counter() - started)
            raise
        self.observe(page, response.status, perf_counter() - started)
        return response


PAGE_SPANS: Final = web.AppKey("page_spans", PageSpans)
