"""The honest composer: what is told before something is sent, and by which ways it may go."""

from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest

from intake.errors import Conflict
from intake.links import Found
from intake.messages import Address
from intake.people import Handle
from intake.speech import DeliveryState
from tests.inbox.conftest import CSRF
from tests.inbox.fakes import NOW
from tests.inbox.sample import TELEGRAM
from tests.inbox.test_pages import text_of

VIBER = Address(channel="viber", account="servicedesk", external_id="olena==")
MAIL = Address(channel="email", account="help@firma.example", external_id="olena@firma.example")
POSTED = {"csrf": CSRF, "once": "a-key-of-this-form", "mode": "reply"}


def handle(number, address, **more):
    return Handle(id=number, person_id=1, address=address, **more)


def known_by(desk, *handles):
    desk.listing.people[1] = list(handles)


async def ways_of(agent):
    page = unescape(await text_of(agent, "/tickets/1042"))
    start = page.index('data-region="ways"')
    return page[start : page.index("</fieldset>", start)]


def chosen(ways):
    return ways[: ways.find(" checked")].rpartition('value="')[2].partition('"')[0]


async def test_an_open_way_says_how_long_a_message_may_be_and_nothing_else(agent, desk):
    known_by(desk, handle(1, TELEGRAM))
    ways = await ways_of(agent)
    assert chosen(ways) == "1"
    assert '<span class="told"></span>' in ways
    assert "Up to 4096 characters a message" in ways


@pytest.mark.parametrize(
    ("address", "about", "told"),
    [
        (VIBER, {"heard_at": NOW - timedelta(hours=2)}, "Takes answers until Tue, Nov 24, 12:30"),
        (VIBER, {"heard_at": NOW - timedelta(hours=23)}, "Takes answers until 15:30"),
        (VIBER, {"heard_at": NOW - timedelta(hours=25)}, "Takes no answers since 13:30, until"),
        (VIBER, {}, "Takes no answers before they write"),
        (
            replace(VIBER, channel="messenger"),
            {"heard_at": NOW - timedelta(days=2)},
            "costs money",
        ),
        (replace(VIBER, channel="instagram"), {"heard_at": NOW - timedelta(days=2)}, "until Sat"),
        (TELEGRAM, {"is_reachable": False}, "They have blocked us there"),
        (MAIL, {"is_reachable": False}, "Mails to this address came back"),
        (replace(TELEGRAM, account="gone"), {}, "Not set up here: your words would wait"),
        (replace(TELEGRAM, account="shut"), {}, "We are not let in there just now"),
    ],
)
async def test_each_state_of_a_way_is_told_in_the_agents_time(agent, desk, address, about, told):
    desk.unserved = frozenset({("telegram", "gone")})
    desk.listing.refusing = {("telegram", "shut")}
    desk.listing.rows[1042] = replace(desk.listing.rows[1042], address=address)
    known_by(desk, handle(1, address, **about))
    assert told in await ways_of(agent)


async def test_a_shut_way_can_not_be_chosen_and_others_are_offered(agent, desk):
    desk.listing.rows[1042] = replace(desk.listing.rows[1042], address=VIBER)
    known_by(desk, handle(1, VIBER), handle(2, MAIL), handle(3, TELEGRAM))
    ways = await ways_of(agent)
    assert " checked" not in ways
    assert 'id="way-1" name="to" value="1" disabled' in ways
    assert 'id="way-2" name="to" value="2"><label' in ways
    assert "shown" in ways  # its sentence stands there though nothing is chosen


async def test_where_the_ticket_was_last_spoken_is_chosen_first(agent, desk):
    known_by(desk, handle(1, MAIL), handle(2, TELEGRAM))
    assert chosen(await ways_of(agent)) == "2"


async def test_an_answer_goes_by_the_way_that_was_chosen(agent, desk):
    known_by(desk, handle(1, TELEGRAM), handle(2, MAIL))
    posted = POSTED | {"text": "By mail", "to": "2"}
    await agent.post("/tickets/1042/reply", data=posted, allow_redirects=False)
    assert desk.service.ways == [2]


async def test_details_are_asked_for_by_the_same_ways(agent, desk):
    desk.listing.rows[1042] = replace(desk.listing.rows[1042], address=VIBER)
    known_by(desk, handle(1, VIBER), handle(2, MAIL, is_reachable=False), handle(3, TELEGRAM))
    page = unescape(await text_of(agent, "/tickets/1042"))
    asking = page[page.index("/ask") :]
    asking = asking[: asking.index("</form>")]
    assert 'id="ask-way-1" name="to" value="1" disabled' in asking
    assert "Takes no answers before they write" in asking
    assert "Mails to this address came back" in asking
    posted = {"csrf": CSRF, "once": "x" * 16, "ask-asset": "yes", "to": "3"}
    await agent.post("/tickets/1042/ask", data=posted, allow_redirects=False)
    assert desk.service.ways == [3]


async def test_a_choice_of_ways_stays_with_a_card_that_can_not_go(agent, desk):
    known_by(desk, handle(1, TELEGRAM), handle(2, MAIL))
    desk.service.trouble = Conflict("takes_no_answers")
    posted = {"csrf": CSRF, "once": "x" * 16, "ask-asset": "yes", "to": "2"}
    page = await (await agent.post("/tickets/1042/ask", data=posted)).text()
    assert 'id="ask-way-2" name="to" value="2" checked' in page


async def test_whom_an_address_may_be_of_is_a_guess_and_says_so(agent, desk):
    assert "Probably" not in await text_of(agent, "/tickets/1042")
    desk.listing.probable[1] = Found(name="Olena Kovalenko", employee_id=4)
    for path in ("/tickets/1042", "/people/1"):
        page = await text_of(agent, path)
        assert "Probably Olena Kovalenko of the directory" in page
        assert "nothing proves who writes" in page


async def test_a_way_that_shut_meanwhile_is_told_and_no_word_is_lost(agent, desk):
    desk.service.trouble = Conflict("takes_no_answers")
    answer = await agent.post("/tickets/1042/reply", data=POSTED | {"text": "Вже йду", "to": "1"})
    page = await answer.text()
    assert answer.status == 409
    assert "No answer is taken there now." in page
    assert ">Вже йду</textarea>" in page


@pytest.mark.parametrize("state", [DeliveryState.FAILED, DeliveryState.GONE])
async def test_what_did_not_arrive_is_offered_to_go_by_each_other_open_way(agent, desk, state):
    known_by(desk, handle(1, TELEGRAM), handle(2, MAIL), handle(3, VIBER))
    lost = desk.listing.entries[1042][-1]
    desk.listing.entries[1042][-1] = replace(
        lost, delivery_state=state, delivery_account=("telegram", TELEGRAM.account)
    )
    page = await text_of(agent, "/tickets/1042")
    assert "Send by E-mail instead" in page
    assert "Send by Telegram instead" not in page
    assert "Send by Viber instead" not in page  # it takes no answers
    redirected = {"csrf": CSRF, "to": "2"}
    answer = await agent.post("/deliveries/13/redirect", data=redirected, allow_redirects=False)
    assert answer.headers["Location"] == "/tickets/1042#latest"
    assert desk.service.done == [("elsewhere", 13, 2)]


async def test_what_perhaps_arrived_is_offered_nowhere_else(agent, desk):
    known_by(desk, handle(1, TELEGRAM), handle(2, MAIL))
    assert "instead</button>" not in await text_of(agent, "/tickets/1042")


async def test_a_redirection_to_nowhere_is_not_found(agent, desk):
    answer = await agent.post("/deliveries/13/redirect", data={"csrf": CSRF})
    assert (answer.status, desk.service.done) == (404, [])


async def test_a_message_tells_as_how_many_it_went(agent, desk):
    sent = desk.listing.entries[1042][-1]
    instagram = replace(sent, text="x" * 2500, delivery_account=("instagram", "ig"))
    first = replace(desk.listing.entries[1042][0], channel="telegram")
    desk.listing.entries[1042] = [first, *desk.listing.entries[1042][1:-1], instagram]
    page = await text_of(agent, "/tickets/1042")
    assert "as 3 messages" in page
    assert ">Instagram<" in page  # it went another way than the rest


async def test_a_change_of_ways_is_told_by_their_names(agent, desk):
    first = desk.listing.entries[1042][3]
    change = replace(first.change, what="by", before="viber", after="email")
    desk.listing.entries[1042][3] = replace(first, change=change)
    page = await text_of(agent, "/tickets/1042")
    assert "Answered by</b>" in page
    assert '<span class="after">E-mail</span>' in page
