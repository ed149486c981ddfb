"""The demo's page with the simulators and a tiny bot: what a visitor does in the browser."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
from io import BytesIO

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web
from playwright.async_api import Page, expect

from desk.demo.page import demo_app
from desk.demo.picture import draw_flickering_screen
from desk.demo.world import World
from simulators.graph_api import GraphApi
from simulators.mail_server import MailServer
from simulators.people import OLENA, TOM
from simulators.telegram_api import AGENTS_TOKEN, TelegramApi
from simulators.viber_api import ViberApi

pytestmark = pytest.mark.asyncio(loop_scope="module")
CARD = "<b>#1042 · Принтер</b>\nДякую! Я це записав.\n<i>1. Який номер на принтері?</i>"
KEYS = {
    "inline_keyboard": [
        [{"text": "Лише я", "callback_data": "f|me"}, {"text": "Усі", "callback_data": "f|all"}],
        [{"text": "Форма", "url": "https://example.com/form"}],
    ]
}


def agents_bot(telegram):
    return telegram.add_bot(token=AGENTS_TOKEN, username="desk_agents_bot", name="Desk")


class TinyBot:
    """Answers every message with a card and every tap with a word and a new card."""

    def __init__(self, telegram: TelegramApi) -> None:
        self.telegram = telegram
        self.offset = 0

    async def run(self) -> None:
        async with aiohttp.ClientSession() as self.session:
            while True:
                for update in await self.ask("getUpdates", offset=self.offset, timeout=20):
                    self.offset = update["update_id"] + 1
                    await self.answer(update)

    async def ask(self, method: str, **params):
        url = f"{self.telegram.url}/bot{self.telegram.token}/{method}"
        async with self.session.post(url, json=params) as answer:
            return (await answer.json())["result"]

    async def answer(self, update) -> None:
        if query := update.get("callback_query"):
            said = query["message"]
            await self.ask("answerCallbackQuery", callback_query_id=query["id"], text="Записано")
            await self.ask(
                "editMessageText", chat_id=said["chat"]["id"], message_id=said["message_id"],
                text=f"{CARD}\n✓ {query['data']}", parse_mode="HTML",
            )  # fmt: skip
        elif message := update.get("message"):
            await self.ask(
                "sendMessage", chat_id=message["chat"]["id"], text=CARD, parse_mode="HTML",
                reply_markup=KEYS,
            )  # fmt: skip


async def answer_mails(mail: MailServer) -> None:
    """Confirm every mail that reaches the support address."""
    for count in range(100):
        arrived = await mail.until(lambda n=count: mail.mails(mail.support)[n:], within=60)
        mail.reply(f"IT help desk <{mail.support}>", arrived[0], "#1043. Thank you!")


@pytest_asyncio.fixture(loop_scope="module")
async def telegram():
    async with TelegramApi() as telegram:
        yield telegram


@pytest_asyncio.fixture(loop_scope="module")
async def mail():
    return MailServer()  # nobody here speaks SMTP or IMAP


@pytest_asyncio.fixture(loop_scope="module")
async def viber():
    return ViberApi()  # nobody here speaks Viber either


@pytest_asyncio.fixture(loop_scope="module")
async def answering(telegram, mail):
    tasks = [asyncio.create_task(TinyBot(telegram).run()), asyncio.create_task(answer_mails(mail))]
    yield
    for task in tasks:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


@pytest_asyncio.fixture(loop_scope="module")
async def address(telegram, viber, mail):
    site = web.Application()
    site.add_subapp(
        "/demo",
        demo_app(
            World(
                telegram=telegram,
                agents=agents_bot(telegram),
                viber=viber,
                graph=GraphApi(),
                mail=mail,
            ),
            agents=["marek", "sofia"],
        ),
    )
    runner = web.AppRunner(site, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/demo"
    await runner.cleanup()


@pytest_asyncio.fixture(loop_scope="module")
async def http():
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session:
        yield session


@pytest_asyncio.fixture(loop_scope="module")
async def page(chromium, address):
    """The page in English; nothing may go wrong in it, nor break its content policy."""
    context = await chromium.new_context(locale="en-GB", viewport={"width": 1440, "height": 900})
    context.set_default_timeout(10_000)
    page = await context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda said: said.type == "error" and troubles.append(said.text))
    await page.goto(address)
    yield page
    await context.close()
    assert troubles == []


def chat(page: Page):
    return page.get_by_role("log")


async def write(page: Page, text: str) -> None:
    await page.get_by_role("textbox", name="Message").fill(text)
    await page.keyboard.press("Enter")


# without a browser


async def test_the_page_is_found_with_and_without_a_slash(http, address):
    async with http.get(f"{address}?lang=it", allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (302, "/demo/?lang=it")
    async with http.get(f"{address}/") as answer:
        assert answer.status == 200
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "unsafe" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("query", "wanted", "given"),
    [
        ("?lang=sk", "en", "sk"),
        ("?lang=xx", "el-GR,el;q=0.9,en;q=0.8", "el"),
        ("", "uk-UA,uk;q=0.9", "uk"),
        ("", "fi,it;q=0.5", "it"),
        ("", "fi", "en"),
        ("", "*", "en"),
        ("", "a_b_c_d-,;;;", "en"),
    ],
)
async def test_the_page_speaks_the_language_asked_for(http, address, query, wanted, given):
    async with http.get(f"{address}/{query}", headers={"Accept-Language": wanted}) as answer:
        assert answer.headers["Content-Language"] == given
        assert f'<html lang="{given}">' in await answer.text()


async def test_other_sites_may_neither_write_mails_nor_messages(http, address, mail):
    foreign = {"Sec-Fetch-Site": "cross-site"}
    letter = {"subject": "x", "text": "y"}
    path = f"{address}/mail/mailboxes/{OLENA.email}/write"
    async with http.post(path, json=letter, headers=foreign) as answer:
        assert answer.status == 403
    assert mail.mails(mail.support) == ()


async def test_a_mail_may_carry_a_file_of_some_megabytes(http, address, mail):
    file = {"name": "log.txt", "media_type": "text/plain", "base64": "QUFB" * (1 << 20)}
    letter = {"subject": "log", "text": "attached", "attachments": [file]}
    body = BytesIO(json.dumps(letter).encode())
    async with http.post(f"{address}/mail/mailboxes/{TOM.email}/write", data=body) as answer:
        assert answer.status == 201
    assert len(mail.mails(mail.support)[0].attachments[0].payload) == 3 << 20


async def test_whoever_waits_for_news_is_answered_at_the_end(telegram, mail):
    chat = telegram.world.chat_of(OLENA)
    waiting = asyncio.create_task(telegram.until(lambda: chat.version > 0, within=5))
    site = web.Application()
    site.add_subapp(
        "/demo",
        demo_app(
            World(
                telegram=telegram,
                agents=agents_bot(telegram),
                viber=ViberApi(),
                graph=GraphApi(),
                mail=mail,
            )
        ),
    )
    site.freeze()
    await site.shutdown()
    assert await waiting


# in the browser


@pytest.mark.browser
async def test_a_visitor_starts_with_one_tap_and_gets_a_card(page, answering, telegram):
    await page.get_by_role("button", name="принтер на 3 поверсі").click()
    await expect(chat(page)).to_contain_text("/start")
    await page.get_by_role("button", name="Send").click()
    await expect(chat(page)).to_contain_text("принтер на 3 поверсі не друкує, E5")
    await expect(chat(page).locator("strong", has_text="#1042 · Принтер").last).to_be_visible()
    assert [entry.text for entry in telegram.chat(OLENA) if not entry.from_bot] == [
        "/start",
        "принтер на 3 поверсі не друкує, E5",
    ]


@pytest.mark.browser
async def test_a_tap_shows_the_word_of_the_bot_and_the_edited_card(page, answering):
    await page.get_by_role("button", name="Start", exact=True).click()
    await page.get_by_role("button", name="Усі", exact=True).click()
    await expect(page.get_by_role("status")).to_contain_text("Записано")
    await expect(chat(page)).to_contain_text("✓ f|all")
    await expect(chat(page)).to_contain_text("edited")


@pytest.mark.browser
async def test_foreign_words_never_become_markup(page, telegram):
    evil = '<img src=x onerror="document.title=1"> https://example.com/a. <b>x</b>'
    await page.get_by_role("button", name="Start", exact=True).click()
    await write(page, evil)
    await expect(chat(page)).to_contain_text(evil)
    link = chat(page).get_by_role("link")
    await expect(link).to_have_attribute("href", "https://example.com/a")
    await expect(page).to_have_title("Try Firstline")


@pytest.mark.browser
async def test_an_answer_quotes_the_message_and_an_own_one_can_be_corrected(page, telegram):
    await page.get_by_role("button", name="Start", exact=True).click()
    await write(page, "принтр")
    said = chat(page).get_by_text("принтр")
    await said.click()
    await page.get_by_role("button", name="Correct it instead").click()
    await write(page, "принтер")
    await expect(chat(page)).to_contain_text("принтер")
    await expect(chat(page)).to_contain_text("edited")
    await chat(page).get_by_text("принтер").click()
    await write(page, "на 3 поверсі")
    await telegram.until(lambda: len(telegram.chat(OLENA)) == 3)
    start, first, second = telegram.chat(OLENA)
    assert (first.text, first.edited, second.reply_to) == ("принтер", True, first.message_id)
    assert start.text == "/start"


@pytest.mark.browser
async def test_photos_and_files_go_out_and_are_seen(page, telegram):
    telegram.press_start(OLENA)
    picture = {"name": "s.png", "mimeType": "image/png", "buffer": draw_flickering_screen()}
    log = {"name": "log.txt", "mimeType": "text/plain", "buffer": b"E5"}
    phone = page.get_by_role("region", name="Phone")
    await phone.get_by_label("Add a photo or a file").set_input_files([picture, picture, log])
    await write(page, "дивіться")
    photos = chat(page).get_by_role("img", name="Photo")
    await expect(photos).to_have_count(2)
    await expect(chat(page).get_by_role("link", name="log.txt")).to_be_visible()
    assert await photos.first.evaluate(
        "picture => picture.decode().then(() => picture.naturalWidth)"
    )
    await page.get_by_role("button", name="Photo, opens large").first.click()
    await expect(page.get_by_role("dialog", name="Photo")).to_be_visible()
    _, first, second, third = telegram.chat(OLENA)
    assert (first.text, first.media_group_id) == ("дивіться", second.media_group_id)
    assert third.files[0].name == "log.txt"


@pytest.mark.browser
async def test_people_have_chats_and_drafts_of_their_own(page, telegram):
    telegram.write(TOM, "hello from Tom")
    await page.get_by_role("button", name="Start", exact=True).click()
    await page.get_by_role("textbox", name="Message").fill("чернетка")
    await page.get_by_role("button", name=re.compile("Tom Baker")).click()
    await expect(chat(page)).to_contain_text("hello from Tom")
    await expect(page.get_by_role("textbox", name="Message")).to_have_value("")
    telegram.write(OLENA, "щось нове")
    await expect(page.get_by_role("button", name="Olena Kovalenko, something new")).to_be_visible()
    await page.get_by_role("button", name=re.compile("Olena")).click()
    await expect(chat(page)).to_contain_text("щось нове")
    await expect(page.get_by_role("textbox", name="Message")).to_have_value("чернетка")


@pytest.mark.browser
async def test_a_blocked_bot_can_be_unblocked(page, telegram):
    await page.get_by_role("button", name="Start", exact=True).click()
    await page.get_by_label("More about this chat").click()
    await page.get_by_role("button", name="Block the bot").click()
    await telegram.until(lambda: telegram.world.chat_of(OLENA).blocked)
    await page.get_by_role("button", name="Unblock the bot").click()
    await expect(page.get_by_role("textbox", name="Message")).to_be_visible()
    assert not telegram.world.chat_of(OLENA).blocked


@pytest.mark.browser
async def test_a_mail_is_written_answered_and_answered_again_in_one_thread(page, answering, mail):
    await page.get_by_role("button", name=re.compile("Tom Baker")).click()
    await page.get_by_role("button", name="New mail").click()
    await page.get_by_role("button", name="Fill in an example").click()
    await page.get_by_role("region", name="Mail").get_by_role("button", name="Send").click()
    row = page.get_by_role("list", name="Mails").get_by_role("button").first
    await expect(row).to_contain_text("Re: Projector in room 2.4")
    await row.click()
    letter = page.get_by_role("article")
    await expect(letter).to_contain_text("#1043. Thank you!")
    await expect(letter.get_by_text("> Tom")).not_to_be_visible()
    await letter.get_by_role("button", name="Reply").click()
    await page.get_by_role("textbox", name="Text").fill("It works again.")
    await page.get_by_role("region", name="Mail").get_by_role("button", name="Send").click()
    first, second = await mail.until(
        lambda: mail.mails(mail.support)[:2] if len(mail.mails(mail.support)) > 1 else ()
    )
    answer = mail.mails(TOM.email)[0]
    assert second.in_reply_to == answer.message_id
    assert second.references[0] == first.message_id
    await page.get_by_role("button", name="Sent").click()
    await expect(page.get_by_role("list", name="Mails").get_by_role("button")).to_have_count(2)


@pytest.mark.browser
async def test_it_fits_a_phone_and_tabs_change_the_part(page):
    await page.set_viewport_size({"width": 390, "height": 844})
    tabs = page.get_by_role("navigation", name="Parts of the demo")
    await expect(page.get_by_role("region", name="Phone")).to_be_visible()
    await tabs.get_by_role("button", name="Mail").click()
    await expect(page.get_by_role("button", name="New mail")).to_be_visible()
    await expect(page.get_by_role("region", name="Phone")).not_to_be_visible()
    await tabs.get_by_role("button", name="About").click()
    await page.get_by_role("button", name="Use your own bot and mailbox").click()
    await expect(page.get_by_role("dialog")).to_contain_text("[telegram]")
    wide = await page.evaluate("document.documentElement.scrollWidth")
    assert wide == 390
