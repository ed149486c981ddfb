"""A simulated Telegram: the Bot API over real HTTP for a bot, and phones for its people.

Covers private chats of one bot. Not simulated: groups, inline mode, payments, Markdown, rate
limits (see `simulators.faults`), the expiry of old updates, answers in the webhook's response.
"""

from simulators.telegram_api.chats import Button, CallbackAnswer, ChatEntry, ChatFile
from simulators.telegram_api.errors import NotPossibleOnPhone
from simulators.telegram_api.files import Upload, draw_picture
from simulators.telegram_api.server import TOKEN, TelegramApi

__all__ = [
    "TOKEN",
    "Button",
    "CallbackAnswer",
    "ChatEntry",
    "ChatFile",
    "NotPossibleOnPhone",
    "TelegramApi",
    "Upload",
    "draw_picture",
]
