"""Whose handle is whose: an agent searches, proposes and undoes; the person decides."""

import pytest

from intake.links import Found, Link, Way
from intake.messages import Address
from intake.people import Handle
from tests.inbox.conftest import CSRF
from tests.inbox.fakes import NOW
from tests.inbox.test_pages import text_of

CHAT = Handle(
    id=3, person_id=1, address=Address(channel="viber", account="desk", external_id="olena==")
)


def link(**more):
    given = {"way": Way.CODE, "by": "", "asked_at": NOW, "linked_at": NOW, **more}
    return Link(id=5, key="k", handle=CHAT, from_person_id=2, to_person_id=1, **given)


async def test_a_person_shows_what_was_linked_and_how(agent, desk):
    desk.links.rows = [link()]
    page = await text_of(agent, "/people/1")
    assert "shown by a code from the mailbox" in page
    assert '<form action="/links/5/undo" method="post">' in page


async def test_what_is_only_proposed_says_so(agent, desk):
    desk.links.rows = [link(way=Way.AGENT, by="Marek Novák", linked_at=None)]
    page = await text_of(agent, "/people/1")
    assert "proposed by Marek Novák, waits for the person" in page
    assert "Take back" in page


async def test_a_person_is_searched_and_asked(agent, desk):
    desk.links.people = [Found(name="Olena K", person_id=7, reached_by="olena@firma.example"),
                         Found(name="Olena Z", employee_id=9)]  # fmt: skip
    page = await text_of(agent, "/people/1/link?handle=3&q=Olena")
    assert "olena@firma.example" in page
    assert 'name="whose" value="employee:9"' in page
    form = {"csrf": CSRF, "handle": "3", "whose": "person:7"}
    answer = await agent.post("/people/1/propose", data=form, allow_redirects=False)
    assert answer.status == 303
    assert desk.links.done == [("marek", 3, Found(name="", person_id=7))]


@pytest.mark.parametrize("whose", ["", "person:", "agent:1", "person:x", "7"])
async def test_whoever_was_not_found_is_not_asked(agent, desk, whose):
    desk.listing.people[1] = [CHAT]
    form = {"csrf": CSRF, "handle": "3", "whose": whose}
    answer = await agent.post("/people/1/propose", data=form, allow_redirects=False)
    assert answer.status == 422
    assert desk.links.done == []
    page = await answer.text()
    assert 'class="problem" role="alert"' in page
    assert '<option value="3" selected>' in page


async def test_a_link_is_undone(agent, desk):
    form = {"csrf": CSRF, "person": "1"}
    answer = await agent.post("/links/5/undo", data=form, allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (303, "/people/1#links")
    assert desk.links.done == [("marek", 5)]
