"""Viber's webhook beside the contract: the official signature, and the welcome in the answer."""

import json

import pytest
from aiohttp import request, web

from bots.viber.client import Viber
from bots.viber.receive import SIGNATURE_HEADER, ViberWebhook, signature
from bots.viber.welcome import welcome
from intake.wording import Wording
from simulators.people import OLENA
from simulators.viber_api import ViberApi
from tests.bots.contract.viber import ViberChannel
from tests.bots.fakes import NOW, Journal, StandingClock, serving

# Published by Viber with its REST API ("Callbacks").
OFFICIAL_TOKEN = "44dafb7e0f40021e-61a47a1e6778d187-f2c5a676a07050b3"
OFFICIAL_BODY = (
    b'{"event":"webhook","timestamp":4977069964384421269,"message_token":1478683725125}'
)
OFFICIAL_SIGNATURE = "d21b343448c8aee33b8e93768ef6ceb64a6ba6163099973a2b8bd028fea510ef"


@pytest.fixture
def journal():
    return Journal()


@pytest.fixture
async def webhook(journal):
    viber = Viber(OFFICIAL_TOKEN, account="servicedesk", sender_name="Служба IT")
    wording = Wording(NOW.tzinfo)
    webhook = ViberWebhook(
        account="servicedesk",
        token=OFFICIAL_TOKEN,
        accept=journal.accept,
        clock=StandingClock(),
        welcome=lambda language: viber.said_in_answer(welcome(wording, language)),
    )
    async with serving(web.post(webhook.path, webhook.receive)) as url:
        webhook.url = url + webhook.path
        yield webhook


async def post(webhook, body, given=None):
    headers = {SIGNATURE_HEADER: given or signature(OFFICIAL_TOKEN, body)}
    async with request("POST", webhook.url, data=body, headers=headers) as answer:
        return answer.status, await answer.read()


def test_the_official_vector_holds():
    assert signature(OFFICIAL_TOKEN, OFFICIAL_BODY) == OFFICIAL_SIGNATURE


@pytest.mark.parametrize("given", [OFFICIAL_SIGNATURE, OFFICIAL_SIGNATURE.upper()])
async def test_the_official_callback_is_taken_in_either_case(webhook, journal, given):
    assert (await post(webhook, OFFICIAL_BODY, given))[0] == 200
    assert [kept.payload for kept in journal.kept.values()] == [OFFICIAL_BODY]


@pytest.mark.parametrize("given", ["0" * 64, "ґ", OFFICIAL_SIGNATURE[:-1], " "])
async def test_any_other_signature_is_refused_and_counted(webhook, journal, given):
    assert (await post(webhook, OFFICIAL_BODY, given))[0] == 401
    assert (webhook.refused_count, journal.kept) == (1, {})


async def test_who_opens_the_chat_is_welcomed_in_the_answer_and_each_time_alike(webhook):
    body = ViberChannel.captured("conversation_started")
    answers = [await post(webhook, body) for _ in range(2)]
    assert answers[0] == answers[1]
    said = json.loads(answers[0][1])
    assert said["text"].startswith("Вітаю!")
    assert (said["type"], said["sender"]["name"]) == ("text", "Служба IT")
    assert OFFICIAL_TOKEN not in answers[0][1].decode()


async def test_who_is_subscribed_is_not_welcomed_again(webhook):
    event = json.loads(ViberChannel.captured("conversation_started")) | {"subscribed": True}
    assert await post(webhook, json.dumps(event).encode()) == (200, b"")


async def test_receipts_of_one_message_are_events_of_their_own(webhook, journal):
    for name in ("delivered", "seen", "delivered", "failed"):
        assert (await post(webhook, ViberChannel.captured(name)))[0] == 200
    assert len(journal.kept) == 3
    assert {kept.conversation.rpartition(":")[2] for kept in journal.kept.values()} == {"receipts"}


async def test_setting_the_webhook_asks_for_every_event_that_we_read(webhook):
    async with ViberApi(token=OFFICIAL_TOKEN) as api:
        viber = Viber(OFFICIAL_TOKEN, account="a", sender_name="IT", server=api.url)
        events = await viber.set_webhook(webhook.url)
        assert set(events) == {
            "delivered", "seen", "failed", "subscribed", "unsubscribed", "conversation_started",
        }  # fmt: skip
        assert await viber.introduce() == ("Service Desk", webhook.url)
        await api.open_chat(OLENA)
        assert [entry.text[:6] for entry in api.answers(OLENA)] == ["Вітаю!"]
        await viber.close()
