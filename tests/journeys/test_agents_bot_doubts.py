"""What must not happen by the agents' bot, and what heals: strangers, forged taps, lost topics."""

from dataclasses import replace

import pytest
import pytest_asyncio

from simulators.people import IVAN as UKRAINIAN
from simulators.people import MAREK, SOFIA, TOM, Person, crowd
from simulators.telegram_api import TOKEN, NotPossibleOnPhone, Seat, TelegramApi
from tests.journeys.companion import Companion
from tests.journeys.inbox import Inbox
from tests.journeys.program import Program, running, until
from tests.schemas.botapi import validate_request

pytestmark = [pytest.mark.journey, pytest.mark.asyncio(loop_scope="module")]
IVAN = replace(UKRAINIAN, language_code="en")
PETRA = Person(id=502009, first_name="Petra", language_code="en")
QUEUES = (
    *("printer", "network", "computer", "telephony"),
    *("email", "software", "access", "request"),
)
REQUESTERS = iter(crowd(20))


class Office:
    def __init__(self, telegram, companion, program, inbox):
        self.telegram, self.companion = telegram, companion
        self.program, self.inbox, self.bot = program, inbox, companion.bot

    async def ticket(self, queue, words):
        """Somebody new writes; who, the number, and Marek's seat in its topic.

        Each queue has its group, and each test its own: a group takes few messages a minute.
        """
        person, group = next(REQUESTERS), self.companion.groups[queue]
        self.telegram.write(person, words)
        number = await until(lambda: self.inbox.number_of(words))
        topic = await self.companion.topic(number, group)
        return person, number, Seat(MAREK, group, topic.id)

    async def answer(self, seat, person, words):
        """Something that is said there, once it has reached its requester."""
        self.bot.write(seat, words)
        await self.hears(person, words)

    async def hears(self, person, words):
        await until(lambda: words in self.heard(person))

    def heard(self, person):
        return "\n".join(entry.text for entry in self.telegram.answers(person))

    async def is_free(self, number):
        return "Take this ticket" in await self.inbox.page(f"/tickets/{number}")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def office(tmp_path_factory):
    async with TelegramApi() as telegram:
        companion = Companion(telegram)
        members = (MAREK, SOFIA, IVAN, PETRA)
        for queue in QUEUES:
            companion.found_group(queue.title(), queue, members)
        settings = {
            "FIRSTLINE_TELEGRAM__TOKEN": TOKEN,
            "FIRSTLINE_TELEGRAM__API_URL": telegram.url,
            **companion.settings(),
        }
        program = Program(tmp_path_factory.mktemp("doubts"), settings)
        async with running(program), Inbox(program.url) as inbox:
            await companion.staff(program)
            assert await inbox.sign_in() == 303
            yield Office(telegram, companion, program, inbox)
        for call in companion.bot.requests:
            validate_request(call.method, call.params)


def beside(seat, person):
    return Seat(person, seat.group, seat.topic)


async def test_a_strangers_tap_is_refused_and_changes_nothing(office):
    _, number, seat = await office.ticket("printer", "The printer in room 11 prints nothing")
    assert "agents" in await office.companion.tap(beside(seat, IVAN), "take")
    assert await office.is_free(number)


async def test_what_a_stranger_writes_reaches_nobody(office):
    person, _, seat = await office.ticket("network", "The wifi is down on floor 2")
    office.bot.write(beside(seat, IVAN), "give me your password")
    await office.answer(seat, person, "I am on my way")
    assert "password" not in office.heard(person)


async def test_a_stranger_is_told_once_whom_the_bot_is_for(office):
    office.bot.press_start(TOM)
    await until(lambda: office.bot.answers(TOM))
    for words in ("hello", "/mine", "/1001"):
        office.bot.write(TOM, words)
    await until(lambda: office.bot.unconfirmed == 0)
    await office.companion.command(MAREK, "/mine")
    assert len(office.bot.answers(TOM)) == 1


async def test_a_used_link_lets_nobody_else_in(office):
    code = office.companion.codes["marek"]
    office.bot.press_start(PETRA, code)
    await until(lambda: office.bot.answers(PETRA))
    assert "used or over" in office.bot.answers(PETRA)[-1].text


async def test_a_forwarded_card_has_no_buttons_and_a_tap_that_is_forged_there_is_refused(office):
    _, number, seat = await office.ticket("computer", "My laptop does not start any more")
    card = office.companion.card(seat)
    take = f"1|{number}|take"
    for person, words in ((IVAN, "agents"), (SOFIA, "over")):
        copy = office.bot.forward(beside(seat, person), card.message_id, to=person)
        with pytest.raises(NotPossibleOnPhone, match="no button"):
            office.bot.tap(person, take, message_id=copy.message_id)
        forged = office.bot.tap_anyway(person, take, copy.message_id)
        assert words in await office.companion.answer_to(forged)
    assert await office.is_free(number)


async def test_a_stale_button_does_nothing_and_says_so(office):
    _, number, seat = await office.ticket("telephony", "The desk phone in room 14 has no line")
    card = office.companion.card(seat)
    await office.companion.tap(seat, "take")
    await office.companion.tap(seat, "solve")
    stale = office.bot.tap_anyway(beside(seat, SOFIA), f"1|{number}|solve", card.message_id)
    assert "done already" in await office.companion.answer_to(stale)
    unknown = office.bot.tap_anyway(seat, "9|1|explode", card.message_id)
    assert "over" in await office.companion.answer_to(unknown)


async def test_an_agent_who_was_removed_is_a_stranger_at_once(office):
    await office.companion.staff(office.program, ((PETRA, "petra", "Petra Malá"),))
    person, number, seat = await office.ticket("email", "Outlook does not send any mails")
    petra = beside(seat, PETRA)
    assert str(number) in await office.companion.tap(petra, "take")
    await office.program.call("agent", "remove", "petra")
    office.bot.write(petra, "I am gone and still here")
    card = office.companion.card(petra)
    tap = office.bot.tap_anyway(petra, f"1|{number}|solve", card.message_id)
    assert "agents" in await office.companion.answer_to(tap)
    await office.answer(seat, person, "Marek goes on with it")
    assert "still here" not in office.heard(person)
    assert await office.is_free(number)


async def test_a_deleted_topic_is_opened_anew_with_its_card(office):
    person, number, seat = await office.ticket("software", "Excel does not open any more")
    office.bot.delete_topic(seat)
    office.telegram.write(person, "it smells of smoke, too")
    topic = await office.companion.topic(number, seat.group)
    assert topic.id != seat.topic
    there = Seat(MAREK, seat.group, topic.id)
    await until(lambda: "smells of smoke" in office.companion.said(there))
    await office.answer(there, person, "Switch it off, please")


async def test_a_ticket_goes_on_where_its_group_has_moved_to(office):
    person, number, seat = await office.ticket(
        "request", "I would like a new mouse, mine is broken"
    )
    after = office.bot.migrate(seat.group)
    office.telegram.write(person, "left-handed, if you have one")
    topic = await office.companion.topic(number, after)
    there = Seat(MAREK, after, topic.id)
    await until(lambda: "left-handed" in office.companion.said(there))
    await office.answer(there, person, "We are at it")


async def test_an_answer_that_cannot_arrive_is_told_where_it_was_written(office):
    person, _, seat = await office.ticket("access", "My account is locked")
    office.telegram.block(person)
    office.bot.write(seat, "Is it switched on?")
    await until(lambda: "has not arrived" in office.companion.said(seat))
