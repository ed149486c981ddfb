"""The start: what takes long holds up nobody who could be served already."""

import asyncio
import threading

import aiohttp
import pytest

from desk import telegram
from desk.role_names import ROLES
from desk.roles import start
from desk.runtime import Runtime
from desk.settings import Settings
from desk.telegram import webhook_secret
from desk.wiring import build_desk
from simulators.telegram_api import TOKEN, TelegramApi
from tests.tools.ports import free_port


@pytest.fixture
def has_served(monkeypatch):
    """Until then it takes to import Telegram's library."""
    happened, client = threading.Event(), telegram.client

    def imported(settings):
        assert happened.wait(10.0), "nobody was served meanwhile"
        return client(settings)

    monkeypatch.setattr(telegram, "client", imported)
    return happened


@pytest.fixture
async def desk(folder):
    async with TelegramApi() as api:
        settings = Settings(
            folder=folder,
            web={"port": free_port()},
            telegram={"token": TOKEN, "api_url": api.url},
        )
        built = await build_desk(settings)
        yield built
        await built.close()


async def serve_somebody(desk, has_served):
    """Both as soon as there is a door at all."""
    secret = {"X-Telegram-Bot-Api-Secret-Token": webhook_secret(desk.settings)}
    webhook = f"/telegram/{desk.settings.telegram.account}"
    address = f"http://127.0.0.1:{desk.settings.web.port}"
    async with asyncio.timeout(8.0), aiohttp.ClientSession(address) as session:
        while True:
            try:
                ready = await session.get("/readyz")
                break
            except aiohttp.ClientConnectionError:
                await asyncio.wait([asyncio.get_running_loop().create_future()], timeout=0.02)
        posted = await session.post(webhook, data=b'{"update_id": 1}', headers=secret)
    has_served.set()
    return ready.status, posted.status


async def test_pages_and_webhooks_answer_while_the_library_of_telegram_is_imported(
    desk, has_served
):
    runtime = Runtime(desk.database.bell, desk.leases, "one")
    served, answers = await asyncio.gather(
        start(desk, runtime, frozenset(ROLES)), serve_somebody(desk, has_served)
    )
    await runtime.stop()
    await served.cleanup()
    assert answers == (200, 200)
