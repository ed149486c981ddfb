"""A simulated Telegram: the Bot API over real HTTP for its bots, and phones for their people.

Covers private chats and groups, both with topics. Not simulated: channels, inline mode, payments,
Markdown, rate limits but those of groups (see `flood` and `simulators.faults`), the expiry of old
updates, answers in the webhook's response, who but the owner may manage a group.
"""

from simulators.telegram_api.bots import SimulatedBot
from simulators.telegram_api.chats import Button, CallbackAnswer, ChatEntry, ChatFile, Topic
from simulators.telegram_api.errors import NotPossibleOnPhone
from simulators.telegram_api.files import Upload, draw_picture
from simulators.telegram_api.groups import Group, Seat
from simulators.telegram_api.server import AGENTS_TOKEN, TOKEN, TelegramApi

__all__ = [
    "AGENTS_TOKEN",
    "TOKEN",
    "Button",
    "CallbackAnswer",
    "ChatEntry",
    "ChatFile",
    "Group",
    "NotPossibleOnPhone",
    "Seat",
    "SimulatedBot",
    "TelegramApi",
    "Topic",
    "Upload",
    "draw_picture",
]
