"""The webhook: 200 means committed, and nothing in a request makes it stumble."""

import asyncio
from io import BytesIO

import pytest
from aiohttp import request, web

from bots.telegram.receive import SECRET_HEADER, TelegramWebhook, envelope_of
from bots.telegram.translate import translate
from bots.webhook import LARGEST_BODY
from intake.errors import Unavailable
from intake.messages import MessageKind
from simulators.people import OLENA, TOM
from tests.bots.fakes import NOW, Journal, StandingClock, serving
from tests.bots.telegram.captured import ACCOUNT, envelope, raw, update

SECRET = "olive-Branch_17"


@pytest.fixture
def journal():
    return Journal()


@pytest.fixture
async def webhook(journal):
    webhook = TelegramWebhook(
        account=ACCOUNT, secret=SECRET, accept=journal.accept, clock=StandingClock()
    )
    async with serving(web.post(webhook.path, webhook.receive)) as url:
        webhook.url = url + webhook.path
        yield webhook


async def post(webhook, body, headers=None):
    headers = {SECRET_HEADER: SECRET} if headers is None else headers
    sending = request("POST", webhook.url, data=body, headers=headers)
    async with sending as answer:
        return answer.status, answer.headers


async def test_an_update_is_committed_as_it_came_before_it_is_acknowledged(webhook, journal):
    status, _ = await post(webhook, raw("text"))
    assert status == 200
    (kept,) = journal.kept.values()
    assert kept.payload == raw("text")
    assert (kept.channel, kept.account, kept.received_at) == ("telegram", ACCOUNT, NOW)
    assert kept.key == str(update("text")["update_id"])


@pytest.mark.parametrize(
    "headers",
    [{}, {SECRET_HEADER: "wrong"}, {SECRET_HEADER: ""}, {SECRET_HEADER: SECRET + "x"}],
)
async def test_a_wrong_secret_is_refused_counted_and_not_kept(webhook, journal, headers):
    status, _ = await post(webhook, raw("text"), headers)
    assert (status, webhook.refused_count, journal.kept) == (401, 1, {})


async def test_a_secret_that_is_not_ascii_is_just_wrong(webhook, journal):
    host, port = webhook.url.removeprefix("http://").split("/")[0].split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    head = f"POST {webhook.path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 2\r\n"
    head += "Connection: close\r\n"
    writer.write(head.encode() + SECRET_HEADER.encode() + b": caf\xe9\r\n\r\n{}")
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    assert answer.split(b" ")[1] == b"401"
    assert not journal.kept


async def test_no_secret_set_lets_nobody_in(journal):
    webhook = TelegramWebhook(
        account=ACCOUNT, secret="", accept=journal.accept, clock=StandingClock()
    )
    async with serving(web.post(webhook.path, webhook.receive)) as url:
        webhook.url = url + webhook.path
        assert (await post(webhook, raw("text"), {SECRET_HEADER: ""}))[0] == 401


async def test_a_body_of_8_mb_is_refused_also_when_its_length_is_not_told(webhook, journal):
    async def drip():
        for _ in range(8):
            yield b" " * (1 << 20)

    assert (await post(webhook, BytesIO(b" " * (8 << 20))))[0] == 413
    assert (await post(webhook, drip()))[0] == 413
    assert not journal.kept
    assert (await post(webhook, BytesIO(b" " * LARGEST_BODY)))[0] == 200


async def test_without_the_database_telegram_is_asked_to_come_again(webhook, journal):
    journal.failure = Unavailable("database is away")
    status, headers = await post(webhook, raw("text"))
    assert (status, headers["Retry-After"]) == (503, "5")


async def test_updates_of_one_chat_are_one_conversation_whatever_their_kind():
    names = ["text", "edited", "tap", "tap_on_old_message", "blocked", "sticker"]
    assert {envelope(raw(name)).conversation for name in names} == {f"telegram:{ACCOUNT}:501001"}
    assert envelope(raw("inline_query")).conversation == f"telegram:{ACCOUNT}:501001"
    assert envelope(raw("group_message")).conversation == f"telegram:{ACCOUNT}:-1001234567890"
    lonely = envelope_of(ACCOUNT, b'{"update_id": 7, "poll": {"id": "1"}}', NOW)
    assert (lonely.key, lonely.conversation) == ("7", f"telegram:{ACCOUNT}:unplaced")


async def test_telegram_delivers_to_the_webhook_that_we_set(api, telegram, webhook, journal):
    commands = {"": {"help": "What I can do"}, "uk": {"help": "Що я вмію"}}
    await telegram.prepare_webhook(webhook.url, SECRET, commands)
    api.write(OLENA, "принтер не друкує")
    api.write(TOM, "my VPN drops")
    await api.until(lambda: not api.unconfirmed)
    texts = {translate(kept)[0].text for kept in journal.kept.values()}
    assert texts == {"принтер не друкує", "my VPN drops"}
    assert {attempt.status for attempt in api.webhook_attempts} == {200}
    menu = [(call.params.get("language_code"), call.params["commands"][0]["description"])
            for call in api.calls("setMyCommands")]  # fmt: skip
    assert menu == [(None, "What I can do"), ("uk", "Що я вмію")]


async def test_what_the_database_missed_comes_again_in_order(api, telegram, webhook, journal):
    await telegram.prepare_webhook(webhook.url, SECRET, {})
    journal.failure = Unavailable("database is away")
    api.write(OLENA, "one")
    api.write(OLENA, "two")
    await api.until(lambda: len(api.webhook_attempts) >= 2)
    journal.failure = None
    await api.until(lambda: not api.unconfirmed)
    kept = [translate(one)[0] for one in journal.kept.values()]
    assert [(one.kind, one.text) for one in kept] == [
        (MessageKind.TEXT, "one"),
        (MessageKind.TEXT, "two"),
    ]


async def test_the_webhook_is_set_again_only_where_it_differs(api, telegram, webhook):
    await telegram.prepare_webhook(webhook.url, SECRET, {})
    await telegram.prepare_webhook(webhook.url, SECRET, {})
    assert len(api.calls("setWebhook")) == 1
    await telegram.prepare_webhook(webhook.url, SECRET + "-new", {})
    assert [call.params["secret_token"] for call in api.calls("setWebhook")] == [
        SECRET,
        SECRET + "-new",
    ]
    assert not any("drop_pending_updates" in call.params for call in api.requests)
