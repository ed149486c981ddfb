"""Two hundred events a minute, and a group of agents that takes twenty calls: by a moved clock."""

import random

import pytest
from pydantic import SecretStr

from desk import agents
from desk.channels import AgentsBotSettings
from desk.settings import Settings
from desk.wiring import build_desk
from intake.tickets import Status
from simulators.people import MAREK, SOFIA
from simulators.telegram_api import AGENTS_TOKEN, Seat, TelegramApi
from tests.desk.phone import Exchange
from tests.schemas.botapi import validate_request

TICKETS = 12
EVENTS, EVERY = 400, 0.3  # seconds: two hundred a minute, for two minutes
MOST = 18  # calls of a group within any minute
SETTLED_WITHIN = 1200  # seconds by the clock
MOVES = (Status.OPEN, Status.ON_HOLD, Status.PENDING)  # solved ones would thank and end


class DeskClock:
    """The simulator's minutes are the desk's."""

    def __init__(self, clock):
        self._clock = clock

    def now(self):
        return self._clock.now().timestamp()


class Scene(Exchange):
    """Employees write, agents act in the inbox, and a group in the simulator is shown it all."""

    def __init__(self, desk, clock, group):
        super().__init__(desk)
        self.clock, self.group = clock, group
        self.bot = agents.build(desk)
        self.said = {}  # words: the ticket
        self.chance = random.Random(18)  # noqa: S311 - it must be repeatable
        self.staff = []

    async def work(self):
        steps = (
            *(self.desk.inward.step, self.outward.step),
            *(self.bot.relaying.step, self.bot.outward.step),
        )
        while any([await step() for step in steps]):
            pass

    async def begin(self):
        for login, name in (("marek", "Marek Novák"), ("sofia", "Sofia Papadaki")):
            self.staff.append(await self.desk.agents.add(login, name, "-", "en"))
        for person in range(1, TICKETS + 1):
            await self.write(f"The printer in room {person} prints nothing", person, "en")
            self.clock.advance(EVERY)
        self.numbers = [ticket.id for ticket in await self.tickets()]

    async def happen(self, count):
        place = self.chance.randrange(TICKETS)
        number, agent = self.numbers[place], self.chance.choice(self.staff)
        act = self.chance.choice(("words", "words", "note", "owner", "status"))
        if act == "words":
            self.said[f"It still prints nothing, try {count}"] = number
            await self.write(f"It still prints nothing, try {count}", place + 1, "en")
        elif act == "note":
            self.said[f"Looked at the fuser, {count}"] = number
            await self.desk.service.note(
                agent, number, f"Looked at the fuser, {count}", once=str(count)
            )
        elif act == "owner":
            await self.desk.service.assign(agent, number, agent.id)
        else:
            await self.desk.service.set_status(agent, number, self.chance.choice(MOVES))
        await self.work()
        self.clock.advance(EVERY)

    async def restart(self):
        await self.bot.telegram.close()
        self.bot = agents.build(self.desk)
        await self.bot.outward.resume()

    async def settle(self, is_settled):
        for _ in range(SETTLED_WITHIN):
            await self.work()
            if await is_settled():
                return
            self.clock.advance(1)
        raise TimeoutError


@pytest.fixture
async def telegram():
    async with TelegramApi() as telegram:
        yield telegram


@pytest.fixture
def companion(telegram, clock):
    bot = telegram.add_bot(token=AGENTS_TOKEN, username="desk_agents_bot", name="Desk")
    bot.flood.clock = DeskClock(clock)
    return bot


@pytest.fixture
async def scene(sqlite_url, tmp_path, clock, telegram, companion):
    group = companion.make_group("First line", MAREK, SOFIA)
    settings = Settings(
        folder=tmp_path / "var",
        database=sqlite_url,
        agents_bot=AgentsBotSettings(
            token=SecretStr(AGENTS_TOKEN),
            name="desk_agents_bot",
            api_url=telegram.url,
            groups=f"*={group.id}",
        ),
    )
    desk = await build_desk(settings, clock)
    scene = Scene(desk, clock, group)
    try:
        yield scene
    finally:
        await scene.bot.telegram.close()
        await desk.close()


async def test_a_busy_group_gets_few_calls_a_minute_and_the_last_state_of_all(scene, companion):
    await scene.begin()
    for count in range(EVENTS):
        await scene.happen(count)
    shown = Shown(companion, scene.group)

    async def is_settled():
        tickets = await scene.tickets()
        are_shown = all(shown.is_as(ticket, scene.desk.wording) for ticket in tickets)
        return are_shown and all(shown.times(*one) for one in scene.said.items())

    await scene.settle(is_settled)
    assert companion.flood.busiest(scene.group.id) <= MOST
    assert {shown.times(*one) for one in scene.said.items()} == {1}
    for call in companion.requests:
        validate_request(call.method, call.params)


@pytest.mark.parametrize("times", [1, 6])
async def test_restarts_in_a_busy_minute_bring_no_more_calls(scene, companion, times):
    await scene.begin()
    for count in range(1, 201):
        await scene.happen(count)
        if count % (200 // (times + 1)) == 0:
            await scene.restart()
    assert companion.flood.busiest(scene.group.id) <= MOST


class Shown:
    """What stands in the topic of each ticket."""

    def __init__(self, companion, group):
        self.companion, self.group = companion, group

    def entries(self, number):
        topic = self.group.topic_named(f"#{number} ")
        return self.companion.answers(Seat(MAREK, self.group, topic.id)) if topic else []

    def card(self, number):
        cards = [one.text for one in self.entries(number) if one.text.startswith(f"#{number} · ")]
        return cards[-1] if cards else ""

    def text(self, number):
        """Beside the card, which repeats what was said last."""
        words = [one.text for one in self.entries(number)]
        return "\n".join(one for one in words if not one.startswith(f"#{number} · "))

    def times(self, words, number):
        return f"{self.text(number)}\n".count(f"{words}\n")

    def is_as(self, ticket, wording):
        card = self.card(ticket.id)
        status = wording.word("status", ticket.status, "en")
        is_named = (ticket.assignee or "Nobody has it") in card
        return is_named and card.startswith(f"#{ticket.id} · Printer · {status}")
