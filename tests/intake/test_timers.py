"""How long a card waits, in working time: one reminder, then the ticket goes on."""

from datetime import UTC, datetime, timedelta

import pytest

from intake.tickets import Status
from intake.timers import Patience, Purpose, Ring, Timer
from tests.intake.cast import PATIENCE, a_ticket

MONDAY = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)  # nine in Kyiv, which is open from 8 to 18
NIGHT = datetime(2026, 11, 23, 21, 0, tzinfo=UTC)
FRIDAY = datetime(2026, 11, 27, 14, 0, tzinfo=UTC)  # four in the afternoon
HOUR = timedelta(hours=1)


def a_timer(ticket=None, **more):
    given = {"purpose": Purpose.REMIND, "has_been_heard": False, **more}
    return Timer(id=1, ticket=ticket or a_ticket(), **given)


def test_a_card_is_reminded_of_after_four_working_hours():
    new = PATIENCE.first(1042, 7, MONDAY)
    assert (new.purpose, new.due_at) == (Purpose.REMIND, MONDAY + 4 * HOUR)


def test_a_weekend_does_not_count():
    assert PATIENCE.first(1042, 7, FRIDAY).due_at == datetime(2026, 11, 30, 8, 0, tzinfo=UTC)


def test_after_one_working_day_in_all_the_ticket_goes_on():
    reminded = PATIENCE.first(1042, 7, MONDAY).due_at
    new = PATIENCE.then(a_timer(), reminded)
    assert (new.purpose, new.due_at) == (Purpose.GO_ON, MONDAY + 24 * HOUR)


def test_a_late_reminder_leaves_as_much_time_as_one_on_time():
    assert PATIENCE.then(a_timer(), FRIDAY).due_at == datetime(2026, 11, 30, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize("within", [timedelta(0), timedelta(hours=10), timedelta(hours=40)])
def test_a_reminder_that_would_not_be_the_first_to_ring_is_none(within):
    patience = Patience(
        hours=PATIENCE.hours, reminds_within=within, goes_on_within=PATIENCE.goes_on_within
    )
    new = patience.first(1042, 7, MONDAY)
    assert (new.purpose, new.due_at) == (Purpose.GO_ON, MONDAY + 24 * HOUR)


def test_who_stays_silent_is_reminded_in_working_hours():
    assert PATIENCE.ring(a_timer(), MONDAY) is Ring.REMIND


@pytest.mark.parametrize("now", [NIGHT, datetime(2026, 11, 28, 10, 0, tzinfo=UTC)])
def test_nobody_is_reminded_while_the_desk_is_closed(now):
    assert PATIENCE.ring(a_timer(), now) is Ring.LATER
    assert PATIENCE.ring(a_timer(), PATIENCE.opens_at(now)) is Ring.REMIND


def test_who_has_said_something_or_got_an_answer_is_not_reminded():
    assert PATIENCE.ring(a_timer(has_been_heard=True), MONDAY) is Ring.WAIT_ON


@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize(
    "ticket",
    [a_ticket(status=Status.SOLVED), a_ticket(status=Status.CLOSED), a_ticket(asked=())],
)
def test_nothing_rings_where_nothing_is_waited_for(ticket, purpose):
    assert PATIENCE.ring(a_timer(ticket, purpose=purpose), MONDAY) is Ring.NOTHING


@pytest.mark.parametrize("now", [MONDAY, NIGHT])
def test_a_ticket_goes_on_at_any_hour_whatever_was_said(now):
    timer = a_timer(purpose=Purpose.GO_ON, has_been_heard=True)
    assert PATIENCE.ring(timer, now) is Ring.GO_ON
