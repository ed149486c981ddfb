"""Two people with phones and a browser around one desk, which can die and come back at any time.

Everything between what a platform brings and what it is sent is the desk's own, over a real
database. What people see and what the rows say is read from outside, without the desk's words.
"""

import asyncio
import json
import secrets
from dataclasses import dataclass, replace

from aiohttp.test_utils import TestClient, TestServer
from aiohttp.web import Application
from pydantic import SecretStr

from bots.bot_markup import plain
from bots.portal.receive import portal_app
from bots.telegram.card import draw
from bots.telegram.receive import envelope_of
from desk.channels import TelegramSettings
from desk.settings import Settings, WebSettings
from desk.wiring import FORM_PATH, build_desk, form_links
from intake.agent_words import Asking, Reply
from intake.flow.pace import Pace
from intake.speech import Accepted, Operation
from tests.bots.portal.pages import Page
from tests.desk.phone import FREE

BOT = "700"
LATENCY = 5  # seconds that a round takes
ROWS = {
    "ticket": "SELECT * FROM ticket ORDER BY id",
    "entry": "SELECT * FROM entry ORDER BY id",
    "file": "SELECT * FROM file ORDER BY id",
    "delivery": "SELECT * FROM delivery ORDER BY id",
    "envelope": "SELECT * FROM envelope ORDER BY id",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A message of the bot as it stands in a chat now."""

    words: str
    taps: tuple[str, ...]


class Phones:
    """They outlive every desk. Messages that are edited change where they are."""

    def __init__(self):
        self.chats, self.number = {}, 1_000_000  # no message of a chat bears another's number

    async def send(self, delivery, begin):
        if delivery.operation is Operation.ANSWER_TAP:
            return Accepted()
        drawing, number = draw(delivery.body), delivery.target_provider_id
        taps = [one[1] for row in drawing.rows for one in row if isinstance(one, tuple)]
        if delivery.operation is Operation.SEND:
            await begin()
            self.number += 1
            number = str(self.number)
        chat = self.chats.setdefault(int(delivery.address.external_id), {})
        chat[int(number)] = Shown(plain(drawing.runs), tuple(taps))
        return Accepted(provider_id=number)


class Street:
    """Everything is done at once and by hand; nothing here waits for time to pass."""

    def __init__(self, folder, database, clock):
        self.settings = Settings(
            folder=folder,
            database=database,
            web=WebSettings(public_url="http://desk.example.org"),
            telegram=TelegramSettings(token=SecretStr(f"{BOT}:for-tests")),
        )
        self.clock, self.phones, self.update = clock, Phones(), 0
        self._runner = asyncio.Runner()
        self.desk = self.browser = None
        self._run(self._begin())
        self.marek = self._run(self.desk.agents.add("marek", "Marek Novák", "-", "en"))

    def close(self):
        self._run(self._end())
        self._runner.close()

    def restart(self):
        """A new program over the same database; what was accepted waits there."""
        self._run(self._end())
        self._run(self._begin())

    def _run(self, step):
        return self._runner.run(step)

    async def _begin(self):
        self.desk = await build_desk(self.settings, self.clock)
        free = Pace(account=FREE, address=FREE)
        self.outward = replace(self.desk.outward("telegram", BOT, self.phones), pace=free)
        app = Application()
        app.add_subapp(FORM_PATH, portal_app(self.desk.portal()))
        self.browser = TestClient(TestServer(app))
        await self.browser.start_server()

    async def _end(self):
        await self.browser.close()
        await self.desk.close()

    # what comes

    def payload(self, **content):
        self.update += 1
        return json.dumps({"update_id": self.update, **content}).encode()

    def accept(self, *payloads):
        now = self.clock.now()
        self._run(self.desk.service.accept([envelope_of(BOT, one, now) for one in payloads]))

    def work(self):
        self._run(self._work())

    async def _work(self):
        while await self.desk.inward.step():
            self.clock.advance(LATENCY)
        await self._send()

    async def _send(self):
        while await self.outward.step():
            pass

    def ring(self):
        self._run(self._ring())

    async def _ring(self):
        while await self.desk.ringing.step():
            pass
        await self._send()

    # the form

    def open_form(self, number):
        """The page, or None where there is nothing to fill in."""
        return self._run(self._open_form(number))

    async def _open_form(self, number):
        token = form_links(self.settings).token(number, self.clock.now())
        async with self.browser.get(f"{FORM_PATH}/{token}") as answer:
            text = await answer.text()
            return Page(text, answer.url.path) if answer.status == 200 else None

    def post_form(self, page, typed):
        """The status that the browser is answered with."""
        return self._run(self._post_form(page, typed))

    async def _post_form(self, page, typed):
        form = page.values() | typed
        post = self.browser.post(page.path, data=form, allow_redirects=False)
        async with post as answer:
            return answer.status

    # what the agent does

    def reply(self, number, text):
        reply = Reply(text=text, once=secrets.token_hex(8))
        self._run(self.desk.service.reply(self.marek, number, reply))

    def ask(self, number, fields, given_up=()):
        asking = Asking(fields=fields, once=secrets.token_hex(8), given_up=given_up)
        self._run(self.desk.service.ask(self.marek, number, asking))

    def set_status(self, number, status):
        self._run(self.desk.service.set_status(self.marek, number, status))

    # what is there

    def rows(self):
        return self._run(self._rows())

    async def _rows(self):
        fetch = self.desk.database.fetch
        return {name: [dict(row) for row in await fetch(sql)] for name, sql in ROWS.items()}
