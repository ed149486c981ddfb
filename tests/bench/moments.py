"""The time, as the measured program is told it."""

from datetime import UTC, datetime


def now():
    return datetime.now(UTC)


def micros():
    return int(now().timestamp() * 1_000_000)
