"""A thousand messages about three open tickets in one chat, in no order, of any or of one kind.

Quoted or by button all of them are right. Otherwise the words must tell, or the bot must offer
the one tap that puts the message right.
"""

import random
import sys
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from desk.settings import Settings
from desk.wiring import build_desk
from tests.desk.phone import Exchange, Screens, a_message

ANSWERS = Path(__file__).parent / "conversations"
LANGUAGES = ("uk", "en", "sk", "el", "it")
CHATS, MESSAGES, MINUTES = 50, 20, 3
ALIKE = 25  # chats about three things of one kind: half as many tell as much of them


@dataclass
class Chat:
    """One person with three tickets, who knows which one is meant."""

    person: int
    language: str
    exchange: Exchange
    words: dict
    chance: random.Random
    tickets: dict = field(default_factory=dict)  # topic: number
    moment: int = 0

    @property
    def topics(self):
        return list(self.words["opened"])

    async def open(self):
        """Every other person leaves the cards as they are; the others send them."""
        for topic in self.topics:
            before = await self.newest()
            await self.write(self.words["opened"][topic])
            if await self.newest() == before:  # the same kind of thing: the bot has asked
                await self.exchange.tap(self.offered("|new")[0], person=self.person)
            self.tickets[topic] = await self.newest()
        if self.person % 2:
            for number in self.tickets.values():
                await self.exchange.tap(f"send|{number}", person=self.person)

    async def newest(self):
        page = await self.exchange.desk.listing.tickets("all", 0)
        return max((line.id for line in page.lines), default=0)

    async def write(self, text, **more):
        """Returns the number of the message."""
        self.moment += MINUTES * 60
        date = a_message(1, self.person, "")["date"] + self.moment
        return await self.exchange.write(
            text, person=self.person, language=self.language, date=date, **more
        )

    def offered(self, ending):
        shown = self.exchange.phone.chats[self.person]
        _, buttons = shown[max(shown)]
        return [tap for tap in buttons.values() if tap.endswith(ending)]

    async def place_of(self, number):
        """The one of the three whose timeline holds the message; None where it has its own."""
        found = []
        for ticket in self.tickets.values():
            timeline = await self.exchange.timeline(ticket)
            said = [entry for entry in timeline if entry.kind == "message"]
            found += [ticket for entry in said if entry.external_id == str(number)]
        assert len(found) < 2
        return found[0] if found else None

    async def say(self, topic, *, quotes):
        """How many taps it took, or None where it stayed in the wrong place."""
        right = self.tickets[topic]
        more = {"reply_to_message": await self.opening(topic)} if quotes else {}
        lines = self.words["more"][topic if self.chance.random() < 0.75 else "any"]
        number = await self.write(self.chance.choice(lines), **more)
        if await self.place_of(number) == right:
            return 0
        moves = [tap for tap in self.offered(f"|{right}") if tap.startswith("move|")]
        if not moves:
            return None
        await self.exchange.tap(moves[0], person=self.person)
        return 1 if await self.place_of(number) == right else None

    async def opening(self, topic):
        first = (await self.exchange.timeline(self.tickets[topic]))[0]
        return a_message(int(first.external_id), self.person, first.text)


@pytest.fixture
async def exchange(sqlite_url, tmp_path):
    desk = await build_desk(Settings(folder=tmp_path / "var", database=sqlite_url))
    try:
        yield Exchange(desk, Screens())
    finally:
        await desk.close()


async def interleaved(exchange, kind):
    """How many taps each message took, by whether it quoted; None where it stayed astray."""
    taps = {True: [], False: []}
    for person in range(1, (ALIKE if kind else CHATS) + 1):
        language = LANGUAGES[person % len(LANGUAGES)]
        words = tomllib.loads((ANSWERS / f"{language}.toml").read_text("utf-8"))
        words = words[kind] if kind else words
        chat = Chat(person, language, exchange, words, random.Random(person))  # noqa: S311
        await chat.open()
        for at in range(MESSAGES):
            quotes = at % 4 == 0
            taps[quotes].append(await chat.say(chat.chance.choice(chat.topics), quotes=quotes))
    return taps


@pytest.mark.parametrize("kind", ["", "alike"])
async def test_interleaved_messages_find_their_tickets(exchange, kind):
    taps = await interleaved(exchange, kind)
    told = taps[False]
    right = sum(count is not None for count in told) / len(told)
    at_once = sum(count == 0 for count in told) / len(told)
    figures = f"at once {at_once:.1%}, with at most one tap {right:.1%}"
    sys.stdout.write(f"{len(told) + len(taps[True])} messages {kind}: {figures}\n")
    assert set(taps[True]) == {0}
    assert right >= 0.95
