"""By when an answer is promised."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from intake.sla import WorkingHours, due_at

KYIV = ZoneInfo("Europe/Kyiv")
HOURS = WorkingHours(zone=KYIV)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=KYIV)


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-11-23T09:10", "2026-11-23T13:10"),  # a Monday morning: the same day
        ("2026-11-23T16:00", "2026-11-24T10:00"),  # runs over the night
        ("2026-11-23T22:00", "2026-11-24T12:00"),  # starts when the desk opens
        ("2026-11-27T17:00", "2026-11-30T11:00"),  # Friday evening: goes on on Monday
        ("2026-11-28T12:00", "2026-11-30T12:00"),  # Saturday
        ("2026-11-23T14:00", "2026-11-23T18:00"),  # to the last minute
    ],
)
def test_a_promise_counts_working_hours_only(start: str, due: str):
    assert due_at(at(start), timedelta(hours=4), HOURS) == at(due)


def test_the_clock_change_does_not_move_the_promised_hour():
    assert due_at(at("2026-10-23T17:00"), timedelta(hours=2), HOURS) == at("2026-10-26T09:00")
