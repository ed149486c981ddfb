"""What docs/channels.md says of the channels is what the suite asks of them."""

from intake.speech import Accepted
from tests.bots.contract.channel import FAULTS
from tests.bots.contract.promises import CHANNELS, PROMISES
from tests.bots.contract.table import PAGE, written


def test_the_tables_of_the_page_are_those_of_the_suite():
    page = PAGE.read_text("utf-8")
    assert written(page) == page


def test_whoever_is_excused_is_excused_from_a_promise_that_there_is():
    for channel in CHANNELS:
        assert {*channel.exempt} <= {*PROMISES}
        assert {*channel.ends} <= {*FAULTS}


def test_every_channel_shows_each_way_in_which_a_send_can_fail():
    for channel in CHANNELS:
        ways = {end.__name__ for end in channel.ends.values()}
        assert {Accepted.__name__, *ways} == {
            "Accepted", "RetryAfter", "Permanent", "UserGone", "Unknown",
        }  # fmt: skip
