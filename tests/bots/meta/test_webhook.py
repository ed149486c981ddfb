"""Meta's webhook beside the contract: the published signature, the challenge, batches."""

import json

import pytest
from aiohttp import request, web

from bots.meta.receive import SIGNATURE_HEADER, MetaWebhook, envelopes_of, signature
from intake.messages import MessageKind
from simulators.people import OLENA
from tests.bots.contract.meta import InstagramChannel, MessengerChannel
from tests.bots.fakes import NOW, Journal, StandingClock, serving

# Published by GitHub, whose webhooks are signed in the same way ("Validating deliveries").
PUBLISHED_SECRET = "It's a Secret to Everybody"
PUBLISHED_BODY = b"Hello, World!"
PUBLISHED = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"


@pytest.fixture
def journal():
    return Journal()


@pytest.fixture
async def webhook(journal):
    webhook = MetaWebhook(
        app_id="17",
        app_secret=PUBLISHED_SECRET,
        verify_token="слово",
        accept=journal.accept,
        clock=StandingClock(),
    )
    doors = web.post(webhook.path, webhook.receive), web.get(webhook.path, webhook.verify)
    async with serving(*doors) as url:
        webhook.url = url + webhook.path
        yield webhook


async def post(webhook, body, given):
    headers = {SIGNATURE_HEADER: given}
    async with request("POST", webhook.url, data=body, headers=headers) as answer:
        return answer.status


async def ask(webhook, **query):
    asked = {f"hub.{name}": value for name, value in query.items()}
    async with request("GET", webhook.url, params=asked) as answer:
        return answer.status, await answer.text()


def test_the_published_vector_holds():
    assert signature(PUBLISHED_SECRET, PUBLISHED_BODY) == PUBLISHED


async def test_what_it_signs_is_taken(webhook, journal):
    assert await post(webhook, PUBLISHED_BODY, PUBLISHED) == 200
    assert [kept.payload for kept in journal.kept.values()] == [PUBLISHED_BODY]


@pytest.mark.parametrize(
    "given",
    ["sha256=" + "0" * 64, "sha256=ґ", PUBLISHED[:-1], PUBLISHED.removeprefix("sha256="), " "],
)
async def test_any_other_signature_is_refused_and_counted(webhook, journal, given):
    assert await post(webhook, PUBLISHED_BODY, given) == 401
    assert (webhook.refused_count, journal.kept) == (1, {})


async def test_who_knows_the_word_has_the_challenge_said_back(webhook):
    known = {"mode": "subscribe", "verify_token": "слово", "challenge": "1158201444"}
    assert await ask(webhook, **known) == (200, "1158201444")
    for wrong in ({"verify_token": "other"}, {"verify_token": ""}, {"mode": "unsubscribe"}):
        assert (await ask(webhook, **(known | wrong)))[0] == 403


def batch(*names):
    """The events of several captured bodies in one."""
    entries = [json.loads(MessengerChannel.captured(name))["entry"][0] for name in names]
    return json.dumps({"object": "page", "entry": entries}).encode()


async def test_one_body_brings_many_envelopes_and_what_is_known_of_them_adds_nothing(
    webhook, journal
):
    first, whole = batch("text", "image"), batch("text", "image", "seen", "echo_outside")
    for body in (first, whole):
        assert await post(webhook, body, signature(PUBLISHED_SECRET, body)) == 200
    kept = list(journal.kept.values())
    assert [len(json.loads(one.payload)["entry"]) for one in kept] == [1] * 4
    kinds = [MessengerChannel.read(one.payload)[0].kind for one in kept]
    assert kinds == [MessageKind.TEXT, MessageKind.TEXT, MessageKind.RECEIPT, MessageKind.OUTSIDE]


def test_a_message_that_comes_again_with_another_time_is_the_same():
    body = MessengerChannel.captured("text")
    later = body.replace(b"1795511400000", b"1795511409999")
    assert envelopes_of(body, NOW)[0].key == envelopes_of(later, NOW)[0].key


def test_a_message_its_edits_and_its_deletion_are_events_of_their_own():
    names = ("text", "edited", "deleted")
    envelopes = [envelopes_of(MessengerChannel.captured(name), NOW)[0] for name in names]
    assert len({one.key for one in envelopes}) == 3
    assert len({one.conversation for one in envelopes}) == 1


@pytest.mark.parametrize("driver", [MessengerChannel, InstagramChannel])
def test_the_first_words_of_whoever_came_by_a_link_bear_what_it_passes_on(driver):
    body = json.loads(driver.captured("text"))
    [event] = body["entry"][0]["messaging"]
    event["message"]["referral"] = {"ref": "kiosk-3_E5", "type": "OPEN_THREAD"}
    came, said = driver.read(json.dumps(body).encode())
    assert (came.kind, came.payload, came.is_welcomed) == (MessageKind.START, "kiosk-3_E5", True)
    assert said == driver.read(driver.captured("text"))[0]


def test_an_echo_belongs_to_the_person_it_was_said_to():
    said = MessengerChannel.read(MessengerChannel.captured("echo_outside"))[0]
    assert said.address == MessengerChannel.read(MessengerChannel.captured("text"))[0].address


@pytest.mark.parametrize("driver", [MessengerChannel, InstagramChannel])
async def test_what_waits_together_comes_together(driver):
    channel = driver()
    async with channel.opened():
        for number in range(5):
            channel.phones.write(OLENA, f"слово {number}")
        await channel.api.until(lambda: not channel.api.webhook.unconfirmed)
        assert max(one.events for one in channel.api.webhook.attempts) > 1
        assert channel.said() == [f"слово {number}" for number in range(5)]
