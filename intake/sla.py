"""By when an answer comes: a span of working time from a moment on."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingHours:
    """When the desk works: the same hours on each of these weekdays (Monday is 0)."""

    zone: tzinfo
    opens: time = time(8)
    closes: time = time(18)
    weekdays: frozenset[int] = frozenset(range(5))

    @property
    def a_day(self) -> timedelta:
        """The working time of one day."""
        return datetime.combine(date.min, self.closes) - datetime.combine(date.min, self.opens)


def due_at(start: datetime, within: timedelta, hours: WorkingHours) -> datetime:
    """The moment when `within` of working time has passed since `start`."""
    at = start.astimezone(hours.zone)
    left = within
    while True:
        opens, closes = _day(at, hours)
        at = max(at, opens)
        if at.weekday() in hours.weekdays and at < closes:
            if at + left <= closes:
                return at + left
            left -= closes - at
        at = opens + timedelta(days=1)


def _day(at: datetime, hours: WorkingHours) -> tuple[datetime, datetime]:
    def on_that_day(moment: time) -> datetime:
        return datetime.combine(at.date(), moment, tzinfo=hours.zone)

    return on_that_day(hours.opens), on_that_day(hours.closes)
