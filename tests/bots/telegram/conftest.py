"""A simulated Telegram and our client for it; all traffic is checked by the foreign schema."""

import pytest

from bots.telegram.client import Telegram
from bots.telegram.send import TelegramSender
from simulators.people import OLENA
from simulators.telegram_api import TelegramApi
from tests.bots.fakes import Pauses
from tests.bots.telegram.sending import BLOBS
from tests.schemas.botapi import validate_object, validate_request, validate_update


@pytest.fixture
async def api():
    async with TelegramApi(webhook_pace=0.002) as api:
        yield api
    for call in api.requests:
        validate_request(call.method, call.params)
    for update in api.updates:
        validate_update(update)
    for entry in api.chat(OLENA):
        validate_object("Message", entry.wire)


@pytest.fixture
async def telegram(api):
    telegram = Telegram(api.token, api.url)
    yield telegram
    await telegram.close()


@pytest.fixture
def sender(api, telegram):
    api.press_start(OLENA)
    return TelegramSender(telegram=telegram, read_blob=BLOBS.__getitem__, pause=Pauses())
