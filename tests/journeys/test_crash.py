"""The program is killed again and again while the world goes on: nothing lost, nothing doubled."""

import asyncio
import random
import time
from contextlib import AsyncExitStack

import aiohttp
import orjson
import pytest

from desk.settings import Settings
from desk.telegram import webhook_secret
from simulators.faults import Rule, bad_gateway, delay, silence
from simulators.mail_server import MailServer
from simulators.telegram_api import TOKEN, TelegramApi
from tests.journeys.crowd import Crowd, Office, Writers
from tests.journeys.ledger import REST, TABLES, Ledger, read_sqlite
from tests.journeys.program import PASSWORD, REST_WITHIN, Program, until, until_next_look

UPDATES = 2_000
MAILS = 500
REPEATS = 100
REPLIES = 250
KILLS = 20


def settings_of(telegram, mail):
    return {
        "FIRSTLINE_TELEGRAM__TOKEN": TOKEN,
        "FIRSTLINE_TELEGRAM__API_URL": telegram.url,
        "FIRSTLINE_EMAIL__ADDRESS": mail.support,
        "FIRSTLINE_EMAIL__IMAP_HOST": mail.host,
        "FIRSTLINE_EMAIL__IMAP_PORT": str(mail.imap_port),
        "FIRSTLINE_EMAIL__IMAP_TLS": "false",
        "FIRSTLINE_EMAIL__SMTP_HOST": mail.host,
        "FIRSTLINE_EMAIL__SMTP_PORT": str(mail.smtp_port),
        "FIRSTLINE_EMAIL__SMTP_TLS": "none",
        "FIRSTLINE_EMAIL__PASSWORD": mail.password,
    }


class Journey:
    def __init__(self, folder, seed, telegram, mail):
        settings = settings_of(telegram, mail)
        self.telegram, self.mail = telegram, mail
        self.chance = random.Random(seed)  # noqa: S311 - it must be repeatable
        self.program = Program(folder, settings)
        self.crowd = Crowd(telegram, self.chance, 250)
        self.writers = Writers(mail, self.chance, 100)
        self.office = Office(self.program.url)
        self.path = folder / "var" / "firstline.db"
        self.webhook = f"{self.program.url}/telegram/{TOKEN.split(':')[0]}"
        self.secret = webhook_secret(Settings(folder=folder / "var"))

    def rows(self, sql):
        return read_sqlite(self.path, sql)

    async def live(self):
        """Everybody acts, at a pace that lasts as long as the killing."""
        await asyncio.gather(self._people(), self._agent(), self._repeats(), self._killing())

    async def _people(self):
        while len(self.telegram.updates) < UPDATES or len(self.writers.said) < MAILS:
            for _ in range(self.chance.randrange(5)):
                if len(self.telegram.updates) < UPDATES:
                    self.crowd.act()
            if len(self.writers.said) < MAILS and self.chance.random() < 0.7:
                self.writers.act()
                if self.chance.random() < 0.1:
                    self.writers.deliver_again()
            await until_next_look()

    async def _agent(self):
        while len(self.office.said) < REPLIES:
            tickets = self.rows("SELECT id FROM ticket")
            if tickets:
                await self.office.reply(self.chance.choice(tickets)["id"])
            await until_next_look()

    async def _repeats(self):
        """The platform brings again what it was told that we have."""
        async with aiohttp.ClientSession() as session:
            done = 0
            while done < REPEATS:
                waiting = self.telegram.unconfirmed
                had = self.telegram.updates[: len(self.telegram.updates) - waiting]
                if had and await self._repeat(session, self.chance.choice(had)):
                    done += 1
                await until_next_look()

    async def _repeat(self, session, update):
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.secret}
        body = orjson.dumps(update)
        try:
            async with session.post(self.webhook, data=body, headers=headers) as answer:
                return answer.status == 200
        except aiohttp.ClientError:
            return False

    async def _killing(self):
        for _ in range(KILLS):
            await self._lasting(self.chance.uniform(0.3, 2.0))
            if self.chance.random() < 0.5:
                await self._kill_in_silence()
            await self.program.kill()
            greeted = len(self.telegram.calls("getMe"))
            await self.program.start()
            await until(lambda: len(self.telegram.calls("getMe")) > greeted, 60.0)  # noqa: B023

    def make_slow(self):
        """As far away as the real one: whoever is killed has calls under way.

        Now and then a proxy in between gives up on what is done all the same.
        """
        calls = ("sendMessage", "editMessageText", "answerCallbackQuery")
        self.telegram.faults.inject(
            bad_gateway(),
            on=lambda method: method == "sendMessage" and self.chance.random() < 0.01,
            times=20,
        )
        self.telegram.faults.inject(
            delay(0.2),
            on=lambda method: method in calls and self.chance.random() < 0.7,
            times=1_000_000,
        )
        self.mail.faults.inject("smtp_drop_after_data", times=5)

    async def _kill_in_silence(self):
        """The last messages before the end arrive, and nobody is told."""
        rules = self.telegram.faults.rules
        rule = Rule(fault=silence(), matches="sendMessage".__eq__, times=4)
        rules.insert(0, rule)
        await self._lasting(self.chance.uniform(0.0, 0.4))
        await self.program.kill()
        rules[:] = [other for other in rules if other is not rule]

    async def _lasting(self, seconds):
        ends_at = time.monotonic() + seconds
        while time.monotonic() < ends_at:
            await until_next_look()

    def is_at_rest(self):
        if self.telegram.unconfirmed:
            return False
        [journaled] = self.rows("SELECT count(*) AS n FROM envelope WHERE channel = 'email'")
        [rest] = self.rows(REST)
        return journaled["n"] >= len(self.writers.said) and not rest["unrested"]


async def start(journey, telegram):
    await journey.program.start()
    await journey.program.call("agent", "add", "marek", "--name", "Marek", says=f"{PASSWORD}\n")
    await until(lambda: telegram.calls("getUpdates"), 60.0)
    await until(lambda: journey.rows("SELECT 1 FROM cursor WHERE name LIKE 'email:%'"))


@pytest.mark.journey
@pytest.mark.usefixtures("folder")
async def test_twenty_kills_lose_nothing_and_double_nothing(tmp_path, seed):
    mail = MailServer()
    async with TelegramApi() as telegram, AsyncExitStack() as ends:
        await mail.start()
        ends.push_async_callback(mail.stop)
        journey = Journey(tmp_path, seed, telegram, mail)
        try:
            await start(journey, telegram)
            async with journey.office:
                await journey.office.sign_in()
                journey.make_slow()
                await journey.live()
                await until(journey.is_at_rest, REST_WITHIN)
            assert await journey.program.stop() == 0
        finally:
            await journey.program.kill()
        check(journey)


def check(journey):
    ledger = Ledger({table: journey.rows(question) for table, question in TABLES.items()})
    ledger.check_arrivals(len(journey.telegram.updates), len(journey.writers.said))
    ledger.check_telegram_messages(journey.crowd)
    ledger.check_taps(journey.crowd)
    ledger.check_mails(journey.writers)
    ledger.check_replies(journey.office)
    ledger.check_nothing_invented()
    ledger.check_chats(journey.telegram, journey.crowd.people)
    ledger.check_mailboxes(journey.mail, journey.writers.people)
    print(f"{ledger.unknown} of {len(ledger.deliveries)} deliveries unknown")  # noqa: T201
