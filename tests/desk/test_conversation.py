"""`firstline exchange`: a conversation in the terminal, with the real desk behind it."""

from desk.exchange import Conversation, Phone
from desk.settings import Settings
from desk.wiring import build_desk


async def test_a_typed_conversation_shows_what_was_understood_and_the_card(sqlite_url, tmp_path):
    desk = await build_desk(Settings(folder=tmp_path / "var", database=sqlite_url))
    shown = []
    try:
        conversation = Conversation(desk, Phone(shown.append))
        await conversation.take("printer on the 3rd floor does not print")
        understood, card, *buttons = shown
        assert "report" in understood
        assert "3rd floor" in understood
        assert "#1001" in card
        await conversation.take(str(len(buttons) - 1))
        await conversation.take("VPN does not connect from home")
        await conversation.take("1")
        assert any("#1002" in text for text in shown)
    finally:
        await desk.close()
