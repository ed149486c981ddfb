"""The main job, in a real browser: a message becomes a ticket, the agent's answer comes back.

`firstline demo` runs as a visitor starts it; the phone and the mailbox are its page `/demo`.
"""

import asyncio
import re

import pytest
import pytest_asyncio
from playwright.async_api import expect

from simulators.people import GIULIA, OLENA, TOM
from simulators.telegram_api import draw_picture
from tests.journeys.people import COMPOSER, Desk, Phone
from tests.journeys.program import until

pytestmark = [
    pytest.mark.journey,
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),
]


@pytest_asyncio.fixture(loop_scope="module")
async def phone_of(open_page):
    async def take(person):
        return await Phone(await open_page("/demo"), person).take()

    return take


async def test_a_chat_message_is_a_ticket_and_the_answer_comes_back_signed(phone_of, desk):
    phone = await phone_of(OLENA)
    await phone.write("принтер на 3 поверсі не друкує, E5")
    card, number = await phone.card("Принтер")
    await expect(card).to_contain_text("1. Номер на наклейці")
    await expect(card).to_contain_text("2. Коли почалося")
    assert foreign_words(await card.locator(".bubble-text").inner_text()) == set()
    await phone.write("1. INV-20418 2. з ранку")
    await expect(card).to_contain_text("Номер на наклейці: INV-20418")
    await expect(card).not_to_contain_text("2. Коли почалося")
    await expect(card.locator("button.key")).to_have_text(["Ідеться про інше"])
    await expect(card.locator("a.key")).to_have_count(1)  # the form, to correct or add
    assert foreign_words(await card.locator(".bubble-text").inner_text()) == set()

    await desk.open(number)
    facts = desk.page.locator("#facts")
    await expect(facts.locator(".complete")).to_be_visible()
    for answer in ("INV-20418", "3 поверсі", "E5"):
        await expect(facts).to_contain_text(answer)
    sent = await desk.reply("Вже йду до вас із новим вузлом закріплення.")
    await expect(sent.locator(".dispatch.delivered")).to_have_text("Delivered")

    await expect(phone.answers.last).to_contain_text("Вже йду до вас")
    await expect(phone.answers.last).to_contain_text("Marek Novák")


def foreign_words(text):
    """Latin ones, which a Ukrainian sentence has none of, but for names and codes."""
    return set(re.findall(r"[A-Za-z]{3,}", text)) - {"Olena", "INV", "Marek"}


async def test_a_mail_is_a_ticket_and_all_goes_on_in_one_thread(open_page, desk, demo):
    page = await open_page("/demo")
    await page.click(f"[data-person='{TOM.id}']")
    await page.click(".mail .write")
    await page.fill(".letter-form [name=subject]", "Blank pages")
    await page.fill(".letter-form textarea", "The printer on floor 2 prints blank pages.")
    await page.click(".letter-form [type=submit]")
    number = await next_mail(page, "Inventory number")
    await page.click(".letter > .button")
    await page.fill(".letter-form textarea", "1. INV-20331\n2. since yesterday")
    await page.click(".letter-form [type=submit]")

    await desk.open(number)
    await expect(desk.page.locator("#facts .complete")).to_be_visible()
    await expect(desk.page.locator("#facts")).to_contain_text("INV-20331")
    sent = await desk.reply("A new drum is on its way.")
    await expect(sent.locator(".dispatch.delivered")).to_have_text("Delivered")
    assert await next_mail(page, "A new drum is on its way.") == number
    await expect(page.locator(".letter")).to_contain_text("Marek Novák")

    await expect_one_thread(page, number)
    await desk.page.goto("/tickets?view=all")
    await expect(desk.page.locator(".row .subject", has_text="Blank pages")).to_have_count(1)


async def next_mail(page, words):
    """Open the mail with these words once it has come; gives its ticket's number."""
    row = page.locator(".letters .letter-row").filter(has_text="Blank pages").first

    async def has_come():
        if await row.count():
            await row.click()
        return words in await page.locator(".letter").inner_text()

    await until(has_come)
    return re.search(r"#(\d+)", await page.locator(".letter h3").inner_text()).group(1)


async def expect_one_thread(page, number):
    async def box(address):
        answer = await page.request.get(f"/demo/mail/mailboxes/{address}/mails")
        mails = (await answer.json())["mails"]
        return [mail for mail in mails if "Blank pages" in mail["subject"]]

    asked = [
        mail for mail in await box("support@firma.example") if TOM.email in mail["from_address"]
    ]
    told = await box(TOM.email)
    first, second = (mail["message_id"] for mail in asked)
    assert told[0]["in_reply_to"] == first
    assert asked[1]["in_reply_to"] == told[0]["message_id"]
    assert told[-1]["in_reply_to"] == second
    assert all(first in mail["references"] for mail in told)
    assert {re.search(r"#(\d+)", mail["subject"]).group(1) for mail in told} == {number}


async def test_a_photo_from_the_phone_is_seen_in_the_inbox(phone_of, desk):
    phone = await phone_of(GIULIA)
    await phone.page.click("#phone .compose .start")
    await expect(phone.answers.last).to_contain_text("Giulia")
    picture = {"name": "schermo.png", "mimeType": "image/png", "buffer": draw_picture(640, 480)}
    await phone.page.set_input_files("#phone .compose [type=file]", [picture])
    await phone.write("Vorrei un mouse nuovo, il mio non funziona più")
    _, number = await phone.card()
    await desk.open(number)
    photo = desk.page.locator(".entry.requester .files img")
    await expect(photo).to_be_visible()
    await expect(photo).to_have_js_property("naturalWidth", 640)


async def test_a_tapped_choice_fills_its_field(phone_of, desk):
    phone = await phone_of(TOM)
    await phone.write("The wifi is down on floor 2")
    card, number = await phone.card("Network")
    await card.get_by_role("button", name="Can't work").click()
    await expect(card).to_contain_text("Can you work: Can't work")
    await desk.open(number)
    urgency = desk.page.locator("#facts .answers div").filter(has_text="Can you work")
    await expect(urgency.locator("dd")).to_have_text("Can't work")


async def test_without_javascript_an_agent_reads_and_replies(open_page, demo):
    page = await open_page("/", java_script_enabled=False)
    desk = await Desk(page).sign_in(demo.password)
    await page.goto("/tickets?view=all")
    row = page.locator(".row").filter(has_text="VPN disconnects")
    await row.locator("a").click()
    await expect(page.locator(".entry.requester").first).to_contain_text("ten minutes")
    await page.fill(COMPOSER, "The router is at fault, a new one comes tomorrow.")
    await page.get_by_role("button", name="Send", exact=True).click()
    sent = desk.page.locator(".entry.agent").filter(has_text="a new one comes tomorrow")
    await expect(sent).to_be_visible()

    async def is_delivered():
        await page.reload()
        return await sent.locator(".dispatch.delivered").count()

    await until(is_delivered)


async def test_ctrl_c_ends_the_demo_at_once_while_pages_wait_for_news(phone_of, desk, demo):
    await phone_of(OLENA)
    await desk.page.goto("/tickets")
    async with asyncio.timeout(8):
        assert await demo.stop() == 0
    assert "Traceback" not in demo.said()
