"""Agents' bot: who may, cards, taps and words in private chats, as a whole desk does them."""

import pytest
from pydantic import SecretStr

from desk.channels import AgentsBotSettings
from desk.settings import Settings
from desk.wiring import build_desk
from tests.desk.crew import BOT, MAREK, SOFIA, STRANGER, Crew

TOKEN = f"{BOT}:AAFakeTokenOfTheAgentsBotForTestsOnly_000"


@pytest.fixture
async def crew(store_url, tmp_path, clock):
    settings = Settings(
        folder=tmp_path / "var",
        database=store_url,
        agents_bot=AgentsBotSettings(token=SecretStr(TOKEN), name="desk_agents_bot"),
    )
    desk = await build_desk(settings, clock)
    try:
        yield Crew(desk, clock)
    finally:
        await desk.close()


async def test_the_whole_loop_in_a_private_chat(crew):
    await crew.hire("marek", "Marek Novák", MAREK)
    await crew.write("The printer on floor 3 is broken", language="en")
    assert "Nobody has it" in crew.card(MAREK)
    assert await crew.taps(MAREK, "Take") == "#1001 is yours."
    await crew.later(4)
    assert "Marek Novák has it" in crew.card(MAREK)
    await crew.taps(MAREK, "Reply")
    prompt = max(crew.screens.chats[str(MAREK)])
    await crew.said(MAREK, text="I am on my way", quoting=prompt)
    assert "I am on my way" in crew.phone.texts()
    await crew.write("Thank you, it is the one by the window", language="en")
    assert any("by the window" in words for words in crew.seen(MAREK))
    assert await crew.taps(MAREK, "Solve") == "#1001 is solved. Olena Kovalenko is told."
    [ticket] = await crew.tickets()
    assert ticket.status == "solved"


async def test_a_stranger_is_told_once_and_sees_nothing(crew):
    await crew.said(STRANGER, text="hello")
    await crew.said(STRANGER, text="/mine")
    await crew.write("The printer is broken", language="en")
    [words] = crew.seen(STRANGER)
    assert words.startswith("This bot is for the agents of IT help desk alone.")


async def test_a_second_take_says_who_has_it(crew):
    await crew.hire("marek", "Marek Novák", MAREK)
    await crew.hire("sofia", "Sofia Rossi", SOFIA)
    await crew.write("The printer is broken", language="en")
    buttons = dict(crew.screens.chats[str(SOFIA)])
    await crew.taps(MAREK, "Take")
    [(number, data)] = [
        (number, shown[1]["Take"]) for number, shown in buttons.items() if "Take" in shown[1]
    ]
    assert await crew.taps_on(SOFIA, number, data) == "Marek Novák has it already."
