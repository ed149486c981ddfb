"""What a calendar sends by itself is kept, and opens no ticket."""

import pytest

from intake.tickets import Status
from tests.desk.post import OLENA, PETRO, Post, a_desk

BODY = (
    "MIME-Version: 1.0\r\nContent-Type: text/calendar; method={method}\r\n\r\nBEGIN:VCALENDAR\r\n"
)


@pytest.fixture
async def post(store_url, tmp_path, clock):
    async with a_desk(tmp_path / "var", store_url) as desk:
        yield Post(desk, clock)


async def meet(post, sender, subject, method):
    await post.bring(sender, subject, body=BODY.format(method=method))
    await post.work()


async def filed(post):
    return [(one.key, one.error) for one in (await post.desk.listing.dismissed()).envelopes]


async def test_an_answer_is_filed_and_becomes_a_ticket_where_an_agent_wants_it(post):
    marek = await post.desk.agents.add("marek", "Marek Novák", "-", "en")
    await meet(post, OLENA, "Accepted: Maintenance", "REPLY")
    assert await post.subjects() == set()
    [(subject, reason)] = await filed(post)
    assert (subject, reason.startswith("a calendar's answer")) == ("Accepted: Maintenance", True)
    [held] = (await post.desk.listing.dismissed()).envelopes
    await post.desk.service.requeue(marek, held.id)
    await post.work()
    assert await post.subjects() == {"Accepted: Maintenance"}


async def test_a_meeting_called_off_is_told_on_the_ticket_that_its_invitation_opened(post):
    await meet(post, OLENA, "Printer lesson", "REQUEST")
    await meet(post, PETRO, "Canceled: Printer lesson", "CANCEL")
    await meet(post, OLENA, "Zrušené: Printer lesson", "CANCEL")
    [ticket] = (await post.desk.listing.tickets("all", 0)).lines
    assert (ticket.subject, ticket.status) == ("Printer lesson", Status.NEW)
    timeline = await post.desk.listing.timeline(ticket.id)
    said = [(one.automatic, one.text) for one in timeline if one.author == "requester"]
    assert said == [("no", ""), ("calendar", "Zrušené: Printer lesson")]
    assert len(await filed(post)) == 1
