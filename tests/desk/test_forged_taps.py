"""Tap data that nobody was shown: typed, guessed or forged, it moves, tells and changes nothing.

By the real parts, on both engines.
"""

import pytest

from intake.agent_words import Reply
from intake.speech import Operation
from intake.tickets import Author, EntryKind
from tests.desk.test_viber import viber  # noqa: F401 - a fixture

PRINTER = "принтер на 3 поверсі не друкує, E5"
SECRET = "Olena's laptop must be wiped on Friday"
IVAN = 2


async def all_there_is(exchange):
    """Tickets and timelines, whole."""
    tickets = await exchange.tickets()
    return tickets, [await exchange.timeline(ticket.id) for ticket in tickets]


def said_since(exchange, count):
    return [delivery.body for delivery in exchange.phone.sent[count:]]


@pytest.fixture
async def told(exchange, marek):
    """A ticket with a note, an answer of Marek's and the bot's own words."""
    await exchange.write(PRINTER)
    service = exchange.desk.service
    await service.note(marek, 1001, SECRET, once="note-1")
    await service.reply(marek, 1001, Reply(text="Подзвоню щодо пароля", once="reply-1"))
    await exchange.work()
    return exchange


async def test_no_entry_of_a_timeline_can_be_carried_off_by_its_guessed_number(told):
    before, count = await all_there_is(told), len(told.phone.sent)
    entries = await told.timeline(1001)
    kinds = {(entry.kind, entry.author) for entry in entries}
    assert {(EntryKind.NOTE, Author.AGENT), (EntryKind.MESSAGE, Author.BOT)} <= kinds
    for entry in entries:
        for target in ("new", "1001"):
            await told.tap(f"move|1001|{entry.id}|{target}")
    assert await all_there_is(told) == before
    answers = told.phone.sent[count:]
    assert len(answers) == 2 * len(entries)
    assert {answer.operation for answer in answers} == {Operation.ANSWER_TAP}
    assert SECRET not in str(answers)


@pytest.mark.parametrize(
    "data",
    ["set|1001|scope|many", "cat|1001|network", "keep|1001", "doubt|1001|asset", "correct|1001",
     "recat|1001", "send|1001", "solve|1001", "withdraw|1001", "split|1001|1", "move|1001|1|new",
     "", "|", "solve|", "drop|1001"],
)  # fmt: skip
async def test_no_tap_of_a_stranger_touches_a_ticket_or_hears_of_it(told, data):
    await told.write("my mouse is broken", person=IVAN, language="en")
    before, count = await all_there_is(told), len(told.phone.sent)
    await told.tap(data, person=IVAN)
    assert await all_there_is(told) == before
    assert "1001" not in str(said_since(told, count))


async def test_a_button_that_somebody_else_was_shown_is_told_to_be_not_theirs(told):
    await told.write("my mouse is broken", person=IVAN, language="en")
    before = await all_there_is(told)
    await told.tap("send|1001", person=IVAN)
    assert await all_there_is(told) == before
    assert told.phone.sent[-1].body.text == "This button is not for this conversation."


async def test_a_verb_that_was_never_offered_does_nothing_to_the_own_ticket(exchange):
    await exchange.write(PRINTER)
    before = await all_there_is(exchange)
    for data in ("solve|1001", "withdraw|1001", "set|1001|connection|wifi", "cat|1001|network"):
        await exchange.tap(data)
        assert exchange.phone.sent[-1].operation is Operation.ANSWER_TAP
    assert await all_there_is(exchange) == before


async def test_the_buttons_that_were_shown_go_on_working(exchange):
    await exchange.write(PRINTER)
    await exchange.tap("send|1001")
    (ticket,) = await exchange.tickets()
    assert ticket.asked == ()


# where data can be typed


async def test_data_that_is_typed_is_words(viber):  # noqa: F811
    await viber.write(PRINTER)
    entry = (await viber.timeline())[0]
    await viber.write(f"tap:move|1001|{entry.id}|new")
    await viber.write("tap:withdraw|1001")
    page = await viber.desk.listing.tickets("all", 0)
    assert [line.id for line in page.lines] == [1001]
    said = [one.text for one in await viber.timeline() if one.author is Author.REQUESTER]
    assert said == [PRINTER, f"tap:move|1001|{entry.id}|new", "tap:withdraw|1001"]


async def test_data_that_is_typed_opens_a_ticket_like_any_words(viber):  # noqa: F811
    await viber.write("tap:water drips into the sink")
    (first, *_) = await viber.timeline()
    assert first.text == "tap:water drips into the sink"


async def test_a_button_without_data_is_no_words(viber):  # noqa: F811
    await viber.write("tap:")
    assert not (await viber.desk.listing.tickets("all", 0)).lines
    assert viber.phone.sent


async def test_an_agents_note_is_not_read_by_whoever_types_its_number(viber):  # noqa: F811
    await viber.write(PRINTER)
    marek = await viber.desk.agents.add("marek", "Marek Novák", "-", "en")
    await viber.desk.service.note(marek, 1001, SECRET, once="note-1")
    for entry in await viber.timeline():
        await viber.write(f"tap:move|1001|{entry.id}|new")
    assert SECRET not in str([each.body for each in viber.phone.sent])
    assert SECRET in [entry.text for entry in await viber.timeline()]
