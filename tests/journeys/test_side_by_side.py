"""Two workers, two telegram processes and the web on one PostgreSQL: shared, in order, once."""

import asyncio
import random
import secrets
import time

import asyncpg
import pytest

from desk.runtime import LEASE_WITHIN
from simulators.telegram_api import TOKEN, TelegramApi
from tests.journeys.crowd import Crowd, Office
from tests.journeys.ledger import REST, TABLES, Ledger
from tests.journeys.program import PASSWORD, REST_WITHIN, Program, until, until_next_look

pytestmark = [pytest.mark.journey, pytest.mark.postgresql]

UPDATES = 700
REPLIES = 80
WORKERS = ("worker_one", "worker_two")
# The lease runs out, the other process looks, and on two busy cores it takes a moment to act.
TAKEN_OVER_WITHIN = LEASE_WITHIN + LEASE_WITHIN / 4 + 10.0


class Side:
    """All processes, each worker with a database user of its own: rows tell who wrote them."""

    def __init__(self, folder, server, telegram):
        self.name = f"desk_{secrets.token_hex(4)}"
        self.server = server
        self.telegram = telegram
        self._folder = folder
        self._pool = None
        self.web = self._program(server.create(self.name), "web")
        for worker in WORKERS:
            server.execute(f"CREATE ROLE {worker} LOGIN SUPERUSER")
        self.workers = [self._program(self._url_of(worker), "worker") for worker in WORKERS]
        url = server.url(self.name)
        self.bots = [self._program(url, "telegram") for _ in range(2)]
        self.crowd = Crowd(telegram, random.Random(7), 60)  # noqa: S311 - repeatable
        self.office = Office(self.web.url)
        self.conflicts = []

    @property
    def programs(self):
        return [self.web, *self.workers, *self.bots]

    def _url_of(self, user):
        return self.server.url(self.name).replace("//firstline@", f"//{user}@")

    def _program(self, url, role):
        settings = {
            "FIRSTLINE_DATABASE": url,
            "FIRSTLINE_TELEGRAM__TOKEN": TOKEN,
            "FIRSTLINE_TELEGRAM__API_URL": self.telegram.url,
        }
        return Program(self._folder, settings, role)

    async def start(self):
        """All at once, on an empty database."""
        self._note_conflicts()
        await asyncio.gather(*(program.start() for program in self.programs))
        self._pool = await asyncpg.create_pool(
            host=str(self.server.folder), user="firstline", database=self.name, min_size=1
        )
        await self.rows("ALTER TABLE entry ADD COLUMN written_by text DEFAULT current_user")
        await self.web.call("agent", "add", "marek", "--name", "Marek", says=f"{PASSWORD}\n")
        await until(self._is_polling, 60.0)
        await until(self._is_attended, 60.0)

    async def stop(self):
        for program in self.programs:
            await program.kill()
        if self._pool is not None:
            await self._pool.close()
        self.server.drop(self.name)
        for worker in WORKERS:
            self.server.execute(f"DROP ROLE {worker}")

    async def rows(self, sql):
        return [dict(row) for row in await self._pool.fetch(sql)]

    async def holder(self, lease):
        """The program that holds it."""
        found = await self.rows(f"SELECT owner FROM lease WHERE name = '{lease}'")  # noqa: S608
        pid = int(found[0]["owner"].split(":")[1]) if found else None
        return next((one for one in self.programs if one._process.pid == pid), None)

    async def is_at_rest(self):
        if self.telegram.unconfirmed:
            return False
        return not (await self.rows(REST))[0]["unrested"]

    def _is_polling(self):
        return self.telegram.calls("getUpdates")

    async def _is_attended(self):
        return await self.holder(OUT) and await self.holder("search")

    def _note_conflicts(self):
        """Telegram ends a poll that waits when somebody else polls as well."""
        updates = self.telegram.world.updates
        end_poll = updates.end_poll

        def noted(reason):
            if updates._poll is not None and not updates._poll.done():
                self.conflicts.append(reason)
            end_poll(reason)

        updates.end_poll = noted


ACCOUNT = TOKEN.split(":", maxsplit=1)[0]
IN, OUT = f"telegram:{ACCOUNT}:in", f"telegram:{ACCOUNT}:out"


@pytest.fixture
async def side(tmp_path, postgresql):
    async with TelegramApi() as telegram:
        side = Side(tmp_path, postgresql, telegram)
        try:
            await side.start()
            yield side
        finally:
            await side.stop()


async def people(side, until_updates):
    while len(side.telegram.updates) < until_updates:
        for _ in range(4):
            side.crowd.act()
        await until_next_look()


async def agent(side, until_replies):
    while len(side.office.said) < until_replies:
        tickets = await side.rows("SELECT id FROM ticket ORDER BY random() LIMIT 1")
        if tickets:
            await side.office.reply(tickets[0]["id"])
        await until_next_look()


async def killed(side, lease):
    """Kill the holder in the middle of its work; seconds until another one holds the lease."""
    dead = await side.holder(lease)
    await dead.kill()
    killed_at = time.monotonic()

    async def has_successor():
        successor = await side.holder(lease)
        return successor is not None and successor is not dead

    await until(has_successor, TAKEN_OVER_WITHIN)
    return time.monotonic() - killed_at


def check(side, ledger):
    ledger.check_arrivals(len(side.telegram.updates), 0)
    ledger.check_telegram_messages(side.crowd)
    ledger.check_taps(side.crowd)
    ledger.check_replies(side.office)
    ledger.check_nothing_invented()
    ledger.check_chats(side.telegram, side.crowd.people, has_one_writer=False)


async def test_two_of_each_share_the_work_and_take_over_from_the_dead(side):
    async with side.office:
        await side.office.sign_in()
        await asyncio.gather(people(side, UPDATES // 2), agent(side, REPLIES // 2))
        await until(side.is_at_rest, REST_WITHIN)
        writers = await side.rows(
            "SELECT written_by, count(*) FROM entry WHERE author = 'requester' GROUP BY 1"
        )
        assert {row["written_by"] for row in writers} == set(WORKERS)
        assert side.conflicts == []
        await asyncio.gather(
            people(side, UPDATES), agent(side, REPLIES), killed(side, IN), killed(side, "search")
        )
        # The way out may have been the dead one's or the other's: now it is the living one's.
        alive = next(bot for bot in side.bots if bot.is_running)
        await until(lambda: _is_held_by(side, OUT, alive), TAKEN_OVER_WITHIN)
        await until(side.is_at_rest, REST_WITHIN)
    assert side.conflicts == []
    check(side, Ledger({name: await side.rows(sql) for name, sql in TABLES.items()}))


async def _is_held_by(side, lease, program):
    return await side.holder(lease) is program
