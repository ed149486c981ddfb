"""One account's way out: addresses don't wait for one another, and each keeps its order."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import structlog

from intake.errors import Conflict, Unavailable
from intake.flow.outward import MOST_UNDER_WAY, Outward
from intake.flow.pace import Pace, Rate
from intake.messages import Address
from intake.speech import Accepted, Delivery, RetryAfter, Text


class Clock:
    def now(self):
        return datetime(2026, 11, 23, 9, tzinfo=UTC)


class Outbox:
    """Gives the heads of addresses, as the real one does; remembers what was spared."""

    def __init__(self, waiting):
        self.waiting, self.sending, self.settled = list(waiting), set(), []
        self.begun, self.refusal, self.sent_before = [], None, []

    async def claim(self, _account, _now, limit, resting=()):
        heads = {one.address: one for one in reversed(self.waiting)}
        busy = {one.address for one in self.sending}
        due = [
            one for at, one in heads.items() if at not in busy and at.external_id not in resting
        ]
        claimed = sorted(due, key=lambda one: one.id)[:limit]
        self.waiting = [one for one in self.waiting if one not in claimed]
        self.sending |= set(claimed)
        return claimed

    async def begin(self, delivery, _now):
        if self.refusal is not None:
            raise self.refusal
        self.begun.append(delivery.id)

    async def settle(self, delivery, result, _now):
        self.sending.discard(delivery)
        self.settled.append(delivery.id)
        self.last_result = result

    async def sent_since(self, _channel, _account, _since):
        return self.sent_before

    async def release_stale(self, _channel, _account, _now, spared=()):
        self.spared = spared
        return 0


class Sender:
    """Hangs at Olena's until told otherwise."""

    def __init__(self):
        self.sent, self.answers, self.most, self._now = [], asyncio.Event(), 0, 0

    async def send(self, delivery, begin):
        await begin()
        self.sent.append(delivery.id)
        self._now += 1
        self.most = max(self.most, self._now)
        if delivery.address.external_id.startswith("olena"):
            await self.answers.wait()
        self._now -= 1
        return Accepted(provider_id="5")


def to(person, number):
    address = Address(channel="telegram", account="7", external_id=person)
    return Delivery(id=number, address=address, body=Text(text="Ok"))


def outward(*waiting, count=100):
    rate = Rate(count=count, within=timedelta(seconds=1))
    return Outward(
        outbox=Outbox(waiting),
        sender=Sender(),
        channel="telegram",
        account="7",
        pace=Pace(account=rate, address=rate),
        clock=Clock(),
    )


async def test_a_send_that_hangs_holds_up_its_own_address_only():
    out = outward(to("olena", 1), to("ivan", 2), to("olena", 3), to("ivan", 4), to("ivan", 5))
    for _ in range(4):
        assert await out.step() > 0
    assert out.outbox.settled == [2, 4, 5]
    assert out.sender.sent == [1, 2, 4, 5]
    out.sender.answers.set()
    while await out.step():
        pass
    assert out.outbox.settled == [2, 4, 5, 1, 3]


async def test_what_hangs_counts_against_the_pace_and_never_grows_without_end():
    people = [to(f"olena {number}", number) for number in range(2 * MOST_UNDER_WAY)]
    out = outward(*people)
    for _ in range(3):
        await out.step()
    assert out.sender.most == MOST_UNDER_WAY
    slow = outward(*people, count=2)
    await slow._start_due(Clock().now())
    await slow._start_due(Clock().now())
    assert len(slow._under_way) == 2
    for one in (out, slow):
        one.sender.answers.set()
        await one.finish()


async def test_the_end_sees_home_what_is_under_way():
    out = outward(to("olena", 1))
    await out.step()
    end = asyncio.gather(out.finish())
    out.sender.answers.set()
    await end
    assert out.outbox.settled == [1]
    assert await out.step() == 0


async def test_a_send_that_can_not_be_noted_is_not_made_and_goes_later():
    out = outward(to("ivan", 1))
    out.outbox.refusal = Unavailable("away")
    await out.step()
    assert (out.sender.sent, out.outbox.settled) == ([], [1])
    assert out.outbox.last_result == RetryAfter(seconds=0, reason="away")


async def test_what_another_process_has_taken_over_is_left_to_it():
    out = outward(to("ivan", 1))
    out.outbox.refusal = Conflict("sent_elsewhere")
    await out.step()
    assert (out.sender.sent, out.outbox.settled) == ([], [])


class Deaf:
    """Nobody answers here, however many ask."""

    def __init__(self):
        self.asked = 0

    async def send(self, _delivery, _begin):
        self.asked += 1
        return RetryAfter(seconds=0, reason="ConnectionError", is_away=True)


async def test_where_nobody_answers_the_account_rests_longer_and_longer_in_one_line_each(clock):
    people = [to(f"ivan {number}", number) for number in range(40)]
    out = replace(outward(*people), sender=Deaf(), clock=clock)
    with structlog.testing.capture_logs() as lines:
        for _ in range(4):
            out.outbox.waiting = people
            await out.step()
            before = out.sender.asked
            await out.step()
            assert out.sender.asked == before
            clock.advance(lines[-1]["next_in"])
    assert [line["event"] for line in lines] == ["nobody answers"] * 4
    assert [line["next_in"] for line in lines] == [2, 4, 8, 16]


class Locked:
    """The password is wrong until somebody mends it."""

    def __init__(self):
        self.asked, self.is_mended = 0, False

    async def send(self, _delivery, _begin):
        self.asked += 1
        if self.is_mended:
            return Accepted(provider_id="9")
        return RetryAfter(seconds=0, reason="login refused: 535", is_refused=True)


async def test_a_refused_account_rests_and_what_waits_goes_once_it_is_mended(clock):
    people = [to(f"ivan {number}", number) for number in range(40)]
    out = replace(outward(*people), sender=Locked(), clock=clock)
    with structlog.testing.capture_logs() as lines:
        for _ in range(3):
            out.outbox.waiting = people
            await out.step()
            before = out.sender.asked
            await out.step()
            assert out.sender.asked == before
            clock.advance(lines[-1]["next_in"])
    assert [(line["event"], line["reason"]) for line in lines] == [
        ("account refused", "login refused: 535")
    ] * 3
    out.outbox.waiting, out.sender.is_mended = people[:1], True
    await out.step()
    assert out.outbox.last_result == Accepted(provider_id="9")


async def test_a_recovery_spares_what_is_under_way_here():
    out = outward(to("olena", 1))
    await out.step()
    await out.recover()
    assert out.outbox.spared == (1,)
    out.sender.answers.set()
    await out.finish()


def of_a_group(*waiting):
    """Three a minute go to a group."""
    out = outward(*waiting)
    group = Rate(count=3, within=timedelta(seconds=60))
    return replace(out, pace=replace(out.pace, group=group))


async def test_whoever_takes_over_in_a_busy_minute_counts_what_a_group_has_had():
    out = of_a_group(to("-100", 1), to("ivan", 2))
    now = out.clock.now()
    out.outbox.sent_before = [("-100", now - timedelta(seconds=20))] * 3
    await out.resume()
    await out.step()
    assert out.sender.sent == [2]


class Full:
    """A group that takes no more for now."""

    def __init__(self):
        self.sent = []

    async def send(self, delivery, _begin):
        self.sent.append(delivery.id)
        is_group = delivery.address.external_id.startswith("-")
        return RetryAfter(seconds=30, reason="429") if is_group else Accepted(provider_id="5")


async def test_a_group_that_takes_no_more_holds_up_no_other_chat():
    out = replace(of_a_group(to("-100", 1)), sender=Full())
    await out.step()
    out.outbox.waiting = [to("ivan", 2)]
    await out.step()
    assert out.sender.sent == [1, 2]
