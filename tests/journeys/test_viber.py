"""The main job on Viber, in a real browser: `/demo` is the phone, the inbox is Marek's."""

import re

import pytest
import pytest_asyncio
from playwright.async_api import expect

from simulators.people import GIULIA, OLENA
from simulators.telegram_api import draw_picture
from tests.journeys.people import COMPOSER, Phone

pytestmark = [
    pytest.mark.journey,
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),
]
PAPER = b"%PDF-1.4\n1 0 obj <<>> endobj\n%%EOF\n"


@pytest_asyncio.fixture(loop_scope="module")
async def viber_of(open_page):
    async def take(person):
        phone = await Phone(await open_page("/demo"), person).take()
        await phone.page.click("[data-messenger=viber]")
        await expect(phone.page.locator("#phone .chat:not([aria-busy])")).to_be_visible()
        if await phone.page.locator("#phone .compose .start").is_visible():
            await phone.page.click("#phone .compose .start")
            await expect(phone.answers).to_have_count(1)
        return phone

    return take


async def test_who_opens_the_chat_is_welcomed_and_the_first_message_is_a_ticket(viber_of, desk):
    phone = await viber_of(OLENA)
    await expect(phone.answers.last).to_contain_text("Напишіть одним повідомленням")
    await phone.write("принтер на 3 поверсі не друкує, E5")
    card, number = await phone.card("Принтер")
    await expect(card).to_contain_text("1. Номер на наклейці")
    await phone.write("1. INV-20418 2. з ранку")
    await expect(phone.answers.last).not_to_contain_text("1. Номер на наклейці")

    await desk.open(number)
    await expect(desk.page.locator("#facts .complete")).to_be_visible()
    await expect(desk.page.locator("#facts")).to_contain_text("Viber")
    sent = await desk.reply("Вже йду до вас із новим вузлом закріплення.")
    await expect(phone.answers.last).to_contain_text("— Marek Novák")
    await expect(sent.locator(".dispatch.seen")).to_have_text("Seen")


async def test_a_button_of_the_keyboard_fills_its_field(viber_of, desk):
    phone = await viber_of(GIULIA)
    await phone.write("Il wifi non funziona al piano 2")
    _, number = await phone.card()
    keys = phone.page.locator("#phone .under-keys .key")
    await expect(phone.page.locator("#phone .under-keys")).to_contain_text("Non posso lavorare")
    await keys.filter(has_text="Non posso lavorare").click()
    await desk.open(number)
    await expect(desk.page.locator("#facts .answers").first).to_contain_text("Can't work")


async def test_files_go_both_ways(viber_of, desk):
    phone = await viber_of(GIULIA)
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


async def test_what_the_program_writes_holds_no_token(demo):
    assert not re.search(r"4d617274-simulated|700800900:simulated", demo.said())
