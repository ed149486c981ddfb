"""By when an answer is promised."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from intake.people import LANGUAGES
from intake.sla import WorkingHours, due_at
from intake.wording import Wording
from tests.intake.cast import FORMS, NOW, a_ticket
from tests.intake.desk import WORDING

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


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("asked", [(), ("asset", "started")])
def test_what_is_late_or_answered_is_promised_no_more(language, asked):
    ticket = a_ticket(language=language, asked=asked)
    due = FORMS.due(ticket, NOW)
    late = NOW + timedelta(days=5)
    answered = a_ticket(language=language, asked=asked, first_response_at=NOW)
    assert due in FORMS.card(ticket, NOW).intro
    for intro in (FORMS.card(ticket, late).intro, FORMS.card(answered, NOW).intro):
        assert intro
        assert due not in intro
    human = WORDING.say("human", language, {"promised": "", "number": 1042})
    assert human.count("1042") == 1
    assert "12:10" in WORDING.say("human", language, {"promised": "12:10", "number": 1042})


@pytest.mark.parametrize(
    ("language", "day"),
    [
        ("uk", "30 листопада, 12:00"), ("en", "30 November, 12:00"),
        ("sk", "30. novembra, 12:00"), ("el", "30 Νοεμβρίου, 12:00"), ("it", "30 novembre, 12:00"),
    ],
)  # fmt: skip
def test_the_day_stands_before_its_month(language, day):
    assert Wording(KYIV).moment(at("2026-11-30T12:00"), language, NOW) == day
