"""Figures for /metrics: what waits, how old the oldest is, and how long the loop was held up."""

from prometheus_client import CollectorRegistry, Gauge

from desk.lag import Lag
from intake.ports import Clock
from store.backlog import Backlog


class Metrics:
    """Gauges that `step` brings up to date."""

    def __init__(self, backlog: Backlog, clock: Clock, lag: Lag) -> None:
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

        Gauge(
            "firstline_loop_held_up_seconds",
            "Longest time within the last minute that the event loop of this process stood still.",
            registry=self.registry,
        ).set_function(lag.worst)

    async def step(self) -> int:
        """Read the figures; 0, so that the next look waits for its time."""
        for count in await self._backlog.counts():
            self._rows.labels(count.table, count.state).set(count.rows)
        now = self._clock.now()
        for table, since in (await self._backlog.oldest()).items():
            age = (now - since).total_seconds() if since else 0
            self._oldest.labels(table).set(age)
        return 0
