"""What is not taken or given is tried for a day, ever more slowly."""

from datetime import timedelta

from intake.flow.retrying import GIVE_UP_AFTER, LONGEST_PAUSE, is_enough, pause_after


def test_pauses_grow_up_to_a_quarter_of_an_hour():
    assert [pause_after(tries).total_seconds() for tries in (1, 2, 5)] == [2, 4, 32]
    assert pause_after(10) == pause_after(10_000) == LONGEST_PAUSE


def test_one_gives_up_after_a_day_of_tries():
    tries, waited = 1, timedelta()
    while not is_enough(tries):
        waited += pause_after(tries)
        tries += 1
    assert GIVE_UP_AFTER <= waited <= GIVE_UP_AFTER + LONGEST_PAUSE
