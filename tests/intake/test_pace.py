"""How fast an account may speak."""

from datetime import UTC, datetime, timedelta

import pytest

from intake.flow.pace import Pace, Rate

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def a_pace() -> Pace:
    second = timedelta(seconds=1)
    return Pace(account=Rate(count=3, within=second), address=Rate(count=1, within=second))


def test_an_account_rests_when_its_share_is_used_up():
    pace = a_pace()
    for person in ("olena", "tom", "giulia"):
        pace.note(person, NOW)
    assert pace.room(NOW) == 0
    assert pace.room(NOW + timedelta(seconds=1)) == 3


def test_an_address_rests_a_second_after_each_message():
    pace = a_pace()
    pace.note("olena", NOW)
    assert pace.resting(NOW + timedelta(milliseconds=900)) == ("olena",)
    assert pace.resting(NOW + timedelta(seconds=1)) == ()


def test_a_pause_that_the_platform_asked_for_holds_everything():
    pace = a_pace()
    pace.pause(NOW + timedelta(seconds=30))
    assert pace.room(NOW + timedelta(seconds=29)) == 0
    assert pace.room(NOW + timedelta(seconds=30)) == 3


def test_addresses_of_the_past_are_forgotten():
    pace = a_pace()
    for number in range(1000):
        pace.note(str(number), NOW)
    pace.resting(NOW + timedelta(seconds=2))
    assert not pace._by_address


def test_the_wait_ends_when_the_oldest_send_is_a_span_ago_or_the_pause_is_over():
    pace = a_pace()
    assert pace.wait(NOW) == 0
    for person in ("olena", "tom", "giulia"):
        pace.note(person, NOW)
    later = NOW + timedelta(milliseconds=400)
    assert pace.wait(later) == pytest.approx(0.6)
    pace.pause(NOW + timedelta(seconds=30))
    assert pace.wait(later) == pytest.approx(29.6)


def test_a_clock_that_is_put_back_holds_nothing_up_for_longer():
    pace, back = a_pace(), NOW - timedelta(hours=1)
    assert pace.room(NOW) == 3
    for person in ("olena", "tom", "giulia"):
        pace.note(person, NOW)
    pace.pause(NOW + timedelta(seconds=5))
    assert pace.room(back) == 0
    assert set(pace.resting(back)) == {"olena", "tom", "giulia"}
    assert pace.wait(back) == 5
    assert pace.room(back + timedelta(seconds=5)) == 3
    assert pace.resting(back + timedelta(seconds=5)) == ()
