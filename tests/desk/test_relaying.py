"""A relay that serves its own domain alone: a stranger's mail holds up nobody's answers."""

from dataclasses import replace

import pytest

from desk import mailbox
from tests.bots.email.answering import Answering
from tests.desk.post import MINUTE, OLENA, OURS, PETRO, Post, a_desk

STRANGER = "stranger@out.example"
QUARTER = 15 * MINUTE
DAY = 4 * 24  # quarters


def only_inside(line):
    return "250 ok" if b"@firma.example" in line else "550 5.7.1 Unable to relay"


@pytest.fixture
async def post(store_url, tmp_path, clock):
    relay = Answering(RCPT=only_inside)
    async with (
        relay.serving() as port,
        a_desk(tmp_path / "var", store_url, smtp_port=port) as desk,
    ):
        yield Post(desk, clock)


@pytest.fixture
def outward(post):
    desk = post.desk
    return replace(desk.outward("email", OURS, mailbox.sender(desk)), clock=post.clock)


async def ends(post):
    """Of the last thing said on each ticket, by who asked."""
    lines = (await post.desk.listing.tickets("all", 0)).lines
    timelines = {line.subject: await post.desk.listing.timeline(line.id) for line in lines}
    return {
        subject: next(entry.delivery_state for entry in timeline if entry.delivery_state)
        for subject, timeline in timelines.items()
    }


async def send(outward):
    while await outward.step():
        await outward.finish()


async def test_only_the_mail_that_is_refused_waits_and_ends_after_a_day(post, outward):
    await post.bring(STRANGER, "outside")
    await post.work()
    await send(outward)
    await post.bring(OLENA, "printer")
    await post.bring(PETRO, "vpn")
    await post.work()
    await send(outward)
    assert await ends(post) == {"outside": "waiting", "printer": "accepted", "vpn": "accepted"}
    for _ in range(DAY + 1):
        post.clock.advance(QUARTER)
        await send(outward)
    assert (await ends(post))["outside"] == "failed"
