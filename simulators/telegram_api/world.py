"""Everything the simulator remembers: chats, files, updates, and who waits for a change.

Lives in one event loop; nothing here is thread-safe. The two sides act on it: `phones` for the
people, `methods` and its siblings for the bot.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

from simulators.bell import Bell
from simulators.telegram_api.chats import (
    CallbackAnswer,
    Chat,
    ChatEntry,
    Json,
    entry_of,
    private_chat,
    user_of,
)
from simulators.telegram_api.errors import bad_request, moved
from simulators.telegram_api.files import FileStore
from simulators.telegram_api.groups import Group
from simulators.telegram_api.updates import UpdateQueue

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulators.people import Person
    from simulators.telegram_api.calls import Call
    from simulators.telegram_api.groups import Seat
    from simulators.telegram_api.webhook import Webhook

T = TypeVar("T")
FIRST_MESSAGE_ID = 1001
FIRST_UPDATE_ID = 870_000_001
FIRST_CALLBACK_ID = 4_300_000_000_000_001
_SHOWN_OF_BOT = ("id", "is_bot", "first_name", "username")


class World:
    """What one bot sees: its chats, files and updates. Bots of one Telegram share a bell."""

    def __init__(
        self, bot: Json, webhook: Callable[[UpdateQueue], Webhook], bell: Bell | None = None
    ) -> None:
        self.bot = bot  # as a User object, with what only getMe tells
        self.bot_as_user = {name: bot[name] for name in _SHOWN_OF_BOT}
        self.chats: dict[int, Chat] = {}
        self.files = FileStore()
        self.updates = UpdateQueue(FIRST_UPDATE_ID)
        self.webhook = webhook(self.updates)
        self.open_callbacks: dict[str, tuple[Chat, int]] = {}  # where, and who tapped
        self.answered_callbacks: list[CallbackAnswer] = []
        self.profile: dict[tuple[str, ...], object] = {}  # commands and descriptions
        self.version = 0
        self.next_message_id = FIRST_MESSAGE_ID
        self._callback_id = FIRST_CALLBACK_ID
        self._bell = bell or Bell()
        self.wake = self._bell.ring
        self.updates.on_progress = self.wake

    def chat_of(self, person: Person) -> Chat:
        chat = self.chats.get(person.id)
        if chat is None:
            chat = self.chats[person.id] = private_chat(person)
        return chat

    def chat_at(self, seat: Seat) -> Chat:
        return seat.group or self.chat_of(seat.person)

    def groups(self) -> list[Group]:
        return [chat for chat in self.chats.values() if isinstance(chat, Group)]

    def chat_named(self, call: Call) -> Chat:
        """Find the chat that a call is about; a chat exists once its person wrote."""
        chat_id = call.params.get("chat_id", "")
        if chat_id == "":
            raise bad_request("chat_id is empty")
        chat = self.chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None or not chat.opened:
            raise bad_request("chat not found")
        if chat.moved_to is not None:
            raise moved(chat.moved_to)
        if isinstance(chat, Group):
            chat.check_open()
        return chat

    def chat_reached(self, call: Call) -> Chat:
        """Find the chat and refuse when nobody there wants to hear of the bot."""
        chat = self.chat_named(call)
        chat.check_open()
        return chat

    def post(
        self, chat: Chat, content: Json, by: Person | None, *, html: str | None = None
    ) -> ChatEntry:
        """Put a new message into a chat, the bot's unless it is `by` somebody."""
        wire = {
            "message_id": self.next_message_id,
            "from": self.bot_as_user if by is None else user_of(by),
            "chat": chat.wire,
            "date": int(time.time()),
            **content,
        }
        self.next_message_id += 1
        entry = entry_of(wire, html=html)
        chat.put(entry)
        self.touch(chat)
        return entry

    def announce(
        self, chat: Chat, content: Json, topic: int | None = None, by: Person | None = None
    ) -> ChatEntry:
        """Put a service message into a chat; of topics the bot hears what it has done itself."""
        entry = self.post(chat, {**content, **topic_part(chat, topic)}, by)
        if by is not None or topic is not None:
            self.updates.emit("message", entry.wire, f"messages:{chat.id}")
        return entry

    def next_callback_id(self) -> str:
        self._callback_id += 1
        return str(self._callback_id)

    def next_group_id(self) -> str:
        return str(13_000_000_000_000_000 + self.next_message_id)

    def touch(self, chat: Chat) -> None:
        """Mark a chat as changed and wake those who wait."""
        self.version += 1
        chat.version = self.version
        self.wake()

    async def until(self, holds: Callable[[], T], *, within: float) -> T:
        """Wait until `holds()` is true, looked at after each change; give what it gave."""
        return await self._bell.until(holds, within=within)


def topic_part(chat: Chat, topic: int | None) -> Json:
    """Give what a message bears of its topic.

    In a group whatever quotes nothing bears the message that began the topic as if quoted.
    """
    if topic is None:
        return {}
    part: Json = {"message_thread_id": topic, "is_topic_message": True}
    begun = chat.entries.get(topic)
    if begun is not None and isinstance(chat, Group):
        part["reply_to_message"] = without_reply(begun.wire)
    return part


def without_reply(wire: Json) -> Json:
    """Give a message as it is shown inside another: a reply shows no second level."""
    return {name: value for name, value in wire.items() if name != "reply_to_message"}
