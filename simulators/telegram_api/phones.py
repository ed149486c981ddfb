"""What people do on their phones: write, send files, tap buttons, block the bot.

Each act changes the chat at once and queues the update that Telegram would send; each gives the
new entry. What the bot may do is left to `methods`.
"""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, TypeVar

from simulators.telegram_api.attachments import part_of
from simulators.telegram_api.chats import ChatEntry, Json, entry_of
from simulators.telegram_api.errors import NotPossibleOnPhone
from simulators.telegram_api.files import Upload, draw_picture
from simulators.telegram_api.markup import TEXT_LIMIT, utf16_length
from simulators.telegram_api.world import without_reply

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from simulators.people import Person
    from simulators.telegram_api.chats import Button, CallbackAnswer, Chat
    from simulators.telegram_api.world import World

T = TypeVar("T")
_COMMAND = re.compile(r"^/[A-Za-z0-9_]{1,32}(@\w+)?")


class Phones:
    """The people's side of the simulator."""

    def __init__(self, world: World) -> None:
        self.world = world

    # What people see

    def chat(self, person: Person) -> list[ChatEntry]:
        """Give the whole history, also what was deleted (marked so)."""
        return list(self.world.chat_of(person).entries.values())

    def answers(self, person: Person) -> list[ChatEntry]:
        """Give what the bot has said and not deleted."""
        return [entry for entry in self.world.chat_of(person).visible() if entry.from_bot]

    @property
    def last_answered_callbacks(self) -> list[CallbackAnswer]:
        return self.world.answered_callbacks

    async def until(self, holds: Callable[[], T], *, within: float = 5.0) -> T:
        """Wait until `holds()` is true and give what it gave; TimeoutError when it never was."""
        return await self.world.until(holds, within=within)

    # Words

    def write(self, person: Person, text: str) -> ChatEntry:
        return self._say(person, _text_part(text))

    def press_start(self, person: Person, payload: str = "") -> ChatEntry:
        """Press "Start", perhaps coming from a deep link."""
        if self.world.chat_of(person).blocked:
            self.unblock(person)
        return self.write(person, f"/start {payload}".strip())

    def reply(self, person: Person, message_id: int, text: str, *, quote: str = "") -> ChatEntry:
        """Answer a message by quoting it, or a part of it."""
        answered = self._visible(person, message_id)
        part = {**_text_part(text), "reply_to_message": without_reply(answered.wire)}
        if quote:
            position = answered.text.find(quote)
            if position < 0:
                raise NotPossibleOnPhone(f"{quote!r} is not in the message")
            part["quote"] = {"text": quote, "position": position, "is_manual": True}
        return self._say(person, part)

    def edit(self, person: Person, message_id: int, text: str) -> ChatEntry:
        """Correct an own message: its text, or the caption of its file."""
        entry = self._visible(person, message_id)
        if entry.from_bot:
            raise NotPossibleOnPhone("people can edit only what they wrote")
        part = _text_part(text) if entry.kind == "text" else {"caption": text}
        kept = {name: value for name, value in entry.wire.items() if name != "entities"}
        wire = {**kept, **part, "edit_date": int(time.time())}
        chat = self.world.chat_of(person)
        edited = entry_of(wire, from_bot=False)
        chat.put(edited)
        self.world.updates.emit("edited_message", wire, f"messages:{chat.id}")
        self.world.touch(chat)
        return edited

    # Files

    def send_photo(
        self, person: Person, content: bytes | None = None, *, caption: str = ""
    ) -> ChatEntry:
        upload = Upload(content=content or draw_picture(), mime_type="image/jpeg")
        return self._send(person, "photo", upload, _caption_part(caption))

    def send_album(
        self, person: Person, contents: Sequence[bytes], *, caption: str = ""
    ) -> list[ChatEntry]:
        """Send photos at once: as many messages, the caption at the first."""
        group = {"media_group_id": self.world.next_group_id()}
        return [
            self._send(
                person,
                "photo",
                Upload(content=content, mime_type="image/jpeg"),
                {**group, **_caption_part("" if number else caption)},
            )
            for number, content in enumerate(contents)
        ]

    def send_document(self, person: Person, upload: Upload, *, caption: str = "") -> ChatEntry:
        return self._send(person, "document", upload, _caption_part(caption))

    def send_voice(self, person: Person, content: bytes = b"OggS voice") -> ChatEntry:
        return self._send(person, "voice", Upload(content=content), {})

    def send_video(
        self, person: Person, content: bytes = b"ftyp video", *, caption: str = ""
    ) -> ChatEntry:
        upload = Upload(content=content, name="video.mp4")
        return self._send(person, "video", upload, _caption_part(caption))

    def send_sticker(self, person: Person) -> ChatEntry:
        return self._send(person, "sticker", Upload(content=b"RIFF sticker"), {})

    # Other things

    def share_contact(self, person: Person, whose: Person | None = None) -> ChatEntry:
        """Send the own contact, or the card of somebody else."""
        owner = whose or person
        contact: Json = {
            "phone_number": owner.phone.lstrip("+") or str(owner.id),
            "first_name": owner.first_name,
            "user_id": owner.id,
        }
        if owner.last_name:
            contact["last_name"] = owner.last_name
        return self._say(person, {"contact": contact})

    def share_location(self, person: Person, latitude: float, longitude: float) -> ChatEntry:
        return self._say(person, {"location": {"latitude": latitude, "longitude": longitude}})

    def send_poll(self, person: Person, question: str, options: Sequence[str]) -> ChatEntry:
        poll: Json = {
            "id": self.world.next_callback_id(),
            "question": question,
            "options": [
                {"persistent_id": str(number), "text": text, "voter_count": 0}
                for number, text in enumerate(options)
            ],
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": True,
            "members_only": False,
        }
        return self._say(person, {"poll": poll})

    def tap(self, person: Person, wanted: str, *, message_id: int | None = None) -> str:
        """Tap an inline button, named by label or callback data; gives the callback query's id."""
        chat = self.world.chat_of(person)
        entry, button = _find_button(chat, wanted, message_id)
        if button.callback is None:
            raise NotPossibleOnPhone(f"{wanted!r} opens a page and asks the bot nothing")
        query_id = self.world.next_callback_id()
        self.world.open_callbacks[query_id] = chat
        query = {
            "id": query_id,
            "from": chat.user,
            "message": entry.wire,
            "chat_instance": chat.instance,
            "data": button.callback,
        }
        self.world.updates.emit("callback_query", query, f"taps:{chat.id}")
        return query_id

    def press(self, person: Person, label: str) -> ChatEntry:
        """Press a button of the reply keyboard: it writes its label or shares the contact."""
        for row in self.world.chat_of(person).keyboard:
            for button in row:
                if button.get("text") == label:
                    asks_contact = button.get("request_contact")
                    return (
                        self.share_contact(person) if asks_contact else self.write(person, label)
                    )
        raise NotPossibleOnPhone(f"no button {label!r} under the chat")

    def block(self, person: Person) -> None:
        self._change_membership(person, blocked=True)

    def unblock(self, person: Person) -> None:
        self._change_membership(person, blocked=False)

    # Shared steps

    def _visible(self, person: Person, message_id: int) -> ChatEntry:
        entry = self.world.chat_of(person).entries.get(message_id)
        if entry is None or entry.deleted:
            raise NotPossibleOnPhone(f"no message {message_id} in this chat")
        return entry

    def _send(self, person: Person, kind: str, upload: Upload, extra: Json) -> ChatEntry:
        files = self.world.files
        return self._say(person, {**part_of(files.keep(upload, kind), files), **extra})

    def _say(self, person: Person, content: Json) -> ChatEntry:
        chat = self.world.chat_of(person)
        if chat.blocked:
            raise NotPossibleOnPhone("the person has blocked the bot")
        chat.opened = True
        entry = self.world.post(chat, content, from_bot=False)
        self.world.updates.emit("message", entry.wire, f"messages:{chat.id}")
        return entry

    def _change_membership(self, person: Person, *, blocked: bool) -> None:
        chat = self.world.chat_of(person)
        if chat.blocked == blocked:
            return
        chat.blocked = blocked
        bot = {name: self.world.bot[name] for name in ("id", "is_bot", "first_name", "username")}
        member = {"status": "member", "user": bot}
        kicked = {"status": "kicked", "user": bot, "until_date": 0}
        change = {
            "chat": chat.wire,
            "from": chat.user,
            "date": int(time.time()),
            "old_chat_member": member if blocked else kicked,
            "new_chat_member": kicked if blocked else member,
        }
        self.world.updates.emit("my_chat_member", change, f"membership:{chat.id}")
        self.world.touch(chat)


def _text_part(written: str) -> Json:
    text = written.strip()
    if not 1 <= utf16_length(text) <= TEXT_LIMIT:
        raise NotPossibleOnPhone(f"the app sends 1 to {TEXT_LIMIT} characters at once")
    command = _COMMAND.match(text)
    if command is None:
        return {"text": text}
    entity = {"type": "bot_command", "offset": 0, "length": command.end()}
    return {"text": text, "entities": [entity]}


def _caption_part(caption: str) -> Json:
    return {"caption": caption} if caption else {}


def _find_button(chat: Chat, wanted: str, message_id: int | None) -> tuple[ChatEntry, Button]:
    for entry in reversed(chat.entries.values()):
        if entry.deleted or message_id not in {None, entry.message_id}:
            continue
        button = entry.button(wanted)
        if button is not None:
            return entry, button
    raise NotPossibleOnPhone(f"no button {wanted!r} to be seen")
