"""Everything the simulator remembers: chats, files, updates, and who waits for a change.

Lives in one event loop; nothing here is thread-safe. The two sides act on it: `phones` for the
people, `methods` and its siblings for the bot.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, TypeVar

from simulators.telegram_api.chats import CallbackAnswer, Chat, ChatEntry, Json, entry_of
from simulators.telegram_api.errors import bad_request, forbidden
from simulators.telegram_api.files import FileStore
from simulators.telegram_api.updates import UpdateQueue

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulators.people import Person
    from simulators.telegram_api.calls import Call
    from simulators.telegram_api.webhook import Webhook

T = TypeVar("T")
FIRST_MESSAGE_ID = 1001
FIRST_UPDATE_ID = 870_000_001
FIRST_CALLBACK_ID = 4_300_000_000_000_001


class World:
    def __init__(self, bot: Json, webhook: Callable[[UpdateQueue], Webhook]) -> None:
        self.bot = bot  # as a User object
        self.chats: dict[int, Chat] = {}
        self.files = FileStore()
        self.updates = UpdateQueue(FIRST_UPDATE_ID)
        self.webhook = webhook(self.updates)
        self.open_callbacks: dict[str, Chat] = {}
        self.answered_callbacks: list[CallbackAnswer] = []
        self.profile: dict[tuple[str, ...], object] = {}  # commands and descriptions
        self.version = 0
        self._message_id = FIRST_MESSAGE_ID
        self._callback_id = FIRST_CALLBACK_ID
        self._waiting: list[asyncio.Future[None]] = []
        self.updates.on_progress = self.wake

    def chat_of(self, person: Person) -> Chat:
        chat = self.chats.get(person.id)
        if chat is None:
            chat = self.chats[person.id] = Chat(person, str(-7_000_000_000_000 - person.id))
        return chat

    def chat_named(self, call: Call) -> Chat:
        """Find the chat that a call is about; a chat exists once its person wrote."""
        chat_id = call.params.get("chat_id", "")
        if chat_id == "":
            raise bad_request("chat_id is empty")
        chat = self.chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None or not chat.opened:
            raise bad_request("chat not found")
        return chat

    def chat_reached(self, call: Call) -> Chat:
        """Find the chat and refuse when its person does not want to hear of the bot."""
        chat = self.chat_named(call)
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        return chat

    def post(
        self, chat: Chat, content: Json, *, from_bot: bool, html: str | None = None
    ) -> ChatEntry:
        """Put a new message into a chat."""
        wire = {
            "message_id": self._message_id,
            "from": self.bot if from_bot else chat.user,
            "chat": chat.wire,
            "date": int(time.time()),
            **content,
        }
        self._message_id += 1
        entry = entry_of(wire, from_bot=from_bot, html=html)
        chat.put(entry)
        self.touch(chat)
        return entry

    def next_callback_id(self) -> str:
        self._callback_id += 1
        return str(self._callback_id)

    def next_group_id(self) -> str:
        return str(13_000_000_000_000_000 + self._message_id)

    def touch(self, chat: Chat) -> None:
        """Mark a chat as changed and wake those who wait."""
        self.version += 1
        chat.version = self.version
        self.wake()

    def wake(self) -> None:
        waiting, self._waiting = self._waiting, []
        for future in waiting:
            if not future.done():
                future.set_result(None)

    async def until(self, holds: Callable[[], T], *, within: float) -> T:
        """Wait until `holds()` is true, looked at after each change; give what it gave."""
        found = holds()
        if found:
            return found
        async with asyncio.timeout(within):
            while not found:
                future = asyncio.get_running_loop().create_future()
                self._waiting.append(future)
                await future
                found = holds()
        return found


def without_reply(wire: Json) -> Json:
    """Give a message as it is shown inside another: a reply shows no second level."""
    return {name: value for name, value in wire.items() if name != "reply_to_message"}
