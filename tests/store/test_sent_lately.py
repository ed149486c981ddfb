"""What went out lately is known to whoever takes an account over."""

from datetime import timedelta

from intake.speech import Accepted
from store.outbox import Outbox
from tests.store.cast import NOW, new_delivery


async def test_each_call_of_the_last_minute_is_told_by_address(database, store, clock):
    outbox = Outbox(database, clock, "Firstline")
    async with store.work() as work:
        for text in ("one", "two"):
            await work.post(new_delivery(text=text))
    account = ("telegram", "7")
    [sent] = await outbox.claim(account, NOW, 1)
    await outbox.settle(sent, Accepted(provider_id="5", parts=("3", "4")), NOW)
    minute = timedelta(minutes=1)
    three_and_perhaps_a_topic = 4
    told = [(sent.address.external_id, NOW)] * three_and_perhaps_a_topic
    assert await outbox.sent_since(*account, NOW - minute) == told
    assert await outbox.sent_since(*account, NOW) == []
