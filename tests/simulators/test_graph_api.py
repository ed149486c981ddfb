"""The simulated Meta by itself: what it refuses, and what people on their phones cause."""

import aiohttp
import pytest

from simulators import faults
from simulators.graph_api import INSTAGRAM_TOKEN, PAGE_TOKEN, VERSION, GraphApi
from simulators.graph_api.server import SEND, proof_of
from simulators.people import OLENA, TOM
from simulators.telegram_api.errors import NotPossibleOnPhone


@pytest.fixture
async def api():
    async with GraphApi(pace=0.002) as api:
        yield api


async def say(api, message, *, token=PAGE_TOKEN, version=VERSION, to=None, proof=None, **manner):
    phones = api.instagram if token == INSTAGRAM_TOKEN else api.messenger
    wish = {
        "recipient": {"id": to or phones.chat_of(OLENA).user_id},
        **(manner or {"messaging_type": "RESPONSE"}),
        "message": message,
    }
    url, headers = f"{api.url}/{version}/me/messages", {"Authorization": f"Bearer {token}"}
    proven = {"appsecret_proof": proof_of(token) if proof is None else proof}
    async with aiohttp.request("POST", url, json=wish, headers=headers, params=proven) as answer:
        return await answer.json()


async def code_of(api, message, **more):
    error = (await say(api, message, **more))["error"]
    return error["code"], error["error_subcode"]


async def test_who_has_written_can_be_answered(api):
    api.messenger.write(OLENA, "Доброго дня")
    answer = await say(api, {"text": "Вітаю"})
    assert answer["message_id"] == api.messenger.answers(OLENA)[-1].mid


async def test_what_is_wrong_with_a_message_is_told_by_metas_codes(api):
    api.messenger.write(OLENA, "Доброго дня")
    api.instagram.write(OLENA, "Доброго дня")
    assert await code_of(api, {"text": "я" * 2001}) == (100, 2018109)
    assert await code_of(api, {"text": "я" * 501}, token=INSTAGRAM_TOKEN) == (100, 2018109)
    assert await code_of(api, {"text": ""}) == (100, 2018109)
    replies = [{"content_type": "text", "title": "x" * 21, "payload": "x"}]
    assert await code_of(api, {"text": "a", "quick_replies": replies}) == (100, 0)
    replies = [{"content_type": "text", "title": "x", "payload": "x"}] * 14
    assert await code_of(api, {"text": "a", "quick_replies": replies}) == (100, 0)
    phone = [{"content_type": "user_phone_number"}]
    wish = {"text": "a", "quick_replies": phone}
    assert await code_of(api, wish, token=INSTAGRAM_TOKEN) == (100, 0)


async def test_what_is_wrong_with_the_call_is_told_by_metas_codes(api):
    api.messenger.write(OLENA, "Доброго дня")
    stranger = api.messenger.chat_of(TOM).user_id
    assert await code_of(api, {"text": "a"}, token="EAAother") == (190, 463)
    assert await code_of(api, {"text": "a"}, version="v12.0") == (2635, 0)
    assert await code_of(api, {"text": "a"}, proof="0" * 64) == (100, 0)
    assert await code_of(api, {"text": "a"}, to=stranger) == (100, 2018001)
    api.messenger.block(OLENA)
    assert await code_of(api, {"text": "a"}) == (551, 1545041)


async def test_after_a_day_only_a_human_may_answer_and_after_a_week_nobody(api):
    human = {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}
    api.messenger.write(OLENA, "Доброго дня")
    api.messenger.be_silent(OLENA, 2 * 86_400)
    assert await code_of(api, {"text": "a"}) == (10, 2018278)
    assert "message_id" in await say(api, {"text": "a"}, **human)
    api.messenger.be_silent(OLENA, 6 * 86_400)
    assert await code_of(api, {"text": "a"}, **human) == (10, 2018278)


async def test_what_the_business_has_said_comes_back_and_is_told_to_have_arrived(api):
    api.messenger.write(OLENA, "Доброго дня")
    mid = (await say(api, {"text": "Вітаю"}))["message_id"]
    await api.until(lambda: len(api.webhook.emitted) == 3)
    events = [body["entry"][0]["messaging"][0] for body in api.webhook.emitted]
    assert [name for event in events for name in event if name in ("message", "delivery")] == [
        "message", "message", "delivery",
    ]  # fmt: skip
    assert events[1]["message"]["is_echo"]
    assert events[2]["delivery"]["mids"] == [mid]


async def test_quick_replies_are_gone_once_anything_else_is_said(api):
    api.messenger.write(OLENA, "Доброго дня")
    replies = [{"content_type": "text", "title": "Так", "payload": "tap:x"}]
    await say(api, {"text": "Справді?", "quick_replies": replies})
    assert api.messenger.tap(OLENA, "Так").wire["quick_reply"] == {"payload": "tap:x"}
    with pytest.raises(NotPossibleOnPhone):
        api.messenger.tap(OLENA, "Так")


async def test_only_ones_own_messages_can_be_changed_or_taken_back(api):
    entry = api.messenger.write(OLENA, "принтер")
    api.messenger.edit(OLENA, entry.mid, "сканер")
    assert api.messenger.chat_of(OLENA).entries[0].text == "сканер"
    api.messenger.delete(OLENA, entry.mid)
    assert api.messenger.chat_of(OLENA).entries[0].deleted
    outside = api.messenger.answer_outside(OLENA, "Вже йду")
    with pytest.raises(NotPossibleOnPhone):
        api.messenger.delete(OLENA, outside.mid)


async def test_a_fault_is_worded_as_meta_words_it(api):
    api.messenger.write(OLENA, "Доброго дня")
    for fault, code in (
        (faults.too_many_requests(7), (613, 0)),
        (faults.server_error(), (2, 0)),
        (faults.refuse(10, "2018278 outside of the window"), (10, 2018278)),
    ):
        api.faults.inject(fault, on=SEND)
        assert await code_of(api, {"text": "a"}) == code
    assert not api.messenger.answers(OLENA)


def referral(api):
    [event] = api.webhook.emitted[-1]["entry"][0]["messaging"]
    return (event.get("message") or event.get("postback") or event).get("referral", {}).get("ref")


def test_a_link_is_told_at_once_where_there_was_a_chat_and_else_with_what_begins_it(api):
    api.messenger.follow(OLENA, "k-1")
    assert referral(api) == "k-1"
    api.messenger.follow(OLENA, "k-2")
    assert referral(api) == "k-2"
    api.instagram.follow(OLENA, "k-3")
    api.instagram.write(OLENA, "Доброго дня")
    assert referral(api) is None  # no question is set there
    api.instagram.questions = [{"call_to_actions": [], "locale": "default"}]
    api.instagram.follow(TOM, "k-4")
    api.instagram.write(TOM, "Hello")
    assert referral(api) == "k-4"
    api.instagram.write(TOM, "Hello?")
    assert referral(api) is None
