"""An agent's own page about their Telegram: a link shown once, quiet hours, leaving."""

from dataclasses import replace
from datetime import time

import pytest

from intake.companion.showings import AgentChat
from tests.inbox.conftest import CSRF, browser_of_a_stranger, sign_in
from tests.inbox.fakes import MAREK, Desk
from tests.inbox.sample import fill
from tests.inbox.test_pages import text_of

LINK = "https://t.me/desk_agents_bot?start=abc"


class FakeCompanion:
    def __init__(self):
        self.chat, self.quiet = None, ()

    async def chat_of(self, agent):
        assert agent == MAREK
        return self.chat

    async def offer(self, agent):
        assert agent == MAREK
        return LINK

    async def unlink(self, agent):
        assert agent == MAREK
        self.chat = None

    async def set_quiet(self, agent, quiet):
        assert agent == MAREK
        self.quiet = quiet


class DeskWithBot(Desk):
    def __init__(self):
        super().__init__()
        self.companion = FakeCompanion()

    def services(self):
        return replace(super().services(), companion=self.companion)


@pytest.fixture
def companion(desk):
    desk.companion.chat = AgentChat(id=1, account="900", user_id=501, agent=MAREK)
    return desk.companion


@pytest.fixture
def desk():
    return fill(DeskWithBot())


@pytest.fixture
async def agent(desk):
    async with browser_of_a_stranger(desk) as browser:
        yield sign_in(desk, browser)


async def post(agent, path, **fields):
    return await agent.post(path, data={"csrf": CSRF, **fields}, allow_redirects=False)


async def test_a_link_is_shown_by_the_page_that_made_it_alone(agent):
    assert LINK not in await text_of(agent, "/telegram")
    made = await post(agent, "/telegram/link")
    assert (made.status, LINK in await made.text()) == (200, True)
    assert 'data-address="/telegram"' in await made.text()
    assert LINK not in await text_of(agent, "/telegram")


async def test_whoever_is_linked_may_leave(agent, companion):
    assert "Your account is linked." in await text_of(agent, "/telegram")
    left = await post(agent, "/telegram/unlink")
    assert (left.status, companion.chat) == (303, None)


async def test_quiet_hours_are_set_and_taken_back(agent, companion):
    await post(agent, "/telegram/quiet", **{"from": "20:00", "until": "07:30"})
    assert companion.quiet == (time(20), time(7, 30))
    await post(agent, "/telegram/quiet", **{"from": "", "until": ""})
    assert companion.quiet is None


@pytest.mark.parametrize("hours", [("20:00", ""), ("", "7:30"), ("late", "early"), ("25:00", "1")])
async def test_half_a_span_and_no_time_are_refused(agent, companion, hours):
    begins, ends = hours
    refused = await post(agent, "/telegram/quiet", **{"from": begins, "until": ends})
    assert (refused.status, companion.quiet) == (422, ())
    page = await refused.text()
    assert 'class="problem" role="alert"' in page
    assert f'name="from" type="time" value="{begins}"' in page


async def test_a_desk_without_a_bot_has_no_such_page():
    async with browser_of_a_stranger(desk := fill(Desk())) as browser:
        await text_of(sign_in(desk, browser), "/telegram", status=404)
