"""The simulated Viber refuses what Viber refuses, and comes again until it is answered."""

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from simulators import faults
from simulators.people import OLENA, TOM
from simulators.telegram_api.errors import NotPossibleOnPhone
from simulators.viber_api import TOKEN, ViberApi

BUTTON = {"ActionType": "share-phone", "ActionBody": "x", "Text": "My number"}
KEYBOARD = {"Type": "keyboard", "Buttons": [BUTTON]}


@pytest.fixture
async def bot():
    """Answers callbacks with what is in `statuses`, then with 200."""
    statuses = []

    async def answer(_request):
        return web.Response(status=statuses.pop(0) if statuses else 200)

    app = web.Application()
    app.router.add_post("/bot", answer)
    async with TestServer(app) as server:
        yield str(server.make_url("/bot")), statuses


@pytest.fixture
async def api(bot):
    async with ViberApi(pace=0.002) as api:
        assert (await call(api, "set_webhook", url=bot[0]))["status"] == 0
        api.write(OLENA, "hello")
        yield api


async def call(api, method, token=TOKEN, **wish):
    url, headers = f"{api.url}/pa/{method}", {"X-Viber-Auth-Token": token}
    async with aiohttp.request("POST", url, json=wish, headers=headers) as answer:
        return await answer.json()


async def send(api, person=OLENA, **message):
    usual = {"type": "text", "text": "hi", "sender": {"name": "IT"}}
    return await call(
        api, "send_message", receiver=api.chat_of(person).user_id, **(usual | message)
    )


@pytest.mark.parametrize(
    ("message", "status"),
    [
        ({}, 0),
        ({"text": "x" * 7001}, 3),
        ({"text": ""}, 3),
        ({"sender": {"name": "x" * 29}}, 4),
        ({"type": "hologram"}, 3),
        ({"type": "file", "media": "ftp://x"}, 1),
        ({"type": "file", "media": "http://127.0.0.1:9/x", "size": 1, "file_name": "a"}, 1),
        ({"keyboard": KEYBOARD}, 13),
        ({"keyboard": KEYBOARD, "min_api_version": 3}, 0),
        ({"keyboard": {"Type": "keyboard", "Buttons": []}}, 3),
        ({"tracking_data": "x" * 30_000}, 3),
    ],
)
async def test_a_message_is_looked_at_before_it_is_taken(api, message, status):
    assert (await send(api, **message))["status"] == status


async def test_only_who_wants_to_hear_of_the_bot_is_written_to(api):
    assert (await send(api, TOM))["status"] == 6
    api.unsubscribe(OLENA)
    assert (await send(api))["status"] == 6
    with pytest.raises(NotPossibleOnPhone):
        api.write(OLENA, "hello")
    assert (await call(api, "get_account_info", token="wrong"))["status"] == 2


async def test_an_event_comes_again_until_it_is_answered_with_200(api, bot):
    await api.until(lambda: not api.callbacks.unconfirmed)
    bot[1].extend([500, 302])
    api.write(OLENA, "again")
    await api.until(lambda: not api.callbacks.unconfirmed)
    assert [attempt.status for attempt in api.callbacks.attempts[-3:]] == [500, 302, 200]


async def test_a_message_is_delivered_and_then_seen_once(api):
    token = (await send(api))["message_token"]
    await api.until(lambda: [e for e in api.callbacks.emitted if e["event"] == "delivered"])
    api.read(OLENA)
    api.read(OLENA)
    told = [(e["event"], e["message_token"]) for e in api.callbacks.emitted[-2:]]
    assert told == [("delivered", token), ("seen", token)]


async def test_a_silent_button_leaves_no_message_in_the_chat(api):
    keyboard = {
        "Type": "keyboard",
        "Buttons": [{"ActionBody": "tap:1", "Text": "A", "Silent": True}],
    }
    await send(api, keyboard=keyboard)
    api.tap(OLENA, "A")
    assert api.callbacks.emitted[-1]["message"]["text"] == "tap:1"
    assert [entry.text for entry in api.chat_of(OLENA).entries] == ["hello", "hi"]


async def test_faults_are_words_of_vibers_own_within_a_200(api):
    api.faults.inject(faults.refuse(12, "tooManyRequests"), on="send_message")
    assert await send(api) == {"status": 12, "status_message": "tooManyRequests"}
