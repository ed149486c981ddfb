"""Which channels keep which promise. The names of the tests are the promises.

A test that takes `channel` gets it opened, with its platform around it; one that takes `driver`
needs none, and gets the class.
"""

import inspect

import pytest

from tests.bots.contract.channel import FAULTS
from tests.bots.contract.email import EmailChannel
from tests.bots.contract.meta import InstagramChannel, MessengerChannel
from tests.bots.contract.telegram import TelegramChannel
from tests.bots.contract.viber import ViberChannel

CHANNELS = (TelegramChannel, ViberChannel, MessengerChannel, InstagramChannel, EmailChannel)
PROMISES = {}  # names of tests, in their order


def promised(test):
    """Asked of every channel but those that have nothing to keep."""
    asked = [(channel,) for channel in CHANNELS if test.__name__ not in channel.exempt]
    return _asked(test, asked)


def of_every_fault(test):
    """Asked of every channel with everything that may go wrong there."""
    return _asked(
        test, [(one, fault) for one in CHANNELS for fault in FAULTS if fault in one.ends]
    )


def of_every_content(test):
    """Asked of every captured payload."""
    return _asked(test, [(one, name) for one in CHANNELS for name in one.contents])


def _asked(test, values):
    PROMISES[test.__name__] = None
    names = list(inspect.signature(test).parameters)[: len(values[0])]
    opened = [name for name in names if name == "channel"]
    ids = [": ".join((channel.name, *more)) for channel, *more in values]
    return pytest.mark.parametrize(names, values, ids=ids, indirect=opened)(test)
