"""The program is killed while agents and employees talk through it: nothing lost or doubled."""

import asyncio
import json
import random
import time
from collections import Counter

import pytest

from simulators.faults import Rule, delay, silence
from simulators.people import OLENA, crowd
from simulators.telegram_api import TOKEN, Seat, TelegramApi
from tests.journeys.companion import CARD, Companion
from tests.journeys.inbox import Inbox
from tests.journeys.ledger import REST, read_sqlite
from tests.journeys.program import REST_WITHIN, Program, until, until_next_look

PEOPLE, AGENTS = 12, 4  # who has the ticket of three people each
MESSAGES = 250  # in each direction
KILLS = 20
LACKS = "perhaps did not reach"
SLOW = ("sendMessage", "editMessageText", "answerCallbackQuery", "createForumTopic")
BODIES = "SELECT * FROM delivery WHERE operation = 'send'"
SAID = "SELECT author, text FROM entry WHERE kind = 'message'"
STAFF = [(one, f"agent{n}", f"Agent {n}") for n, one in enumerate(crowd(AGENTS, first_id=900_000))]


class Journey:
    def __init__(self, folder, seed, telegram):
        self.telegram = telegram
        self.companion = Companion(telegram, has_topics=True)
        self.chance = random.Random(seed)  # noqa: S311 - it must be repeatable
        settings = {
            "FIRSTLINE_TELEGRAM__TOKEN": TOKEN,
            "FIRSTLINE_TELEGRAM__API_URL": telegram.url,
            **self.companion.settings(),
        }
        self.program = Program(folder, settings)
        self.path = folder / "var" / "firstline.db"
        self.pairs = []  # of an employee and the seat of their agent
        self.seats = {}  # by ticket
        self.asked, self.answered = {}, {}  # words: who is to read them

    def rows(self, sql):
        return read_sqlite(self.path, sql)

    async def begin(self):
        """Each employee has a ticket, and each agent some of them."""
        await self.program.start()
        await self.companion.staff(self.program, STAFF)
        agents = [person for person, _, _ in STAFF]
        for agent in agents:
            await self.companion.command(agent, "/off")  # so that each sees their own alone
        for count, person in enumerate(crowd(PEOPLE)):
            self.telegram.write(person, "The printer prints nothing")
            number = await until(lambda: self._opened(count + 1))  # noqa: B023 - in this round
            self.seats[number] = seat = await self._taken(agents[count % AGENTS], number)
            self.pairs.append((person, seat))
        for agent in agents:
            await self.companion.command(agent, "/on")

    def _opened(self, count):
        found = self.rows("SELECT id FROM ticket ORDER BY id")
        return found[-1]["id"] if len(found) == count else None

    async def _taken(self, agent, number):
        self.companion.bot.write(agent, f"/{number}")
        topic = await self.companion.topic(number, self.companion.bot.world.chat_of(agent), agent)
        seat = Seat(agent, topic=topic.id)
        await self.companion.tap(seat, "take")
        return seat

    async def live(self):
        await asyncio.gather(self._talking(), self._killing())

    async def _talking(self):
        while len(self.asked) < MESSAGES or len(self.answered) < MESSAGES:
            for _ in range(self.chance.randrange(4)):
                person, seat = self.chance.choice(self.pairs)
                if len(self.asked) < MESSAGES:
                    words = f"And one more thing about it: case {10_000 + len(self.asked)}"
                    self.telegram.write(person, words)
                    self.asked[words] = seat
                if len(self.answered) < MESSAGES:
                    words = f"Please try step {50_000 + len(self.answered)}"
                    self.companion.bot.write(seat, words)
                    self.answered[words] = person
            await until_next_look()

    async def _killing(self):
        for _ in range(KILLS):
            await self._lasting(self.chance.uniform(0.2, 1.5))
            if self.chance.random() < 0.5:
                await self._kill_in_silence()
            await self.program.kill()
            greeted = len(self.companion.bot.calls("getMe"))
            await self.program.start()
            await until(lambda: len(self.companion.bot.calls("getMe")) > greeted, 60.0)  # noqa: B023

    async def _kill_in_silence(self):
        """The last messages before the end arrive, and nobody is told."""
        silent = []
        for bot in (self.telegram, self.companion.bot):
            rule = Rule(fault=silence(), matches="sendMessage".__eq__, times=3)
            bot.faults.rules.insert(0, rule)
            silent.append((bot.faults.rules, rule))
        await self._lasting(self.chance.uniform(0.0, 0.4))
        await self.program.kill()
        for rules, rule in silent:
            rules[:] = [other for other in rules if other is not rule]

    def make_slow(self):
        """As far away as the real one: whoever is killed has calls under way."""
        for bot in (self.telegram, self.companion.bot):
            bot.faults.inject(
                delay(0.2),
                on=lambda method: method in SLOW and self.chance.random() < 0.7,
                times=1_000_000,
            )

    async def _lasting(self, seconds):
        ends_at = time.monotonic() + seconds
        while time.monotonic() < ends_at:
            await until_next_look()

    def is_at_rest(self):
        if self.telegram.unconfirmed or self.companion.bot.unconfirmed:
            return False
        return not self.rows(REST)[0]["unrested"] and not self.missing(self.asked, "agents")

    def missing(self, said, channel):
        """Words that are neither in their chat nor in a delivery that is told to be in doubt."""
        rows = [row for row in self.rows(BODIES) if row["channel"] == channel]
        doubts = [_words(row) for row in rows if row["state"] == "unknown"]
        shown = self.shown(said)
        return [
            words
            for words in said
            if not shown[words] and not any(words in doubt for doubt in doubts)
        ]

    def shown(self, said):
        """How often each of the words stands in the chat of the one who is to read them."""
        bots = {True: self.companion.bot, False: self.telegram}
        chats = {one: bots[isinstance(one, Seat)].answers(one) for one in set(said.values())}
        texts = {reader: "\n".join(_beside_the_card(chat)) for reader, chat in chats.items()}
        return Counter({words: texts[reader].count(words) for words, reader in said.items()})


def _beside_the_card(chat):
    """A card repeats what was said last."""
    return [entry.text for entry in chat if not CARD.match(entry.text)]


def _words(row):
    return json.loads(row["body"])["body"].get("text", "")


@pytest.mark.journey
async def test_twenty_kills_lose_and_double_no_word_between_agents_and_employees(tmp_path, seed):
    async with TelegramApi() as telegram:
        journey = Journey(tmp_path, seed, telegram)
        try:
            await journey.begin()
            journey.make_slow()
            await journey.live()
            await until(journey.is_at_rest, REST_WITHIN)
            await until_doubts_are_shown(journey)
            assert await journey.program.stop() == 0
        finally:
            await journey.program.kill()
        check(journey)


def check(journey):
    said = Counter((row["author"], row["text"]) for row in journey.rows(SAID))
    assert all(said["requester", words] == 1 for words in journey.asked)
    assert all(said["agent", words] == 1 for words in journey.answered)
    for channel, words in (("agents", journey.asked), ("telegram", journey.answered)):
        assert journey.missing(words, channel) == []
        assert max(journey.shown(words).values()) == 1


async def until_doubts_are_shown(journey):
    """Where a chat perhaps lacks a message its card says so; an answer says so in the inbox."""
    doubts = [row for row in journey.rows(BODIES) if row["state"] == "unknown"]
    print(f"{len(doubts)} deliveries in doubt")  # noqa: T201 - pytest shows it with a failure
    async with Inbox(journey.program.url) as inbox:
        assert await inbox.sign_in(STAFF[0][1]) == 303
        for number, seat in journey.seats.items():
            own = [row for row in doubts if row["ticket_id"] == number]
            if any(row["channel"] == "agents" for row in own):
                await until(lambda: LACKS in journey.companion.card(seat).text)  # noqa: B023
            if any(row["channel"] == "telegram" and not row["is_automatic"] for row in own):
                assert "dispatch unknown" in await inbox.page(f"/tickets/{number}")


@pytest.mark.journey
async def test_a_kill_while_a_topic_is_made_leaves_no_second_one(tmp_path):
    async with TelegramApi() as telegram:
        companion = Companion(telegram)
        group = companion.found_group("First line")
        settings = {
            "FIRSTLINE_TELEGRAM__TOKEN": TOKEN,
            "FIRSTLINE_TELEGRAM__API_URL": telegram.url,
        }
        program = Program(tmp_path, {**settings, **companion.settings()})
        companion.bot.faults.inject(silence(), on="createForumTopic", times=1)
        try:
            await program.start()
            telegram.write(OLENA, "The printer prints nothing")
            await until(lambda: group.topics)
            await program.kill()
            await program.start()
            assert await companion.topic(1001, group)  # with its card
        finally:
            await program.kill()
        assert len(group.topics) == 1
