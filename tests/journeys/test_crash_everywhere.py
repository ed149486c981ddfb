"""The program is killed while all five channels are busy: nothing lost, nothing doubled."""

import asyncio
import random
import time
from collections import Counter

import pytest

from simulators.people import crowd
from tests.journeys.crowd import SENTENCES, Crowd, Office, Writers
from tests.journeys.everywhere import World
from tests.journeys.ledger import REST, TABLES, Ledger, read_sqlite
from tests.journeys.program import PASSWORD, REST_WITHIN, Program, until, until_next_look

ACTS = 45  # of people on all channels together, in each life of the program
REPEATED, AT_ONCE = 0.1, 0.7  # chances that Meta brings something again, that a moment passes
REPLIES = 40
KILLS = 4
SILENT_WITHIN = 10.0
PUSHED = ("viber", "messenger", "instagram")
CHANNELS = ("telegram", "email", *PUSHED)


class Chatters:
    """People in one of the apps that push. `said` has their words, by person and message."""

    def __init__(self, phones, chance, size):
        self.people, self.said, self.phones = crowd(size), {}, phones
        self._chance = chance

    def act(self):
        person = self._chance.choice(self.people)
        words = self._chance.choice(SENTENCES).format(70_000 + len(self.said))
        entry = self.phones.write(person, words)
        user_id = self.phones.chat_of(person).user_id
        self.said[user_id, str(getattr(entry, "mid", "") or entry.token)] = words
        self.phones.read(person)

    def shown(self):
        """What has come from the desk, by person: ids and words."""
        return {
            self.phones.chat_of(person).user_id: [
                (str(getattr(one, "mid", "") or one.token), one.text)
                for one in self.phones.answers(person)
            ]
            for person in self.people
        }


class Journey:
    def __init__(self, folder, seed, world):
        self.world, self.chance = world, random.Random(seed)  # noqa: S311 - to be repeated
        self.program = Program(folder, world.settings)
        self.office = Office(self.program.url)
        self.crowd = Crowd(world.telegram, self.chance, 30)
        self.writers = Writers(world.mail, self.chance, 20)
        phones = (world.viber, world.graph.messenger, world.graph.instagram)
        self.chatters = {
            channel: Chatters(one, self.chance, 20)
            for channel, one in zip(PUSHED, phones, strict=True)
        }
        self.silences = 0  # in which something was sent
        self.path = folder / "var" / "firstline.db"

    def rows(self, sql):
        return read_sqlite(self.path, sql)

    async def start(self):
        await self.program.start()
        await self.program.call("agent", "add", "marek", "--name", "Marek", says=f"{PASSWORD}\n")
        await self.world.subscribe(self.program.url)
        await until(lambda: self.world.telegram.calls("getUpdates"), 60.0)
        await until(lambda: self.rows("SELECT 1 FROM cursor WHERE name LIKE 'email:%'"))

    async def live(self):
        await asyncio.gather(self._lives(), self._agent())

    async def _lives(self):
        """Everybody acts at the same time, and the end comes amid that."""
        for count in range(KILLS):
            silence = self.world.fall_silent() if count % 2 else None
            await self._act()
            if silence is not None:
                await self._lasting(SILENT_WITHIN, lambda: silence.has_struck)  # noqa: B023
            await self.program.kill()
            if silence is not None:
                silence.end()
                self.silences += silence.has_struck
            await self._begin_again()
        await self._act()

    async def _begin_again(self):
        """Who sends for an account is known once the leases of the dead have run out."""
        greeted = len(self.world.telegram.calls("getMe"))
        await self.program.start()
        await until(lambda: len(self.world.telegram.calls("getMe")) > greeted, 60.0)

    async def _act(self):
        everybody = (self.crowd, self.writers, *self.chatters.values())
        for _ in range(ACTS):
            self.chance.choice(everybody).act()
            if self.chance.random() < REPEATED and self.world.graph.webhook.emitted:
                self.world.graph.webhook.emit(*self._brought_before())
            if self.chance.random() < AT_ONCE:
                await until_next_look()

    def _brought_before(self):
        """Meta brings an event again."""
        body = self.chance.choice(self.world.graph.webhook.emitted)
        [entry] = body["entry"]
        return body["object"], entry["id"], entry["messaging"][0]

    async def _agent(self):
        """Answers on one channel after the other."""
        while len(self.office.said) < REPLIES:
            channel = CHANNELS[len(self.office.said) % len(CHANNELS)]
            tickets = self.rows("SELECT id, channel FROM ticket")
            if there := [one["id"] for one in tickets if one["channel"] == channel]:
                await self.office.reply(self.chance.choice(there))
            await until_next_look()

    async def _lasting(self, seconds, is_over=lambda: False):
        ends_at = time.monotonic() + seconds
        while time.monotonic() < ends_at and not is_over():
            await until_next_look()

    def is_at_rest(self):
        """Two looks alike: what a send sets off may be on its way between them."""
        before = self.rows(REST)
        [journaled] = self.rows("SELECT count(*) AS n FROM envelope WHERE channel = 'email'")
        all_came = self.world.is_told and journaled["n"] >= len(self.writers.said)
        return all_came and not before[0]["unrested"] and self.rows(REST) == before


@pytest.mark.journey
@pytest.mark.usefixtures("folder")
async def test_kills_amid_five_channels_lose_nothing_and_double_nothing(tmp_path, seed):
    async with World() as world:
        journey = Journey(tmp_path, seed, world)
        try:
            await journey.start()
            async with journey.office:
                await journey.office.sign_in()
                await journey.live()
                await until(journey.is_at_rest, REST_WITHIN)
            assert await journey.program.stop() == 0
        finally:
            await journey.program.kill()
        check(journey)


def check(journey):
    ledger = Ledger({table: journey.rows(question) for table, question in TABLES.items()})
    ledger.check_all_received()
    ledger.check_telegram_messages(journey.crowd)
    ledger.check_taps(journey.crowd)
    ledger.check_mails(journey.writers)
    ledger.check_replies(journey.office)
    ledger.check_nothing_invented()
    ledger.check_chats(journey.world.telegram, journey.crowd.people)
    ledger.check_mailboxes(journey.world.mail, journey.writers.people)
    for channel, chatters in journey.chatters.items():
        ledger.check_said(channel, chatters)
        ledger.check_pushed(channel, chatters)
    answered = Counter(ledger.channel_of(number) for number in journey.office.said.values())
    assert answered == dict.fromkeys(CHANNELS, REPLIES // len(CHANNELS))
    assert journey.silences
    log = journey.program.log()
    assert not [secret for secret in journey.world.secrets if secret in log]
    unknown = Counter(row["channel"] for row in ledger.deliveries if row["state"] == "unknown")
    print(f"{dict(unknown)} of {len(ledger.deliveries)} deliveries unknown")  # noqa: T201
