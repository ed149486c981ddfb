"""What is said to whoever opens the chat, before they have written anything.

It stands in our answer to Viber's callback, so it is made of what is at hand: no network, no rows.
"""

from typing import Any

from viberbot.api.messages import TextMessage

from intake.wording import Wording


def welcome(wording: Wording, language: str) -> Any:
    """The same words for the same language, however often Viber asks."""
    return TextMessage(text=wording.say("welcome", language, {"name": ""}))
