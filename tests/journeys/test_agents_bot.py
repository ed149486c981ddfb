"""Agents on their feet: the whole loop in Telegram, with the inbox open in Chromium beside it.

Three employees write by Telegram, mail and Viber; Marek and Sofia work in two groups of topics.
Whatever one side shows, the other shows too.
"""

import re

import pytest
import pytest_asyncio
from playwright.async_api import expect

from simulators.people import GIULIA, IVAN, MAREK, OLENA, SOFIA, TOM
from simulators.telegram_api import Seat, draw_picture
from tests.journeys.companion import Companion
from tests.journeys.everywhere import World
from tests.journeys.program import PASSWORD, Program, running, until
from tests.schemas.botapi import validate_request

pytestmark = [
    pytest.mark.journey,
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),
]
SOON = 2000  # milliseconds until both sides show the same


class Office:
    """The program, what is around it, and the inbox of Marek."""

    def __init__(self, world, companion, page):
        self.world, self.companion, self.page = world, companion, page
        self.bot = companion.bot
        self.printers, self.others = companion.groups["printer"], companion.groups["*"]

    async def opened(self, words):
        """The number of the ticket that these words have opened, as the inbox shows it."""
        await self.page.goto("/tickets?view=all")
        row = self.page.locator(".row").filter(has_text=words).first
        await expect(row).to_be_visible()
        return int(re.search(r"\d+", await row.get_attribute("id")).group())

    async def seat_of(self, person, number, group):
        topic = await self.companion.topic(number, group)
        return Seat(person, group, topic.id)

    def mailed(self, person, words):
        """The mail to somebody that holds these words."""
        mails = self.world.mail.mails(person.email)
        return next((mail.text for mail in mails if words in mail.text), None)

    async def look_at(self, number):
        await self.page.goto(f"/tickets/{number}")
        return self.page.locator("[data-region=timeline]")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def office(tmp_path_factory, chromium):
    async with World() as world:
        companion = Companion(world.telegram)
        companion.found_group("Printers", "printer")
        companion.found_group("Everything else")
        program = Program(
            tmp_path_factory.mktemp("agents"), {**world.settings, **companion.settings()}
        )
        async with running(program):
            await companion.staff(program)
            await world.subscribe(program.url)
            context = await chromium.new_context(
                base_url=program.url, locale="en-GB", viewport={"width": 1440, "height": 900}
            )
            page = await signed_in(await context.new_page())
            yield Office(world, companion, page)
            await context.close()
        for call in companion.bot.requests:
            validate_request(call.method, call.params)


async def signed_in(page):
    await page.goto("/login")
    await page.fill("#login", "marek")
    await page.fill("#password", PASSWORD)
    await page.click("button.main")
    await expect(page.locator(".me summary")).to_contain_text("Marek Novák")
    return page


async def test_the_loop_is_the_same_in_telegram_and_in_the_inbox(office):
    world = office.world
    world.telegram.write(OLENA, "принтер на 3 поверсі не друкує, E5")
    world.mail.write(TOM.email, "Home office", "VPN won't connect from home, it says error 809")
    world.viber.write(GIULIA, "Vorrei un mouse nuovo, il mio non funziona più")
    printer, vpn, mouse = [
        await office.opened(words) for words in ("принтер", "Home office", "mouse nuovo")
    ]
    marek = await office.seat_of(MAREK, printer, office.printers)
    await they_answer_by_mail_and_viber(office, vpn, mouse)
    timeline = await office.look_at(printer)
    await one_takes_it_and_the_other_is_told(office, printer, marek)
    await they_talk_on_both_sides(office, timeline, marek)
    await it_is_solved_on_both_sides(office, marek)
    assert "third this month" not in "\n".join(texts(world.telegram.answers(OLENA)))


async def they_answer_by_mail_and_viber(office, vpn, mouse):
    """Whoever speaks in a topic speaks in the requester's channel, under the own name."""
    marek = await office.seat_of(MAREK, vpn, office.others)
    sofia = await office.seat_of(SOFIA, mouse, office.others)
    office.bot.write(marek, "Please try again now.")
    office.bot.write(sofia, "Arriva giovedì.")
    told = await until(lambda: office.mailed(TOM, "Please try again now."))
    assert "Marek Novák" in told
    answers = office.world.viber.answers
    told = await until(lambda: last_of(answers(GIULIA), "Arriva giovedì."))
    assert "Sofia Papadaki" in told.text
    for number, words in ((vpn, "Please try again now."), (mouse, "Arriva giovedì.")):
        await expect(await office.look_at(number)).to_contain_text(words)


async def one_takes_it_and_the_other_is_told(office, number, marek):
    companion, sofia = office.companion, Seat(SOFIA, marek.group, marek.topic)
    assert str(number) in await companion.tap(marek, "take")
    assignee = office.page.locator("#assignee option:checked")
    await expect(assignee).to_have_text("Marek Novák", timeout=SOON)
    await until(lambda: "Marek Novák" in companion.card(marek).text)
    again = office.bot.tap_anyway(sofia, f"1|{number}|take", companion.card(sofia).message_id)
    assert "Marek Novák" in await companion.answer_to(again)


async def they_talk_on_both_sides(office, timeline, marek):
    telegram, said = office.world.telegram, office.companion.said
    office.bot.write(marek, "Вже йду до вас із новим вузлом")
    heard = await until(lambda: last_of(telegram.answers(OLENA), "Вже йду"))
    assert "Marek Novák" in heard.text
    await expect(timeline).to_contain_text("Вже йду до вас", timeout=SOON)
    sofia = Seat(SOFIA, marek.group, marek.topic)
    office.bot.write(sofia, "// it is the fuser, third this month")
    await expect(timeline.locator(".entry.note")).to_contain_text("third this", timeout=SOON)
    telegram.write(OLENA, "дякую, чекаю")
    await until(lambda: "дякую, чекаю" in said(marek))
    await expect(timeline).to_contain_text("дякую, чекаю", timeout=SOON)
    await reply_in_the_inbox(office.page, "Я вже на поверсі")
    await until(lambda: "Я вже на поверсі" in said(marek), SOON / 1000)


async def it_is_solved_on_both_sides(office, marek):
    await office.companion.tap(marek, "solve")
    status = office.page.locator(".glance .status")
    await expect(status).to_have_class("status solved", timeout=SOON)
    await until(lambda: marek.group.topics[marek.topic].is_closed)


async def test_photos_albums_files_and_voice_go_both_ways(office):
    world, bot, companion = office.world, office.bot, office.companion
    world.telegram.send_photo(IVAN, draw_picture(64, 48), caption="the projector shows stripes")
    number = await office.opened("the projector shows stripes")
    seat = await office.seat_of(MAREK, number, office.others)
    await until(lambda: any(entry.files for entry in bot.answers(seat)))
    bot.send_album(seat, [draw_picture(grey=10), draw_picture(grey=20)], caption="like these?")
    sent = await until(lambda: files_of(world.telegram.answers(IVAN), 2))
    assert {file.kind for file in sent} == {"photo"}
    bot.send_voice(seat)
    await until(lambda: files_of(world.telegram.answers(IVAN), 3))
    world.telegram.send_voice(IVAN)
    await until(lambda: files_of(bot.answers(seat), 2))
    assert companion.card(seat)


async def test_what_an_agent_corrects_goes_once_more(office):
    world, bot = office.world, office.bot
    person = TOM
    world.telegram.write(person, "My screen flickers since the update")
    number = await office.opened("My screen flickers")
    seat = await office.seat_of(MAREK, number, office.others)
    written = bot.write(seat, "Come to room 304")
    await until(lambda: last_of(world.telegram.answers(person), "room 304"))
    bot.edit(seat, written.message_id, "Come to room 305")
    await until(lambda: last_of(world.telegram.answers(person), "room 305"))


async def reply_in_the_inbox(page, words):
    await page.fill("[data-composer] textarea", words)
    await page.get_by_role("button", name="Send", exact=True).click()
    await expect(page.locator(".entry.agent").filter(has_text=words)).to_be_visible()


def last_of(entries, words):
    return next((entry for entry in reversed(entries) if words in entry.text), None)


def texts(entries):
    return [entry.text for entry in entries]


def files_of(entries, count):
    files = [file for entry in entries for file in entry.files]
    return files if len(files) >= count else None
