"""Long polling: what is committed is confirmed, nothing else is."""

import asyncio

import orjson
import pytest
from aiohttp import web

from bots.bot_polling import CONFLICT_PAUSE, REFUSED_PAUSE
from bots.bot_refusals import Refused
from bots.failures import NotSent, Unclear
from bots.telegram.client import Telegram
from bots.telegram.receive import Poller
from bots.telegram.translate import translate
from intake.errors import Unavailable
from simulators import faults
from simulators.people import OLENA
from simulators.telegram_api import TOKEN, TelegramApi
from tests.bots.fakes import Journal, Pauses, StandingClock, serving


@pytest.fixture
def poller(telegram):
    return Poller(
        telegram=telegram, journal=Journal(), clock=StandingClock(), pause=Pauses(),
        commands={"uk": {"status": "Мої звернення"}},
    )  # fmt: skip


def texts(journal):
    return [translate(envelope)[0].text for envelope in journal.kept.values()]


async def test_updates_are_confirmed_by_the_next_call_after_their_commit(api, poller):
    api.write(OLENA, "one")
    api.write(OLENA, "two")
    assert await poller.step() == 2
    assert texts(poller.journal) == ["one", "two"]
    assert api.unconfirmed == 2
    api.write(OLENA, "three")
    assert await poller.step() == 1
    assert api.unconfirmed == 1
    assert texts(poller.journal) == ["one", "two", "three"]


async def test_what_could_not_be_committed_comes_again(api, poller):
    api.write(OLENA, "one")
    poller.journal.failure = Unavailable("database is away")
    with pytest.raises(Unavailable):
        await poller.step()
    poller.journal.failure = None
    assert await poller.step() == 1
    assert texts(poller.journal) == ["one"]


async def test_a_crash_between_commit_and_confirmation_doubles_nothing(api, telegram, poller):
    api.write(OLENA, "one")
    await poller.step()
    poller.journal.cursors.clear()  # as if the cursor were of before
    assert await poller.step() == 1
    assert texts(poller.journal) == ["one"]


async def test_the_start_removes_a_webhook_and_keeps_what_waits(api, telegram, poller):
    await telegram.prepare_webhook("http://127.0.0.1:9/telegram/7", "secret", {})
    api.write(OLENA, "sent before the change")
    assert await poller.step() == 1
    assert texts(poller.journal) == ["sent before the change"]
    assert len(api.calls("deleteWebhook")) == 1
    assert [call.params["language_code"] for call in api.calls("setMyCommands")] == ["uk"]
    await poller_again(api, poller)
    assert len(api.calls("deleteWebhook")) == 1


async def poller_again(api, poller):
    api.write(OLENA, "and after")
    await poller.step()


async def test_the_kinds_of_updates_are_asked_for_by_name(api, poller):
    api.write(OLENA, "one")
    await poller.step()
    (call,) = api.calls("getUpdates")
    assert call.params["allowed_updates"] == [
        "message", "edited_message", "callback_query", "my_chat_member",
    ]  # fmt: skip
    assert (call.params["timeout"], call.params["limit"]) == (25, 100)


async def test_a_long_poll_waits_for_the_next_message(api, poller):
    step = asyncio.create_task(poller.step())
    await api.until(lambda: api.calls("getUpdates"))
    api.write(OLENA, "at last")
    assert await asyncio.wait_for(step, 20) == 1


async def test_a_second_poller_is_named_and_waited_for(api, poller):
    api.faults.inject(
        faults.refuse(409, "Conflict: terminated by other getUpdates request"), on="getUpdates"
    )
    assert await poller.step() == 0
    assert poller.pause.seconds == [CONFLICT_PAUSE]


async def test_a_webhook_set_meanwhile_is_not_fought_over(api, telegram, poller):
    api.write(OLENA, "one")
    await poller.step()
    await telegram.prepare_webhook("http://127.0.0.1:9/elsewhere", "secret", {})
    assert await poller.step() == 0
    assert poller.pause.seconds == [CONFLICT_PAUSE]
    assert not api.calls("deleteWebhook")


async def test_a_refused_token_rests_the_account(api):
    telegram = Telegram("700800900:revoked", api.url)
    pauses = Pauses()
    poller = Poller(telegram=telegram, journal=Journal(), clock=StandingClock(), pause=pauses)
    assert await poller.step() == 0
    assert pauses.seconds == [REFUSED_PAUSE]
    await telegram.close()


async def test_flood_control_is_waited_out(api, poller):
    api.faults.inject(faults.too_many_requests(7), on="getUpdates")
    assert await poller.step() == 0
    assert poller.pause.seconds == [7]


@pytest.mark.parametrize(
    ("fault", "failure"),
    [
        (faults.bad_gateway(), Unclear),
        (faults.server_error(), Refused),
        (faults.hang_up(), Unclear),
        (faults.truncate(), Unclear),
    ],
)
async def test_trouble_on_the_way_is_told_and_loses_nothing(api, poller, fault, failure):
    api.write(OLENA, "one")
    api.faults.inject(fault, on="getUpdates")
    with pytest.raises(failure):
        await poller.step()
    assert await poller.step() == 1
    assert texts(poller.journal) == ["one"]


async def test_a_server_that_is_away_is_told_without_the_token():
    gone = TelegramApi()
    await gone.start()
    await gone.stop()
    telegram = Telegram(TOKEN, gone.url)
    poller = Poller(telegram=telegram, journal=Journal(), clock=StandingClock())
    with pytest.raises(NotSent) as caught:
        await poller.step()
    assert TOKEN not in repr(caught.value)
    assert caught.value.__cause__ is None
    await telegram.close()


async def scripted(batches):
    """A Bot API that answers getUpdates with these bodies, and notes the offsets asked for."""
    offsets = []

    async def updates(request):
        offsets.append((await request.json()).get("offset"))
        return web.Response(body=batches.pop(0), content_type="application/json")

    async def others(request):
        return web.json_response({"ok": True, "result": {"url": ""}})

    routes = (web.post("/bot{token}/getUpdates", updates), web.post("/bot{token}/{any}", others))
    return offsets, serving(*routes)


def batch(*updates):
    return b'{"ok":true,"result":[' + b",".join(updates) + b"]}"


async def polled(batches):
    offsets, server = await scripted(list(batches))
    journal = Journal()
    async with server as url:
        telegram = Telegram(TOKEN, url)
        poller = Poller(telegram=telegram, journal=journal, clock=StandingClock())
        try:
            for _ in batches:
                await poller.step()
        finally:
            await telegram.close()
    return offsets, journal


async def test_numbers_that_start_again_lower_are_followed():
    high, low = b'{"update_id":900000000}', b'{"update_id":17}'
    offsets, journal = await polled([batch(high), batch(low), batch()])
    assert offsets == [None, 900000001, 18]
    assert list(journal.kept) == ["900000000", "17"]


async def test_what_no_library_can_read_is_kept_as_it_came():
    strange = {"update_id": 5, "message": {"date": "yesterday", "chat": []}, "hologram": [1]}
    halved = b'{"update_id":6,"message":{"text":"\\ud83d"}}'
    offsets, journal = await polled([batch(orjson.dumps(strange), b"7"), batch(halved), batch()])
    payloads = [envelope.payload for envelope in journal.kept.values()]
    assert orjson.loads(payloads[0]) == strange
    assert payloads[1] == b"7"
    assert b"\\ud83d" in payloads[2]
    assert offsets == [None, 6, 7]


async def test_updates_without_numbers_are_kept_and_complained_of():
    with pytest.raises(Unclear):
        await polled([batch(b"{}")])
