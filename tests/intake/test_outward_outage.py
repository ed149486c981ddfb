"""The database goes away in the middle of sending: nothing is sent twice, nothing stays behind."""

from datetime import UTC, datetime, timedelta

import pytest

from intake.errors import Unavailable
from intake.flow.outward import Outward
from intake.flow.pace import Pace, Rate
from intake.messages import Address
from intake.speech import Accepted, Delivery, Text

DELIVERY = Delivery(
    id=1, address=Address(channel="telegram", account="7", external_id="100"), body=Text(text="Ok")
)


class Clock:
    def now(self):
        return datetime(2026, 11, 23, 9, tzinfo=UTC)


class Outbox:
    def __init__(self, away):
        self.due, self.settled, self.released = [DELIVERY], [], 0
        self._away = away  # which call meets the outage

    def _check(self, name):
        if name == self._away:
            self._away = ""
            raise Unavailable(name)

    async def claim(self, *_):
        claimed, self.due = self.due, []
        self._check("claim")
        return claimed

    async def begin(self, *_):
        self._check("begin")

    async def settle(self, delivery, result, _):
        self._check("settle")
        self.settled.append((delivery.id, result))

    async def release_stale(self, *_):
        self.released += 1
        return 1


class Sender:
    def __init__(self):
        self.sent = []

    async def send(self, delivery, begin):
        await begin()
        self.sent.append(delivery.id)
        return Accepted(provider_id="5")


def outward(away):
    rate = Rate(count=10, within=timedelta(seconds=1))
    return Outward(
        outbox=Outbox(away),
        sender=Sender(),
        channel="telegram",
        account="7",
        pace=Pace(account=rate, address=rate),
        clock=Clock(),
    )


async def test_an_end_that_could_not_be_stored_is_stored_later_and_sent_once():
    out = outward(away="settle")
    await out.step()
    assert out.outbox.settled == []
    await out.step()
    assert out.outbox.settled == [(1, Accepted(provider_id="5"))]
    assert out.sender.sent == [1]


async def test_a_claim_with_an_unclear_end_is_recovered_before_the_next():
    out = outward(away="claim")
    with pytest.raises(Unavailable):
        await out.step()
    await out.step()
    await out.step()
    assert out.outbox.released == 1
    assert out.sender.sent == []


async def test_a_burst_goes_on_as_soon_as_there_is_room_not_at_the_next_poll():
    waits = []

    async def rest(seconds):
        waits.append(seconds)

    one = Rate(count=1, within=timedelta(milliseconds=250))
    outward = Outward(
        outbox=Outbox(away=""),
        sender=Sender(),
        channel="telegram",
        account="7",
        pace=Pace(account=one, address=one),
        clock=Clock(),
        rest=rest,
    )
    assert await outward.step() == 1
    await outward.step()
    assert waits == [0.25]
