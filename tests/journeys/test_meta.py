"""The main job on Messenger and Instagram, in a real browser: `/demo` is the phone."""

import re

import pytest
import pytest_asyncio
from playwright.async_api import expect

from simulators.graph_api import APP_SECRET, INSTAGRAM_TOKEN, PAGE_TOKEN, VERIFY_TOKEN
from simulators.people import GIULIA, OLENA
from simulators.telegram_api import draw_picture
from tests.journeys.people import COMPOSER, Phone

pytestmark = [
    pytest.mark.journey,
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),
]
PAPER = b"%PDF-1.4\n1 0 obj <<>> endobj\n%%EOF\n"
BOTH = pytest.mark.parametrize("app", ["messenger", "instagram"])


@pytest_asyncio.fixture(loop_scope="module")
async def phone_of(open_page):
    async def take(person, app):
        phone = await Phone(await open_page("/demo"), person).take()
        await phone.page.click(f"[data-messenger={app}]")
        await expect(phone.page.locator("#phone .chat:not([aria-busy])")).to_be_visible()
        if await phone.page.locator("#phone .compose .start").is_visible():
            await phone.page.click("#phone .compose .start")
            await expect(phone.answers).to_have_count(1)
        return phone

    return take


@BOTH
async def test_the_first_message_is_a_ticket_and_the_answer_comes_back(phone_of, desk, app):
    phone = await phone_of(OLENA, app)
    await phone.write("принтер на 3 поверсі не друкує, E5")
    card, number = await phone.card("Принтер")
    await expect(card).to_contain_text("1. Номер на наклейці")
    await phone.write("1. INV-20418 2. з ранку")
    await expect(phone.answers.last).not_to_contain_text("1. Номер на наклейці")
    await desk.open(number)
    await expect(desk.page.locator("#facts .complete")).to_be_visible()
    await expect(desk.page.locator("#facts")).to_contain_text(app.capitalize())
    await expect(desk.page.locator("#facts")).to_contain_text(OLENA.full_name)
    sent = await desk.reply("Вже йду до вас із новим вузлом закріплення.")
    await expect(phone.answers.last).to_contain_text("— Marek Novák")
    await expect(sent.locator(".dispatch.seen")).to_have_text("Seen")


@BOTH
async def test_a_quick_reply_fills_its_field_and_is_gone(phone_of, desk, app):
    phone = await phone_of(GIULIA, app)
    await phone.write("Il wifi non funziona al piano 2")
    _, number = await phone.card()
    keys = phone.page.locator("#phone .under-keys .key")
    await keys.filter(has_text="Non posso lavorare").click()
    await desk.open(number)
    await expect(desk.page.locator("#facts .answers").first).to_contain_text("Can't work")


@BOTH
async def test_files_go_both_ways(phone_of, desk, app):
    phone = await phone_of(GIULIA, app)
    picture = {"name": "schermo.png", "mimeType": "image/png", "buffer": draw_picture(640, 480)}
    await phone.page.set_input_files("#phone .compose [type=file]", [picture])
    await phone.write("Il monitor è guasto, ecco la foto")
    _, number = await phone.card("Hardware|Monitor|Computer|Dispositivo")
    await desk.open(number)
    photo = desk.page.locator(".entry.requester .files img")
    await expect(photo).to_have_js_property("naturalWidth", 640)
    paper = {"name": "istruzioni.pdf", "mimeType": "application/pdf", "buffer": PAPER}
    await desk.page.set_input_files("[data-composer] [type=file]", [paper])
    await desk.page.fill(COMPOSER, "Ecco le istruzioni.")
    await desk.page.press(COMPOSER, "Control+Enter")
    attached = phone.page.locator("#phone .chat .attached", has_text="istruzioni.pdf")
    await expect(attached).to_be_visible()
    answer = await phone.page.request.get(f"/demo/{await attached.get_attribute('href')}")
    assert await answer.body() == PAPER


@BOTH
async def test_what_is_taken_back_is_gone(phone_of, desk, app):
    phone = await phone_of(OLENA, app)
    await phone.write("сканер не сканує, пароль 12345")
    _, number = await phone.card()
    await phone.page.locator("#phone .said.is-own .bubble").last.click()
    await phone.page.click(".take-back")
    await desk.open(number)
    await expect(desk.page.locator(".timeline")).not_to_contain_text("пароль 12345")


async def test_what_the_program_writes_holds_no_token(demo):
    secrets = (APP_SECRET, VERIFY_TOKEN, PAGE_TOKEN, INSTAGRAM_TOKEN)
    assert not re.search("|".join(map(re.escape, secrets)), demo.said())
