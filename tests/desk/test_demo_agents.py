"""The agents' Telegram on the demo's page, with the simulators alone: what visitors do there."""

from __future__ import annotations

import re

import pytest
import pytest_asyncio
from aiohttp import ClientSession, web
from playwright.async_api import expect

from desk.demo.page import demo_app
from desk.demo.world import World
from simulators.graph_api import GraphApi
from simulators.mail_server import MailServer
from simulators.people import AGENTS, MAREK, SOFIA
from simulators.telegram_api import AGENTS_TOKEN, Seat, TelegramApi, draw_picture
from simulators.viber_api import ViberApi

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
KEYS = {"inline_keyboard": [[{"text": "Take", "callback_data": "1|1042|take"}]]}


@pytest_asyncio.fixture(loop_scope="module")
async def telegram():
    async with TelegramApi() as telegram:
        yield telegram


@pytest.fixture
def agents(telegram):
    agents = telegram.add_bot(token=AGENTS_TOKEN, username="desk_agents_bot", name="Desk bot")
    for person in AGENTS:
        agents.press_start(person)
    return agents


@pytest.fixture
def group(agents):
    return agents.make_group("First line", *AGENTS)


@pytest_asyncio.fixture(loop_scope="module")
async def bot(telegram, agents):
    """Calls the Bot API as the agents' bot does."""
    async with ClientSession(f"{telegram.url}/bot{AGENTS_TOKEN}/") as session:

        async def call(method, **params):
            async with session.post(method, json=params) as answer:
                return (await answer.json())["result"]

        yield call


@pytest_asyncio.fixture(loop_scope="module")
async def topic(bot, group):
    made = await bot("createForumTopic", chat_id=group.id, name="#1042 · printer · Olena")
    where = {"chat_id": group.id, "message_thread_id": made["message_thread_id"]}
    await bot("sendMessage", text="E5 on the third floor", reply_markup=KEYS, **where)
    return where


@pytest_asyncio.fixture(loop_scope="module")
async def open_page(telegram, agents, chromium):
    world = World(
        telegram=telegram,
        agents=agents,
        viber=ViberApi(),
        graph=GraphApi(),
        mail=MailServer(),
    )
    site = web.Application()
    site.add_subapp("/demo", demo_app(world))
    runner = web.AppRunner(site, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    troubles, contexts = [], []

    async def open_one(width=1440):
        context = await chromium.new_context(
            locale="en-GB", viewport={"width": width, "height": 900}
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
        page = await context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        await page.goto(f"http://127.0.0.1:{runner.addresses[0][1]}/demo/")
        return page

    yield open_one
    for context in contexts:
        await context.close()
    await runner.cleanup()
    assert troubles == []


@pytest_asyncio.fixture(loop_scope="module")
async def page(open_page, group):
    page = await open_page()
    await page.locator(".beside").get_by_role("button", name="Agents' Telegram").click()
    return page


def window(page):
    return page.get_by_role("region", name="Agents' Telegram")


async def test_a_topic_appears_as_soon_as_the_bot_has_opened_it(page, bot, group):
    places = window(page).locator(".place")
    await expect(places).to_have_text([re.compile("Desk bot"), re.compile("General")])
    made = await bot("createForumTopic", chat_id=group.id, name="#1042 · printer")
    await expect(places.nth(1)).to_contain_text("#1042 · printer")
    await bot("deleteForumTopic", chat_id=group.id, message_thread_id=made["message_thread_id"])
    await expect(places).to_have_count(2)


async def test_an_agent_taps_answers_quotes_and_notes_in_a_topic(page, agents, group, topic):
    place = window(page)
    await place.get_by_role("button", name="#1042").click()
    await place.get_by_role("button", name="Take").click()
    await agents.until(lambda: "callback_query" in agents.updates[-1])
    query = agents.updates[-1]["callback_query"]
    assert (query["from"]["id"], query["data"]) == (MAREK.id, "1|1042|take")
    await place.get_by_role("textbox", name="Message").fill("// the fuser")
    await page.keyboard.press("Enter")
    seat = Seat(MAREK, group, topic["message_thread_id"])
    await agents.until(lambda: agents.chat(seat)[-1].text == "// the fuser")
    await place.locator(".said", has_text="E5 on the third floor").hover()
    await place.locator(".said", has_text="E5 on the third").get_by_label("Reply").click()
    await place.get_by_role("textbox", name="Message").fill("On my way")
    await page.keyboard.press("Enter")
    answer = await agents.until(lambda: agents.chat(seat)[-1].reply_to and agents.chat(seat)[-1])
    assert answer.text == "On my way"


async def test_an_agent_sends_a_photo_and_sees_who_else_wrote(page, agents, group, topic):
    place, number = window(page), topic["message_thread_id"]
    await place.get_by_role("button", name="#1042").click()
    photo = {"name": "e5.png", "mimeType": "image/png", "buffer": draw_picture()}
    await place.locator("input[type=file]").set_input_files(photo)
    await place.get_by_role("button", name="Send", exact=True).click()
    sent = await agents.until(lambda: agents.chat(Seat(MAREK, group, number))[-1].files)
    assert [file.kind for file in sent] == ["photo"]
    agents.write(Seat(SOFIA, group, number), "I know that one")
    said = place.locator(".said", has_text="I know that one")
    await expect(said.locator(".author")).to_have_text("Sofia")


async def test_the_other_agent_sees_the_same_topic_from_the_other_side(page, agents, group, topic):
    place = window(page)
    await place.get_by_role("button", name="#1042").click()
    agents.write(Seat(MAREK, group, topic["message_thread_id"]), "mine")
    await expect(place.locator(".said.is-own", has_text="mine")).to_be_visible()
    await place.get_by_role("button", name="Sofia", exact=True).click()
    await place.get_by_role("button", name="#1042").click()
    await expect(place.locator(".said", has_text="mine")).to_be_visible()
    await expect(place.locator(".said.is-own")).to_have_count(0)


async def test_what_happened_to_a_topic_is_told_in_words(page, bot, topic):
    place = window(page)
    await place.get_by_role("button", name="#1042").click()
    await expect(place.get_by_text("Desk bot opened this topic", exact=True)).to_be_visible()
    await bot("editForumTopic", name="#1042 · printer · Olena · solved", **topic)
    await bot("closeForumTopic", **topic)
    await expect(place.get_by_text("Desk bot closed this topic")).to_be_visible()
    await expect(place.get_by_role("heading", name="#1042")).to_contain_text("solved")
    await expect(place.locator(".place-closed")).to_have_text("closed")


async def test_on_a_small_screen_one_goes_from_the_list_to_a_topic_and_back(open_page, topic):
    page = await open_page(390)
    await page.locator(".tabs").get_by_role("button", name="Agents").click()
    place = window(page)
    await expect(place.get_by_role("log")).to_be_hidden()
    await place.get_by_role("button", name="#1042").click()
    await expect(place.get_by_role("log")).to_contain_text("E5 on the third floor")
    await place.get_by_role("button", name="Chats and topics").click()
    await expect(place.get_by_role("log")).to_be_hidden()
    width = await page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390


async def test_news_among_the_agents_is_marked_while_one_looks_at_the_mail(page, bot, topic):
    beside = page.locator(".beside")
    await beside.get_by_role("button", name="Mail").click()
    await bot("sendMessage", text="and now it smells", **topic)
    await expect(beside.locator(".dot")).to_be_visible()
    await beside.get_by_role("button", name="Agents' Telegram").click()
    await window(page).get_by_role("button", name="#1042").click()
    await expect(beside.locator(".dot")).to_be_hidden()
