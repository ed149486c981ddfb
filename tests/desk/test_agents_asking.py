"""What an agent asks a requester for, chosen by taps in the chat."""

import pytest

from intake.companion.picking import TICKED, UNTICKED
from tests.desk.crew import MAREK, a_crew

NUMBER, SINCE = "Inventory number", "Since when"
MOST_CARRIED = 64  # bytes, as Telegram takes them


@pytest.fixture
async def asked(store_url, tmp_path, clock):
    """A card of Olena's, and Marek has tapped to ask."""
    async with a_crew(store_url, tmp_path / "var", clock) as crew:
        await tap_to_ask(crew)
        yield crew


async def tap_to_ask(crew):
    await crew.hire("marek", "Marek Novák", MAREK)
    await crew.write("The printer on floor 3 is broken", language="en")
    assert await crew.taps(MAREK, "Ask for details") == "Please tick below what shall be asked."


def boxes(crew):
    _, buttons = newest(crew)
    return {label[len(TICKED) :]: label.startswith(TICKED) for label in buttons if label != "Ask"}


def newest(crew):
    return crew.screens.chats[str(MAREK)][max(crew.screens.chats[str(MAREK)])]


async def test_what_is_missing_is_ticked(asked):
    assert newest(asked)[0] == "#1001: what shall Olena Kovalenko be asked?"
    assert {name for name, is_ticked in boxes(asked).items() if is_ticked} == {NUMBER, SINCE}
    assert "Where" in boxes(asked)


async def test_what_is_ticked_is_asked_and_nothing_else(asked):
    await asked.taps(MAREK, TICKED + SINCE)
    await asked.taps(MAREK, UNTICKED + "Where")
    assert await asked.taps(MAREK, "Ask") == "Olena Kovalenko is asked."
    [ticket] = await asked.tickets()
    assert set(ticket.asked) == {"asset", "location"}
    words, buttons = newest(asked)
    assert words.startswith("#1001: Marek Novák asks Olena Kovalenko: ")
    assert buttons == {}
    assert SINCE not in words


async def test_taps_faster_than_telegram_draws_all_count(asked):
    number, (_, buttons) = max(asked.screens.chats[str(MAREK)].items())
    for label in (TICKED + SINCE, UNTICKED + "Where", TICKED + NUMBER):  # all of the first drawing
        await asked.taps_on(MAREK, number, buttons[label])
    assert {name for name, is_ticked in boxes(asked).items() if is_ticked} == {"Where"}


async def test_nothing_ticked_asks_nothing(asked):
    for name in (NUMBER, SINCE):
        await asked.taps(MAREK, TICKED + name)
    assert "Ask" not in newest(asked)[1]


async def test_who_taps_ask_again_asks_once(asked):
    number, (_, buttons) = max(asked.screens.chats[str(MAREK)].items())
    await asked.taps_on(MAREK, number, buttons["Ask"])
    sent = len(asked.phone.sent)
    assert await asked.taps_on(MAREK, number, buttons["Ask"]) == "That is done already."
    assert len(asked.phone.sent) == sent


async def test_what_was_asked_in_vain_is_asked_on_unless_it_is_unticked(asked):
    await asked.taps(MAREK, "Ask")
    await asked.later(4)
    await asked.taps(MAREK, "Ask for details")
    await asked.taps(MAREK, TICKED + NUMBER)
    await asked.taps(MAREK, "Ask")
    [ticket] = await asked.tickets()
    assert NUMBER not in newest(asked)[0]
    assert len(ticket.asked) == 1


async def test_a_box_that_the_ticket_has_no_more_asks_nothing(asked):
    number, (_, buttons) = max(asked.screens.chats[str(MAREK)].items())
    assert await asked.taps_on(MAREK, number, "1|1001|pick|00000000") == ""
    assert newest(asked)[1] == buttons
    [ticket] = await asked.tickets()
    assert ticket.ask is None


async def test_what_the_buttons_carry_is_short(asked):
    _, buttons = newest(asked)
    assert max(len(carried.encode()) for carried in buttons.values()) < MOST_CARRIED
