"""What the Bot API, or a server in between, refuses or leaves unsaid has one meaning each."""

from dataclasses import replace

import pytest
from aiohttp import web

from bots.telegram.client import Telegram
from bots.telegram.send import TelegramSender
from intake.speech import (
    Operation,
    Permanent,
    RetryAfter,
    Text,
    Unknown,
    UserGone,
)
from simulators import faults
from simulators.people import OLENA, TOM
from simulators.telegram_api import TOKEN
from tests.bots.fakes import serving
from tests.bots.telegram.sending import BLOBS, delivery, shown
from tests.conftest import begun

# the five ends

EDIT = {"operation": Operation.EDIT, "target_provider_id": "4001"}
TAP = {"operation": Operation.ANSWER_TAP, "target_external_id": "1"}
METHODS = {"editMessageText": EDIT, "answerCallbackQuery": TAP}


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (faults.too_many_requests(17), RetryAfter(seconds=17, reason="")),
        (faults.server_error(), RetryAfter(seconds=0, reason="")),
        (faults.refuse(500, "Internal Server Error: restart"), RetryAfter(seconds=0, reason="")),
        (faults.refuse(401, "Unauthorized"), RetryAfter(seconds=0, reason="", is_refused=True)),
        (faults.refuse(404, "Not Found"), RetryAfter(seconds=0, reason="", is_refused=True)),
        (faults.forbidden(), UserGone(reason="")),
        (faults.forbidden("Forbidden: user is deactivated"), UserGone(reason="")),
        (faults.forbidden("Forbidden: bot can't initiate conversation with a user"),
         UserGone(reason="")),
        (faults.refuse(400, "Bad Request: chat not found"), UserGone(reason="")),
        (faults.refuse(400, "Bad Request: PEER_ID_INVALID"), UserGone(reason="")),
        (faults.refuse(400, "Bad Request: can't parse entities"), Permanent(reason="")),
        (faults.refuse(400, "Bad Request: message can't be edited"), Permanent(reason="")),
        (faults.refuse(400, "Bad Request: group chat was upgraded to a supergroup chat"),
         Permanent(reason="")),
        (faults.refuse(413, "Request Entity Too Large"), Permanent(reason="")),
    ],
)  # fmt: skip
async def test_every_refusal_has_one_meaning(api, sender, fault, expected):
    api.faults.inject(fault, on="sendMessage")
    result = await sender.send(delivery(Text(text="Привіт")), begun)
    assert result.reason
    assert TOKEN not in result.reason
    assert replace(result, reason="") == expected
    assert not shown(api)


@pytest.mark.parametrize("method", ["editMessageText", "answerCallbackQuery"])
@pytest.mark.parametrize(
    ("fault", "kind"),
    [(faults.server_error(), RetryAfter), (faults.forbidden(), UserGone),
     (faults.refuse(400, "Bad Request: message can't be edited"), Permanent)],
)  # fmt: skip
async def test_a_refusal_of_an_edit_or_a_tap_means_the_same(api, sender, method, fault, kind):
    api.faults.inject(fault, on=method)
    result = await sender.send(delivery(Text(text="Привіт"), **METHODS[method]), begun)
    assert isinstance(result, kind)


@pytest.mark.parametrize("fault", [faults.hang_up(), faults.truncate(), faults.bad_gateway()])
async def test_a_message_without_a_clear_answer_is_unknown(api, sender, fault):
    api.faults.inject(fault, on="sendMessage")
    assert isinstance(await sender.send(delivery(), begun), Unknown)


@pytest.mark.parametrize("method", ["sendMessage", *METHODS])
@pytest.mark.parametrize("status", [400, 401, 403, 404, 407, 451])
async def test_a_proxy_that_refuses_speaks_for_no_person_and_no_message(
    api, sender, method, status
):
    api.faults.inject(faults.barred(status), on=method)
    result = await sender.send(delivery(Text(text="Вже йду"), **METHODS.get(method, {})), begun)
    assert result == RetryAfter(seconds=0, reason=f"{status} of a proxy", is_away=True)


async def test_what_a_proxy_finds_too_large_is_permanent(api, sender):
    api.faults.inject(faults.barred(413), on="sendMessage")
    assert isinstance(await sender.send(delivery(), begun), Permanent)


async def test_a_message_that_a_proxy_gave_up_on_is_not_sent_twice(api, sender):
    api.faults.inject(faults.bad_gateway(), on="sendMessage")
    await sender.send(delivery(Text(text="Вже йду")), begun)
    assert len(shown(api)) == 1


@pytest.mark.parametrize("fault", [faults.hang_up(), faults.truncate()])
@pytest.mark.parametrize("method", ["editMessageText", "answerCallbackQuery"])
async def test_what_may_be_repeated_is_tried_again_after_an_unclear_answer(
    api, sender, method, fault
):
    api.faults.inject(fault, on=method)
    result = await sender.send(delivery(Text(text="Привіт"), **METHODS[method]), begun)
    assert isinstance(result, RetryAfter)


@pytest.mark.parametrize(
    "body", [b"", b"<html>welcome</html>", b"[]", b"\xff\xfe", b'{"ok":true,"result":{}}']
)
async def test_a_200_that_is_no_answer_of_the_bot_api_is_unknown(body):
    async def answer(request):
        await request.read()
        return web.Response(body=body, content_type="text/html")

    async with serving(web.post("/{path:.*}", answer)) as url:
        telegram = Telegram(TOKEN, url)
        sender = TelegramSender(telegram=telegram, read_blob=BLOBS.__getitem__)
        assert isinstance(await sender.send(delivery(), begun), Unknown)
        await telegram.close()


async def test_who_blocked_the_bot_or_never_started_it_is_gone(api, sender):
    assert isinstance(await sender.send(delivery(person=TOM), begun), UserGone)
    api.block(OLENA)
    assert isinstance(await sender.send(delivery(), begun), UserGone)
