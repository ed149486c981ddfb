"""What people do on their phones, and what the simulator remembers of it.

Lives in one event loop; nothing here is thread-safe.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

import orjson

from simulators.bell import Bell
from simulators.chat_files import ChatFiles
from simulators.telegram_api.errors import NotPossibleOnPhone
from simulators.viber_api.callbacks import Callbacks
from simulators.viber_api.chats import Chat, Entry

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulators.chat_files import ChatFile
    from simulators.people import Person
    from simulators.telegram_api.files import Upload
    from simulators.viber_api.chats import Json

T = TypeVar("T")
FIRST_TOKEN = 5_741_311_803_571_721_000
FIRST_NUMBER = 1001


class Phones:
    """The chats of everybody, and the queue of callbacks that they cause."""

    def __init__(self, token: str, pace: float) -> None:
        self.url = ""
        self.chats: dict[int, Chat] = {}  # by person
        self.files = ChatFiles()
        self._bell = Bell()
        self.version = 0
        self.callbacks = Callbacks(token, pace=pace, on_progress=self._bell.ring)
        self._token = FIRST_TOKEN
        self._number = FIRST_NUMBER

    # people

    async def open_chat(self, person: Person, context: str = "") -> None:
        """For the first time: the bot's answer to the event is shown as its welcome."""
        chat = self.chat_of(person)
        chat.welcomed = True
        about = {
            "message_token": self.next_token(),
            "type": "open",
            "user": chat.user,
            "subscribed": chat.subscribed,
        }
        if context:
            about["context"] = context
        answer = await self.callbacks.ask(self.event("conversation_started", about))
        if answer and not chat.subscribed:
            self.post(chat, orjson.loads(answer), from_bot=True)
        self.touch(chat)

    def write(self, person: Person, text: str) -> Entry:
        return self._say(person, {"type": "text", "text": text})

    def send_file(self, person: Person, upload: Upload, text: str = "") -> Entry:
        """A picture, which may have words with it, a video or any other file."""
        name, mime_type, content = upload.name, upload.mime_type, upload.content
        major = mime_type.partition("/")[0]
        kind = {"image": "picture", "video": "video"}.get(major, "file")
        kept = self.files.keep(kind, name, mime_type, content)
        media = f"{self.url}/files/{kept.file_id}/{kept.file_id}"
        message = {"type": kind, "media": media, "file_name": name, "size": upload.size}
        if text:
            message["text"] = text
        return self._say(person, message, (kept,))

    def share_phone(self, person: Person) -> Entry:
        contact = {"name": person.full_name, "phone_number": person.phone.lstrip("+")}
        return self._say(person, {"type": "contact", "contact": contact})

    def tap(self, person: Person, wanted: str) -> Entry | None:
        """Press a button of the keyboard; None where it only opens a page."""
        chat = self.chat_of(person)
        button = chat.button(wanted)
        if button is None:
            raise NotPossibleOnPhone(f"no button {wanted!r}")
        match button.get("ActionType", "reply"):
            case "reply":
                shown = not button.get("Silent", False)
                message = {"type": "text", "text": button["ActionBody"]}
                return self._say(person, message, is_shown=shown)
            case "share-phone":
                return self.share_phone(person)
            case _:
                return None

    def read(self, person: Person) -> None:
        """The chat is looked at: each message that came is reported as seen, once."""
        chat = self.chat_of(person)
        came = [entry for entry in chat.entries if entry.from_bot and entry.token]
        for entry in came[chat.seen :]:
            about = {"message_token": entry.token, "user_id": chat.user_id}
            self.callbacks.emit(self.event("seen", about))
        chat.seen = len(came)

    def unsubscribe(self, person: Person) -> None:
        chat = self.chat_of(person)
        chat.subscribed, chat.blocked = False, True
        self._tell_of_subscription(chat, "unsubscribed", {"user_id": chat.user_id})

    def subscribe(self, person: Person) -> None:
        chat = self.chat_of(person)
        chat.subscribed, chat.blocked = True, False
        self._tell_of_subscription(chat, "subscribed", {"user": chat.user})

    def answers(self, person: Person) -> list[Entry]:
        return [entry for entry in self.chat_of(person).entries if entry.from_bot]

    # what is remembered

    def chat_of(self, person: Person) -> Chat:
        chat = self.chats.get(person.id)
        if chat is None:
            chat = self.chats[person.id] = Chat(person)
        return chat

    def chat_by_id(self, user_id: str) -> Chat | None:
        return next((chat for chat in self.chats.values() if chat.user_id == user_id), None)

    def post(
        self, chat: Chat, wire: Json, *, from_bot: bool, files: tuple[ChatFile, ...] = ()
    ) -> Entry:
        """Put a message into a chat; the keyboard of the bot's newest replaces the one before."""
        entry = Entry(
            number=self._number,
            token=self.next_token(),
            sent_at=int(time.time()),
            from_bot=from_bot,
            kind=wire["type"],
            text=wire.get("text") or _words_of(wire),
            files=files,
            wire=wire,
        )
        self._number += 1
        chat.entries.append(entry)
        if from_bot:
            keyboard = wire.get("keyboard") or {}
            chat.keyboard = list(keyboard.get("Buttons", []))
        self.touch(chat)
        return entry

    def event(self, kind: str, about: Json) -> Json:
        usual = {"message_token": self.next_token()} if "message_token" not in about else {}
        return {"event": kind, "timestamp": int(time.time() * 1000), **usual, **about}

    def next_token(self) -> int:
        self._token += 1
        return self._token

    def touch(self, chat: Chat) -> None:
        self.version += 1
        chat.version = self.version
        self._bell.ring()

    async def until(self, holds: Callable[[], T], *, within: float = 5.0) -> T:
        """Wait until `holds()` is true, looked at after each change; give what it gave."""
        return await self._bell.until(holds, within=within)

    def _say(
        self,
        person: Person,
        message: Json,
        files: tuple[ChatFile, ...] = (),
        *,
        is_shown: bool = True,
    ) -> Entry:
        """Whoever writes is subscribed by it, without an event of its own."""
        chat = self.chat_of(person)
        if chat.blocked:
            raise NotPossibleOnPhone("the bot is blocked")
        chat.subscribed, chat.welcomed, chat.unanswered = True, True, 0
        entry = self.post(chat, message, from_bot=False, files=files)
        if not is_shown:
            chat.entries.remove(entry)
        about = {
            "message_token": entry.token,
            "sender": chat.user,
            "message": message,
            "silent": not is_shown,
        }
        self.callbacks.emit(self.event("message", about))
        return entry

    def _tell_of_subscription(self, chat: Chat, kind: str, about: Json) -> None:
        self.callbacks.emit(self.event(kind, about))
        self.touch(chat)


def _words_of(wire: Json) -> str:
    contact = wire.get("contact")
    return f"{contact['name']} +{contact['phone_number']}" if contact else ""
