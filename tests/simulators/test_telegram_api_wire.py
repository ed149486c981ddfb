"""The simulated Telegram below the libraries: ways to send, faults, webhook deliveries."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest
from aiohttp import web

from simulators import faults
from simulators.people import OLENA, TOM
from simulators.telegram_api import TelegramApi
from tests.schemas.botapi import validate_object, validate_request, validate_update

SECRET = "s3cret_of-the-webhook"


@pytest.fixture
async def telegram():
    async with TelegramApi(webhook_pace=0.005, webhook_answer_within=0.3) as telegram:
        yield telegram
    for call in telegram.requests:
        validate_request(call.method, call.params)
    for update in telegram.updates:
        validate_update(update)


@pytest.fixture
async def http():
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=2)) as session:
        yield session


@pytest.fixture
def call(telegram, http):
    async def call(method, token=telegram.token, **options):
        async with http.post(f"{telegram.url}/bot{token}/{method}", **options) as answer:
            return answer.status, await answer.json()

    return call


class Receiver:
    """A webhook of a bot: answers as told, remembers what came and how much came at once."""

    def __init__(self):
        self.bodies = []
        self.secrets = []
        self.answers = []
        self.gates = {}
        self.busy = []
        self.most_at_once = 0

    async def serve(self, request):
        update = await request.json()
        self.busy.append(update)
        self.most_at_once = max(self.most_at_once, len(self.busy))
        gate = self.gates.get(update["update_id"])
        if gate is not None:
            await gate.wait()
        self.busy.remove(update)
        self.bodies.append(update)
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        status, headers = self.answers.pop(0) if self.answers else (200, {})
        return web.Response(status=status, headers=headers)

    def texts(self):
        return [update["message"]["text"] for update in self.bodies if "message" in update]


@pytest.fixture
async def receiver():
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.serve)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await runner.cleanup()


@pytest.fixture
async def hooked(call, receiver):
    status, _ = await call("setWebhook", json={"url": receiver.url, "secret_token": SECRET})
    assert status == 200
    return receiver


async def test_query_form_multipart_and_json_mean_the_same(telegram, http, call):
    telegram.write(OLENA, "hi")
    wanted = {"chat_id": str(OLENA.id), "text": "hello"}
    form = aiohttp.FormData(wanted, default_to_multipart=True)
    await call("sendMessage", data=wanted)
    await call("sendMessage", data=form)
    await call("sendMessage", json={**wanted, "chat_id": OLENA.id})
    await call("sendmessage", params=wanted)
    async with http.get(f"{telegram.url}/bot{telegram.token}/sendMessage", params=wanted) as got:
        assert (await got.json())["result"]["text"] == "hello"
    recorded = telegram.calls("sendMessage")
    assert len(recorded) == 5
    assert all(one.params == {"chat_id": OLENA.id, "text": "hello"} for one in recorded)


async def test_a_file_may_be_a_part_of_its_own(telegram, call):
    telegram.write(OLENA, "hi")
    form = aiohttp.FormData({"chat_id": str(OLENA.id)})
    form.add_field("document", b"abc", filename="a.txt", content_type="text/plain")
    status, answer = await call("sendDocument", data=form)
    assert (status, answer["result"]["document"]["file_size"]) == (200, 3)
    assert telegram.calls("sendDocument")[0].params["document"] == {
        "size": 3,
        "type": "text/plain",
    }


async def test_unknown_methods_and_tokens_are_refused_as_telegram_does(call):
    assert await call("sendNonsense") == (
        404,
        {"ok": False, "error_code": 404, "description": "Not Found: method not found"},
    )
    assert await call("getMe", token="1:wrong") == (
        401,
        {"ok": False, "error_code": 401, "description": "Unauthorized"},
    )


async def test_malformed_calls_are_refused_and_harm_nothing(telegram, call):
    telegram.write(OLENA, "hi")
    json_type = {"Content-Type": "application/json"}
    assert (await call("sendMessage", data=b"{", headers=json_type))[0] == 400
    assert (await call("sendMessage", data=b"[]", headers=json_type))[0] == 400
    assert (await call("sendMessage", json={}))[1]["description"].endswith("chat_id is empty")
    broken = {"chat_id": OLENA.id, "text": "x", "reply_markup": "{broken"}
    assert (await call("sendMessage", json=broken))[0] == 400
    assert telegram.answers(OLENA) == []
    telegram.requests.clear()  # these cannot fit the schema


async def test_a_form_far_too_large_is_refused(telegram, call, monkeypatch):
    monkeypatch.setattr("simulators.telegram_api.attachments.UPLOAD_LIMIT", 10)
    telegram.write(OLENA, "hi")
    form = aiohttp.FormData({"chat_id": str(OLENA.id)})
    form.add_field("document", b"12345678901", filename="a.txt")
    assert (await call("sendDocument", data=form))[1]["description"] == "Request Entity Too Large"


async def test_faults_hit_the_calls_they_are_meant_for(telegram, call):
    telegram.write(OLENA, "hi")
    hello = {"json": {"chat_id": OLENA.id, "text": "hello"}}
    telegram.faults.inject(faults.too_many_requests(7), on="sendMessage", skip=1, times=2)
    assert (await call("sendMessage", **hello))[0] == 200
    assert (await call("getMe"))[0] == 200
    status, answer = await call("sendMessage", **hello)
    assert (status, answer["parameters"]) == (429, {"retry_after": 7})
    assert answer["description"] == "Too Many Requests: retry after 7"
    assert (await call("sendMessage", **hello))[0] == 429
    assert (await call("sendMessage", **hello))[0] == 200
    assert len(telegram.answers(OLENA)) == 2
    assert [method for method, _ in telegram.faults.committed] == ["sendMessage"] * 2


async def test_refusals_do_no_work(telegram, http, call):
    telegram.write(OLENA, "hi")
    hello = {"json": {"chat_id": OLENA.id, "text": "hello"}}
    telegram.faults.inject(faults.server_error(), on="sendMessage")
    assert (await call("sendMessage", **hello))[0] == 500
    telegram.faults.inject(faults.forbidden(), on=lambda method: method.startswith("send"))
    assert (await call("sendMessage", **hello))[0] == 403
    telegram.faults.inject(faults.hang_up(), on="sendMessage")
    with pytest.raises(aiohttp.ClientConnectionError):
        await call("sendMessage", **hello)
    assert telegram.answers(OLENA) == []


async def test_a_bad_gateway_does_the_work_and_does_not_say_so(telegram, http):
    telegram.write(OLENA, "hi")
    telegram.faults.inject(faults.bad_gateway(), on="sendMessage")
    url = f"{telegram.url}/bot{telegram.token}/sendMessage"
    async with http.post(url, json={"chat_id": OLENA.id, "text": "hello"}) as answer:
        assert (answer.status, answer.content_type) == (502, "text/html")
    assert len(telegram.answers(OLENA)) == 1


async def test_truncation_silence_and_delay_do_the_work(telegram, call):
    telegram.write(OLENA, "hi")
    hello = {"json": {"chat_id": OLENA.id, "text": "hello"}}
    telegram.faults.inject(faults.truncate(), on="sendMessage")
    with pytest.raises(aiohttp.ClientPayloadError):
        await call("sendMessage", **hello)
    telegram.faults.inject(faults.silence(), on="sendMessage")
    with pytest.raises(TimeoutError):
        await call("sendMessage", timeout=aiohttp.ClientTimeout(total=0.05), **hello)
    telegram.faults.inject(faults.delay(0.01), on="sendMessage")
    assert (await call("sendMessage", **hello))[0] == 200
    assert len(telegram.answers(OLENA)) == 3


async def test_a_silent_answer_does_not_hold_up_the_stop(telegram, call):
    telegram.faults.inject(faults.silence(), on="getMe")
    waiting = asyncio.create_task(call("getMe"))
    await telegram.until(lambda: telegram.calls("getMe"))
    async with asyncio.timeout(30):
        await telegram.stop()
    with pytest.raises(aiohttp.ClientError):
        await waiting


async def test_a_download_can_fail_too(telegram, http):
    file_id = telegram.send_photo(OLENA, b"\xff\xd8 picture").files[0].file_id
    path = telegram.world.files.describe(file_id)["file_path"]
    url = f"{telegram.url}/file/bot{telegram.token}/{path}"
    telegram.faults.inject(faults.server_error(), on="download")
    statuses = []
    for address in (url, url, f"{url}x"):
        async with http.get(address) as answer:
            statuses.append(answer.status)
    assert statuses == [500, 200, 404]


async def test_what_a_killed_poller_had_asked_for_goes_to_the_next(telegram, call):
    telegram.write(OLENA, "one")
    await call("getUpdates")  # fetched, and killed before it was confirmed
    offset = telegram.updates[-1]["update_id"] + 1
    dead = asyncio.create_task(call("getUpdates", json={"timeout": 30, "offset": offset}))
    await telegram.until(lambda: telegram.unconfirmed == 0)
    dead.cancel()
    await asyncio.gather(dead, return_exceptions=True)
    telegram.write(OLENA, "two")
    telegram.write(OLENA, "three")
    for _ in range(2):
        _, answer = await call("getUpdates", json={"timeout": 5})
        assert [one["message"]["text"] for one in answer["result"]] == ["two", "three"]


async def test_a_poll_takes_as_many_updates_as_it_asks_for(telegram, call):
    for number in range(150):
        telegram.write(OLENA, str(number))
    for limit, count in ((7, 7), (100, 100), (0, 100)):
        _, answer = await call("getUpdates", json={"limit": limit})
        assert len(answer["result"]) == count
    _, answer = await call("getUpdates", params={"offset": "-1"})
    assert [one["message"]["text"] for one in answer["result"]] == ["149"]
    assert telegram.unconfirmed == 1


async def test_state_outlives_a_restart_of_the_server(telegram, call):
    telegram.write(OLENA, "hi")
    port = int(telegram.url.rpartition(":")[2])
    await telegram.stop()
    with pytest.raises(aiohttp.ClientConnectionError):
        await call("getUpdates")
    telegram.write(OLENA, "still there?")
    await telegram.start(port=port)
    _, answer = await call("getUpdates")
    assert [one["message"]["text"] for one in answer["result"]] == ["hi", "still there?"]


async def test_a_webhook_gets_each_update_once_with_the_secret(telegram, call, receiver):
    telegram.write(OLENA, "before")
    await call("setWebhook", json={"url": receiver.url, "secret_token": SECRET})
    telegram.write(OLENA, "after")
    await telegram.until(lambda: len(telegram.webhook_attempts) == 2)
    await telegram.until(lambda: telegram.unconfirmed == 0)
    assert receiver.texts() == ["before", "after"]
    assert receiver.secrets == [SECRET] * 2


async def test_polling_and_webhook_exclude_each_other(telegram, call, receiver):
    poll = asyncio.create_task(call("getUpdates", json={"timeout": 30}))
    await telegram.until(lambda: telegram.calls("getUpdates"))
    await call("setWebhook", json={"url": receiver.url, "allowed_updates": ["message"]})
    status, answer = await poll
    assert (status, answer["description"]) == (
        409,
        "Conflict: terminated by setWebhook request",
    )
    status, answer = await call("getUpdates")
    assert status == 409
    assert "webhook is active" in answer["description"]
    _, state = await call("getWebhookInfo")
    validate_object("WebhookInfo", state["result"])
    assert state["result"]["url"] == receiver.url
    assert state["result"]["allowed_updates"] == ["message"]
    await call("deleteWebhook")
    assert (await call("getUpdates"))[0] == 200


@pytest.mark.parametrize(
    "settings",
    [
        {"url": "http://desk.example/hook"},
        {"url": "https://desk.example/hook", "secret_token": "with space"},
        {"url": "https://desk.example/hook", "secret_token": "x" * 257},
    ],
)
async def test_a_webhook_that_telegram_would_not_use_is_refused(call, settings):
    assert (await call("setWebhook", json=settings))[0] == 400


async def test_a_refused_update_comes_again_before_the_next_of_its_chat(telegram, call, hooked):
    hooked.answers = [(500, {}), (503, {"Retry-After": "4"})]
    telegram.write(OLENA, "one")
    telegram.write(OLENA, "two")
    await telegram.until(lambda: telegram.unconfirmed == 0)
    assert hooked.texts() == ["one", "one", "one", "two"]
    tries = telegram.webhook_attempts
    assert [one.status for one in tries] == [500, 503, 200, 200]
    assert tries[2].at - tries[1].at >= 4 * 0.005
    _, state = await call("getWebhookInfo")
    assert "503" in state["result"]["last_error_message"]


async def test_one_chat_waits_for_its_answer_and_others_do_not(telegram, hooked):
    first = telegram.world.updates.emitted
    gate = asyncio.Event()
    telegram.write(OLENA, "slow")
    hooked.gates[first[-1]["update_id"]] = gate
    telegram.write(OLENA, "next")
    telegram.write(TOM, "other chat")
    await telegram.until(lambda: hooked.texts() == ["other chat"])
    gate.set()
    await telegram.until(lambda: telegram.unconfirmed == 0)
    assert hooked.texts() == ["other chat", "slow", "next"]


async def test_a_tap_may_overtake_a_message_of_the_same_person(telegram, call, hooked):
    telegram.write(OLENA, "hi")
    markup = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}
    await call("sendMessage", json={"chat_id": OLENA.id, "text": "?", "reply_markup": markup})
    await telegram.until(lambda: telegram.unconfirmed == 0)
    gate = asyncio.Event()
    telegram.write(OLENA, "slow")
    hooked.gates[telegram.updates[-1]["update_id"]] = gate
    telegram.tap(OLENA, "y")
    await telegram.until(lambda: len(hooked.bodies) == 2)
    assert "callback_query" in hooked.bodies[-1]
    gate.set()
    await telegram.until(lambda: telegram.unconfirmed == 0)


async def test_a_webhook_that_is_too_slow_is_asked_again(telegram, hooked):
    gate = asyncio.Event()
    telegram.write(OLENA, "hi")
    hooked.gates[telegram.updates[-1]["update_id"]] = gate
    await telegram.until(lambda: telegram.webhook_attempts)
    assert telegram.webhook_attempts[0].status is None
    gate.set()
    await telegram.until(lambda: telegram.unconfirmed == 0)


async def test_connections_stay_within_the_limit(telegram, call, receiver):
    await call("setWebhook", json={"url": receiver.url, "max_connections": 2})
    for person in (OLENA, TOM):
        for number in range(5):
            telegram.write(person, str(number))
            telegram.block(person)
            telegram.unblock(person)
    await telegram.until(lambda: telegram.unconfirmed == 0)
    assert receiver.most_at_once <= 2


async def test_a_wait_that_never_ends_times_out(telegram):
    with pytest.raises(TimeoutError):
        await telegram.until(lambda: False, within=0.01)
