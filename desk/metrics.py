"""Figures for /metrics that come from the database: what waits, and how old the oldest is."""

from prometheus_client import CollectorRegistry, Gauge

from intake.ports import Clock
from store.backlog import Backlog


class Metrics:
    """Gauges that `step` brings up to date."""

    def __init__(self, backlog: Backlog, clock: Clock) -> None:
        self.registry = CollectorRegistry()
        self._backlog = backlog
        self._clock = clock
        self._rows = Gauge(
            "firstline_rows",
            "Envelopes and deliveries that are not done or did not arrive, by state.",
            ("table", "state"),
            registry=self.registry,
        )
        self._oldest = Gauge(
            "firstline_oldest_waiting_seconds",
            "Age of the oldest envelope or delivery that waits.",
            ("table",),
            registry=self.registry,
        )

    async def step(self) -> int:
        """Read the figures; 0, so that the next look waits for its time."""
        for count in await self._backlog.counts():
            self._rows.labels(count.table, count.state).set(count.rows)
        now = self._clock.now()
        for table, since in (await self._backlog.oldest()).items():
            age = (now - since).total_seconds() if since else 0
            self._oldest.labels(table).set(age)
        return 0
