"""What time does to a card: a desk in this process, so that its days pass at once, and the world.

Telegram and the mail server are the simulators; everything between them and the rows is real.
"""

import time
from datetime import UTC, datetime, timedelta

import pytest

from desk.role_names import ROLES
from desk.roles import start
from desk.runtime import Runtime
from desk.settings import Settings
from desk.wiring import build_desk
from intake.agent_words import Asking
from intake.tickets import Status
from simulators.people import OLENA, TOM
from simulators.telegram_api import TOKEN
from store.moments import to_micros
from tests.journeys.outside import MAIL_PASSWORD, SUPPORT, world
from tests.journeys.program import until

pytestmark = pytest.mark.journey
MONDAY = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)  # nine in Kyiv, which is open from 8 to 18


class Calendar:
    """Goes as clocks do, from a Monday morning on, and turns when told to."""

    def __init__(self):
        self._start = MONDAY - timedelta(seconds=time.monotonic())

    def now(self):
        return self._start + timedelta(seconds=time.monotonic())

    def turn(self, **span):
        self._start += timedelta(**span)


class Office:
    """One desk with all its roles; it may be stopped and started again."""

    def __init__(self, outside, folder):
        self.telegram, self.mail, self.calendar = outside.telegram, outside.mail, Calendar()
        self.settings = Settings(
            folder=folder,
            web={"port": 0},
            telegram={"token": TOKEN, "api_url": outside.telegram.url},
            email={
                "address": SUPPORT,
                "imap_host": outside.mail.host,
                "imap_port": outside.mail.imap_port,
                "imap_tls": False,
                "smtp_host": outside.mail.host,
                "smtp_port": outside.mail.smtp_port,
                "smtp_tls": "none",
                "password": MAIL_PASSWORD,
                "imports_days": 30,  # a mail may come before the first look
            },
        )

    async def open(self):
        self.desk = await build_desk(self.settings, self.calendar)
        self.runtime = Runtime(self.desk.database.bell, self.desk.leases, "office")
        self.served = await start(self.desk, self.runtime, frozenset(ROLES))

    async def close(self):
        await self.runtime.stop()
        await self.served.cleanup()
        await self.desk.close()

    async def pass_time(self, **span):
        """Turns the clock on and lets everything ring that is due then."""
        self.calendar.turn(**span)

        async def is_quiet():
            self.desk.database.bell.ring("timers")
            due = "SELECT 1 FROM timer WHERE NOT is_spent AND due_at <= $1"
            return not await self.desk.database.fetch(due, to_micros(self.calendar.now()))

        await until(is_quiet)

    async def ticket(self, number=1001):
        return await self.desk.listing.ticket(number)

    async def changes(self, number=1001):
        entries = await self.desk.listing.timeline(number)
        return [entry.change.what for entry in entries if entry.change is not None]

    # Olena's chat, Tom's mailbox

    def bubbles(self):
        return [entry.text for entry in self.telegram.answers(OLENA)]

    def letters(self):
        return [mail.text for mail in self.mail.mails(TOM.email)]


@pytest.fixture
async def office(folder):
    async with world() as outside:
        office = Office(outside, folder)
        await office.open()
        try:
            yield office
        finally:
            await office.close()


async def write(office, text="принтер на 3 поверсі не друкує, E5"):
    office.telegram.write(OLENA, text)
    await until(office.bubbles)


async def test_a_silent_chat_is_reminded_once_and_then_the_ticket_goes_on(office):
    await write(office)
    await office.pass_time(hours=3, minutes=50)
    assert len(office.bubbles()) == 1
    await office.pass_time(minutes=15)
    await until(lambda: len(office.bubbles()) == 2)
    assert "1. Номер на наклейці\n2. Коли почалося" in office.bubbles()[1]
    assert "1001" in office.bubbles()[1]
    await office.pass_time(hours=10)  # the night
    assert len(office.bubbles()) == 2
    assert (await office.ticket()).asked
    await office.pass_time(hours=10)
    ticket = await office.ticket()
    assert (ticket.asked, ticket.is_complete, ticket.waits_for_agent) == ((), False, True)
    assert await office.changes() == ["goes_on"]
    await until(lambda: "Номер на наклейці" not in office.bubbles()[0])
    await office.pass_time(days=7)
    assert len(office.bubbles()) == 2


async def test_a_late_answer_is_taken_and_asks_for_nothing(office):
    await write(office)
    await office.pass_time(days=2)
    await office.pass_time(days=2)
    assert (await office.ticket()).asked == ()
    office.telegram.write(OLENA, "1. INV-20418")

    async def is_taken():
        return "asset" in (await office.ticket()).answers

    await until(is_taken)
    assert (await office.ticket()).asked == ()
    await until(lambda: "INV-20418" in office.bubbles()[0])


async def test_who_has_written_since_is_not_reminded_nor_is_a_solved_ticket(office):
    await write(office)
    office.telegram.write(OLENA, "1. INV-20418")
    await until(lambda: ": INV-20418" in office.bubbles()[0])
    said = len(office.bubbles())
    await office.pass_time(hours=5)
    assert len(office.bubbles()) == said
    marek = await office.desk.agents.add("marek", "Marek Novák", "-", "en")
    await office.desk.service.set_status(marek, 1001, Status.SOLVED)
    await until(lambda: len(office.bubbles()) == said + 1)
    await office.pass_time(days=3)
    assert len(office.bubbles()) == said + 1
    assert "goes_on" not in await office.changes()


async def test_by_mail_the_reminder_comes_in_the_thread_and_its_answer_counts(office):
    office.mail.write(TOM.email, "Blank pages", "The printer on floor 2 prints blank pages.")
    await until(office.letters)
    await office.pass_time(hours=5)
    await until(lambda: len(office.letters()) == 2)
    card, reminder = office.mail.mails(TOM.email)
    assert "1. Inventory number" in reminder.text
    assert reminder.in_reply_to == card.in_reply_to
    office.mail.reply(TOM.email, reminder, "1. INV-20331\n2. since yesterday")

    async def is_complete():
        return (await office.ticket()).is_complete

    await until(is_complete)
    await until(lambda: len(office.letters()) == 3)
    thanks = office.mail.mails(TOM.email)[-1]
    assert thanks.text.startswith("Thank you! That is all we need for #1001.")
    assert thanks.references[:1] == reminder.references[:1]
    await office.pass_time(days=5)
    assert len(office.letters()) == 3
    assert "goes_on" not in await office.changes()


async def test_timers_outlive_the_program_and_nobody_is_reminded_at_night(office):
    await write(office)
    await office.close()
    office.calendar.turn(hours=12)  # nine in the evening
    await office.open()
    await office.pass_time(minutes=1)
    assert len(office.bubbles()) == 1
    await office.close()
    office.calendar.turn(hours=11, minutes=5)  # five past eight in the morning
    await office.open()
    await office.pass_time(minutes=1)
    await until(lambda: len(office.bubbles()) == 2)
    assert (await office.ticket()).asked


async def test_a_question_of_an_agent_by_mail_is_answered_in_the_thread(office):
    office.mail.write(TOM.email, "Blank pages", "The printer on floor 2 prints blank pages.")
    await until(office.letters)
    marek = await office.desk.agents.add("marek", "Marek Novák", "-", "en")
    asking = Asking(fields=("phone",), words="I would rather call you.", once="ask-1")
    await office.desk.service.ask(marek, 1001, asking)
    await until(lambda: len(office.letters()) == 2)
    first, asked = office.mail.mails(TOM.email)
    assert "I would rather call you." in asked.text
    assert "1. Your phone" in asked.text
    assert "Inventory number" not in asked.text
    assert "\nMarek Novák\n" in asked.text
    assert asked.in_reply_to == first.in_reply_to
    office.mail.reply(TOM.email, asked, "+44 7700 900102")

    async def is_back():
        return (await office.ticket()).status is Status.OPEN

    await until(is_back)
    assert (await office.ticket()).answers["phone"] == "+447700900102"


async def test_an_agents_question_without_answer_lets_the_ticket_come_back_too(office):
    await write(office)
    await office.pass_time(hours=5)
    await until(lambda: len(office.bubbles()) == 2)
    marek = await office.desk.agents.add("marek", "Marek Novák", "-", "en")
    await office.desk.service.ask(marek, 1001, Asking(fields=("phone",), once="ask-1"))
    await until(lambda: len(office.bubbles()) == 3)
    assert "— Marek Novák" in office.bubbles()[2]
    assert "Номер на наклейці" not in office.bubbles()[0]
    await office.pass_time(hours=14)  # there has been a reminder: no second one
    await office.pass_time(hours=12)
    ticket = await office.ticket()
    assert (ticket.status, ticket.asked, ticket.ask) == (Status.OPEN, (), None)
    assert len(office.bubbles()) == 3
    assert (await office.changes())[-2:] == ["goes_on", "status"]
