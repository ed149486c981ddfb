"""The portal on a real desk: Olena writes to the bot, opens the form, the desk works."""

import json
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from io import BytesIO

import pytest
from aiohttp import FormData
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.web import Application
from pydantic import SecretStr

from bots.portal.receive import portal_app
from bots.telegram.receive import envelope_of
from desk.channels import TelegramSettings
from desk.settings import Settings, WebSettings
from desk.wiring import FORM_PATH, build_desk, form_links
from tests.bots.portal.pages import Page

BOT = "700"
TOKEN = "700:for-tests"
PRINTER = "принтер на 3 поверсі не друкує, E5"


class Office:
    """A desk with one ticket, 1001, and a browser without scripts."""

    def __init__(self, desk, browser):
        self.desk, self.browser, self.update = desk, browser, 0
        self.links = form_links(desk.settings)

    async def write(self, text, person=1, language="uk"):
        self.update += 1
        message = {
            "message_id": self.update,
            "date": int(datetime.now(UTC).timestamp()),
            "chat": {"id": person, "type": "private"},
            "from": {"id": person, "first_name": "Olena", "language_code": language},
            "text": text,
        }
        payload = json.dumps({"update_id": self.update, "message": message}).encode()
        await self.desk.service.accept([envelope_of(BOT, payload, datetime.now(UTC))])
        await self.work()

    async def tap(self, data, person=1):
        self.update += 1
        chat = {"id": person, "type": "private"}
        tapper = {"id": person, "first_name": "Olena", "is_bot": False}
        card = {"message_id": 1, "date": int(datetime.now(UTC).timestamp()), "chat": chat}
        query = {"id": "1", "from": tapper, "data": data, "message": card, "chat_instance": "1"}
        payload = json.dumps({"update_id": self.update, "callback_query": query}).encode()
        await self.desk.service.accept([envelope_of(BOT, payload, datetime.now(UTC))])
        await self.work()

    async def work(self):
        while await self.desk.inward.step():
            pass

    def link(self, number=1001, purpose="form"):
        token = self.links.token(number, datetime.now(UTC), purpose)
        return f"{FORM_PATH}/app/{token}" if purpose == "app" else f"{FORM_PATH}/{token}"

    async def open(self, number=1001):
        answer = await self.browser.get(self.link(number))
        assert answer.status == 200, await answer.text()
        return Page(await answer.text(), str(answer.url.path))

    async def send(self, page, files=(), **typed):
        """The whole page as a browser posts it; returns the answer without following it."""
        form = FormData(default_to_multipart=True, quote_fields=False)
        for name, value in (page.values() | typed).items():
            form.add_field(name, value)
        for name, content in files:
            form.add_field("files", BytesIO(content), filename=name, content_type="image/png")
        return await self.browser.post(page.path, data=form, allow_redirects=False)

    async def fill(self, page, files=(), **typed):
        """Sent, accepted and received."""
        answer = await self.send(page, files, **typed)
        assert answer.status == 303, await answer.text()
        await self.work()
        return await self.desk.listing.ticket(1001)

    async def timeline(self):
        return list(await self.desk.listing.timeline(1001))

    async def cards(self):
        """Bodies of the outbox, oldest first: what the phone is shown."""
        due = await self.desk.outbox.claim(("telegram", BOT), datetime.now(UTC), 50)
        return [delivery.body for delivery in due]


@pytest.fixture
def address():
    return "https://desk.example.org"


@pytest.fixture
async def office(folder, address):
    async with opened_office(folder, address) as office:
        yield office


@asynccontextmanager
async def opened_office(folder, address):
    settings = Settings(
        folder=folder,
        web=WebSettings(public_url=address),
        telegram=TelegramSettings(token=SecretStr(TOKEN)),
    )
    desk = await build_desk(settings)
    app = Application()
    app.add_subapp(FORM_PATH, portal_app(desk.portal()))
    try:
        async with TestClient(TestServer(app)) as browser:
            office = Office(desk, browser)
            await office.write(PRINTER)
            yield office
    finally:
        await desk.close()
