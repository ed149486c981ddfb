"""Agents' bot and the employees' beside it, over real HTTP against the simulated Telegram."""

from contextlib import asynccontextmanager

import pytest
from pydantic import SecretStr

from desk.channels import AgentsBotSettings, TelegramSettings
from desk.crew import accounts_of
from desk.owners import own_name
from desk.roles import start
from desk.runtime import Runtime
from desk.settings import Settings, WebSettings
from desk.wiring import build_desk
from simulators.faults import too_many_requests, truncate
from simulators.people import MAREK, OLENA, SOFIA
from simulators.telegram_api import AGENTS_TOKEN, Seat, TelegramApi, draw_picture
from tests.schemas.botapi import validate_request, validate_update

WITHIN = 20.0


class Scene:
    """Everybody's phones, and the desk between them."""

    def __init__(self, telegram, bot, group, desk):
        self.telegram, self.bot, self.group, self.desk = telegram, bot, group, desk
        self.accounts = accounts_of(desk)

    async def hire(self, person, login, name):
        agent = await self.desk.agents.add(login, name, "-", "en")
        link = await self.accounts.offer(agent)
        self.bot.press_start(person, link.rpartition("=")[2])
        await self.bot.until(lambda: "Welcome" in self.newest(person), within=WITHIN)
        return agent

    def newest(self, who):
        answers = self.bot.answers(who)
        return answers[-1].text if answers else ""

    async def topic(self, number=1001):
        found = await self.bot.until(lambda: self.group.topic_named(f"#{number}"), within=WITHIN)
        return Seat(MAREK, self.group, found.id)

    def card(self, seat, number=1001):
        return next(
            (one for one in self.bot.answers(seat) if one.text.startswith(f"#{number}")), None
        )

    async def until(self, holds):
        return await self.bot.until(holds, within=WITHIN)

    async def heard_by_olena(self, words):
        await self.telegram.until(
            lambda: any(words in one.text for one in self.telegram.answers(OLENA)), within=WITHIN
        )


@asynccontextmanager
async def a_scene(folder, database="", *, has_group=True, has_topics=False):
    async with TelegramApi() as telegram:
        bot = telegram.add_bot(
            token=AGENTS_TOKEN, username="desk_agents_bot", name="Desk", has_topics=has_topics
        )
        group = bot.make_group("First line", MAREK, SOFIA)
        settings = Settings(
            folder=folder,
            database=database,
            web=WebSettings(public_url="https://desk.example.org"),
            telegram=TelegramSettings(token=SecretStr(telegram.token), api_url=telegram.url),
            agents_bot=AgentsBotSettings(
                token=SecretStr(AGENTS_TOKEN),
                name="desk_agents_bot",
                api_url=telegram.url,
                groups=f"*={group.id}" if has_group else "",
            ),
        )
        desk = await build_desk(settings)
        runtime = Runtime(desk.database.bell, desk.leases, own_name())
        served = await start(desk, runtime, frozenset({"worker", "telegram", "agents"}))
        try:
            yield Scene(telegram, bot, group, desk)
        finally:
            await runtime.stop()
            await served.cleanup()
            await desk.close()
        for call in bot.requests:
            validate_request(call.method, call.params)
        for update in bot.updates:
            validate_update(update)


@pytest.fixture
async def scene(folder):
    async with a_scene(folder) as scene:
        yield scene


async def test_a_ticket_has_a_topic_in_its_group_and_is_settled_there(scene):
    await scene.hire(MAREK, "marek", "Marek Novák")
    scene.telegram.press_start(OLENA)
    scene.telegram.write(OLENA, "The printer on the 3rd floor does not print")
    seat = await scene.topic()
    await scene.until(lambda: scene.card(seat))
    scene.bot.tap(seat, "Take")
    await scene.until(lambda: "Marek Novák has it" in scene.card(seat).text)
    scene.bot.write(seat, "I am on my way")
    await scene.heard_by_olena("I am on my way")
    scene.telegram.write(OLENA, "it stands by the window")
    await scene.until(lambda: any("by the window" in one.text for one in scene.bot.answers(seat)))
    scene.bot.tap(seat, "Solve")
    await scene.until(lambda: scene.group.topics[seat.topic].is_closed)
    await scene.until(lambda: "Solved" in scene.card(seat).text)
    assert all(one.text for one in scene.bot.last_answered_callbacks)


async def test_a_deleted_topic_comes_again_with_its_card(scene):
    await scene.hire(MAREK, "marek", "Marek Novák")
    scene.telegram.press_start(OLENA)
    scene.telegram.write(OLENA, "The printer on the 3rd floor does not print")
    seat = await scene.topic()
    await scene.until(lambda: scene.card(seat))
    scene.bot.delete_topic(seat)
    scene.telegram.write(OLENA, "it stands by the window")
    again = await scene.topic()
    await scene.until(lambda: scene.card(again))
    await scene.until(lambda: any("by the window" in one.text for one in scene.bot.answers(again)))


async def test_photos_go_both_ways(scene):
    await scene.hire(MAREK, "marek", "Marek Novák")
    scene.telegram.press_start(OLENA)
    scene.telegram.send_photo(OLENA, draw_picture(), caption="The printer shows this")
    seat = await scene.topic()
    await scene.until(lambda: any(one.files for one in scene.bot.answers(seat)))
    scene.bot.send_photo(seat, draw_picture(), caption="Press here")
    await scene.heard_by_olena("Press here")
    scene.telegram.send_album(OLENA, [draw_picture(), draw_picture()], caption="both sides")
    await scene.until(lambda: sum(bool(one.files) for one in scene.bot.answers(seat)) == 3)
    scene.telegram.send_voice(OLENA)
    await scene.until(lambda: scene.bot.calls("sendVoice"))


async def test_private_chats_have_topics_where_the_bot_has_them(folder):
    async with a_scene(folder, has_group=False, has_topics=True) as scene:
        await scene.hire(MAREK, "marek", "Marek Novák")
        scene.telegram.press_start(OLENA)
        scene.telegram.write(OLENA, "The printer on the 3rd floor does not print")
        await scene.until(lambda: scene.card(MAREK))
        [topic] = {entry.topic for entry in scene.bot.answers(MAREK) if "#1001" in entry.text}
        seat = Seat(MAREK, topic=topic)
        scene.bot.tap(seat, "Take")
        await scene.until(lambda: "Marek Novák has it" in scene.card(seat).text)
        scene.bot.write(seat, "I am on my way")
        await scene.heard_by_olena("I am on my way")
        scene.bot.tap(seat, "Solve")
        names = scene.bot.world.chat_of(MAREK).topics
        await scene.until(lambda: names[topic].name.startswith("✓ #1001"))
        assert not scene.bot.calls("closeForumTopic")


async def test_what_waits_does_not_come_to_an_agent_who_was_removed_meanwhile(folder):
    async with a_scene(folder, has_group=False) as scene:
        await scene.hire(MAREK, "marek", "Marek Novák")
        scene.bot.faults.inject(too_many_requests(2), on="sendMessage", times=1)
        scene.telegram.press_start(OLENA)
        scene.telegram.write(OLENA, "The printer on the 3rd floor does not print")
        await scene.until(lambda: len(scene.bot.calls("sendMessage")) == 2)
        await scene.desk.agents.remove("marek", "desk", scene.desk.clock.now())
        scene.bot.write(MAREK, "hello?")
        await scene.until(lambda: "Tento bot je len pre" in scene.newest(MAREK))
        assert "printer" not in "".join(one.text for one in scene.bot.answers(MAREK))


async def test_a_group_that_moves_is_found_again(scene):
    await scene.hire(MAREK, "marek", "Marek Novák")
    scene.telegram.press_start(OLENA)
    scene.telegram.write(OLENA, "The printer on the 3rd floor does not print")
    await scene.until(lambda: scene.card(Seat(MAREK, scene.group)))
    scene.group = scene.bot.migrate(scene.group)
    scene.telegram.write(OLENA, "it stands by the window")
    seat = await scene.topic()
    await scene.until(lambda: scene.card(seat))


async def test_a_topic_that_was_made_right_before_the_end_is_found_again(scene):
    await scene.hire(MAREK, "marek", "Marek Novák")
    scene.telegram.press_start(OLENA)
    scene.bot.faults.inject(truncate(), on="createForumTopic", times=1)
    scene.telegram.write(OLENA, "The printer on the 3rd floor does not print")
    seat = await scene.topic()
    await scene.until(lambda: scene.card(seat))
    assert len(scene.group.topics) == 1


async def test_a_group_that_puts_the_bot_out_is_told_and_stood_in_for(scene):
    await scene.hire(MAREK, "marek", "Marek Novák")
    scene.telegram.press_start(OLENA)
    scene.telegram.write(OLENA, "The printer on the 3rd floor does not print")
    seat = await scene.topic()
    await scene.until(lambda: scene.card(seat))
    scene.bot.dismiss_bot(scene.group)
    await scene.until(lambda: scene.card(MAREK))
    assert any("“First line” no more" in one.text for one in scene.bot.answers(MAREK))
    scene.bot.tap(MAREK, "Take")
    await scene.until(lambda: "Marek Novák has it" in scene.card(MAREK).text)
    scene.group.blocked = False
    scene.bot.grant_rights(scene.group)
    await scene.until(lambda: "Marek Novák has it" in scene.card(seat).text)


async def test_a_ticket_has_its_topic_as_soon_as_the_bot_may_make_one(scene):
    scene.bot.grant_rights(scene.group, rights=False)
    await scene.hire(MAREK, "marek", "Marek Novák")
    scene.telegram.press_start(OLENA)
    scene.telegram.write(OLENA, "The printer on the 3rd floor does not print")
    await scene.until(lambda: scene.card(Seat(MAREK, scene.group)))
    assert not scene.group.topics
    scene.bot.grant_rights(scene.group)
    seat = await scene.topic()
    await scene.until(lambda: scene.card(seat))
