"""What people do on their phones: write, send files, tap buttons, block the bot.

Each act changes the chat at once and queues the update that Telegram would send; each gives the
new entry. Who acts is a person in the own chat with the bot, or wherever their seat is. What is
done to groups and topics themselves is left to `group_phones`, what the bot may do to `methods`.
"""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, TypeVar

from simulators.people import Person
from simulators.telegram_api.attachments import part_of
from simulators.telegram_api.chats import ChatEntry, Json, entry_of, user_of
from simulators.telegram_api.errors import NotPossibleOnPhone
from simulators.telegram_api.files import Upload, draw_picture
from simulators.telegram_api.groups import Group, Seat
from simulators.telegram_api.markup import TEXT_LIMIT, utf16_length
from simulators.telegram_api.world import topic_part, without_reply

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from simulators.telegram_api.chats import Button, CallbackAnswer, Chat
    from simulators.telegram_api.world import World

T = TypeVar("T")
Who = Person | Seat
_COMMAND = re.compile(r"^/[A-Za-z0-9_]{1,32}(@\w+)?")


class Phones:
    """The people's side of the simulator."""

    def __init__(self, world: World) -> None:
        self.world = world

    # What people see

    def chat(self, who: Who) -> list[ChatEntry]:
        """Give the whole history, also what was deleted (marked so); of a topic, if in one."""
        seat = seat_of(who)
        entries = self.world.chat_at(seat).entries.values()
        return [entry for entry in entries if seat.topic in {None, entry.topic}]

    def answers(self, who: Who) -> list[ChatEntry]:
        """Give what the bot has said and not deleted."""
        return [entry for entry in self.chat(who) if entry.from_bot and not entry.deleted]

    @property
    def last_answered_callbacks(self) -> list[CallbackAnswer]:
        return self.world.answered_callbacks

    async def until(self, holds: Callable[[], T], *, within: float = 5.0) -> T:
        """Wait until `holds()` is true and give what it gave; TimeoutError when it never was."""
        return await self.world.until(holds, within=within)

    # Words

    def write(self, who: Who, text: str) -> ChatEntry:
        return self._say(who, _text_part(text))

    def press_start(self, who: Who, payload: str = "") -> ChatEntry:
        """Press "Start", perhaps coming from a deep link."""
        if self.world.chat_of(seat_of(who).person).blocked:
            self.unblock(who)
        return self.write(who, f"/start {payload}".strip())

    def reply(self, who: Who, message_id: int, text: str, *, quote: str = "") -> ChatEntry:
        """Answer a message by quoting it, or a part of it."""
        answered = self._visible(who, message_id)
        part = {**_text_part(text), **_reply_part(seat_of(who), answered)}
        if quote:
            position = answered.text.find(quote)
            if position < 0:
                raise NotPossibleOnPhone(f"{quote!r} is not in the message")
            part["quote"] = {"text": quote, "position": position, "is_manual": True}
        return self._say(who, part)

    def edit(self, who: Who, message_id: int, text: str) -> ChatEntry:
        """Correct an own message: its text, or the caption of its file."""
        entry, chat = self._visible(who, message_id), self.world.chat_at(seat_of(who))
        if entry.author != seat_of(who).person.id:
            raise NotPossibleOnPhone("people can edit only what they wrote")
        part = _text_part(text) if entry.kind == "text" else {"caption": text}
        kept = {name: value for name, value in entry.wire.items() if name != "entities"}
        wire = {**kept, **part, "edit_date": int(time.time())}
        edited = entry_of(wire)
        chat.put(edited)
        self._tell("edited_message", chat, edited)
        self.world.touch(chat)
        return edited

    # Files

    def send_photo(
        self, who: Who, content: bytes | None = None, *, caption: str = ""
    ) -> ChatEntry:
        upload = Upload(content=content or draw_picture(), mime_type="image/jpeg")
        return self._send(who, "photo", upload, _caption_part(caption))

    def send_album(
        self, who: Who, contents: Sequence[bytes], *, caption: str = ""
    ) -> list[ChatEntry]:
        """Send photos at once: as many messages, the caption at the first."""
        group = {"media_group_id": self.world.next_group_id()}
        return [
            self._send(
                who,
                "photo",
                Upload(content=content, mime_type="image/jpeg"),
                {**group, **_caption_part("" if number else caption)},
            )
            for number, content in enumerate(contents)
        ]

    def send_document(self, who: Who, upload: Upload, *, caption: str = "") -> ChatEntry:
        return self._send(who, "document", upload, _caption_part(caption))

    def send_voice(self, who: Who, content: bytes = b"OggS voice") -> ChatEntry:
        return self._send(who, "voice", Upload(content=content), {})

    def send_video(
        self, who: Who, content: bytes = b"ftyp video", *, caption: str = ""
    ) -> ChatEntry:
        upload = Upload(content=content, name="video.mp4")
        return self._send(who, "video", upload, _caption_part(caption))

    def send_sticker(self, who: Who) -> ChatEntry:
        return self._send(who, "sticker", Upload(content=b"RIFF sticker"), {})

    # Other things

    def share_contact(self, who: Who, whose: Person | None = None) -> ChatEntry:
        """Send the own contact, or the card of somebody else."""
        owner = whose or seat_of(who).person
        contact: Json = {
            "phone_number": owner.phone.lstrip("+") or str(owner.id),
            "first_name": owner.first_name,
            "user_id": owner.id,
        }
        if owner.last_name:
            contact["last_name"] = owner.last_name
        return self._say(who, {"contact": contact})

    def share_location(self, who: Who, latitude: float, longitude: float) -> ChatEntry:
        return self._say(who, {"location": {"latitude": latitude, "longitude": longitude}})

    def send_poll(self, who: Who, question: str, options: Sequence[str]) -> ChatEntry:
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
        return self._say(who, {"poll": poll})

    def tap(self, who: Who, wanted: str, *, message_id: int | None = None) -> str:
        """Tap an inline button, named by label or callback data; gives the callback query's id."""
        entry, button = _find_button(self.chat(who), wanted, message_id)
        if button.callback is None:
            raise NotPossibleOnPhone(f"{wanted!r} opens a page and asks the bot nothing")
        return self._query(seat_of(who), entry, button.callback)

    def tap_anyway(self, who: Who, callback: str, message_id: int) -> str:
        """Tap what an app shows that has missed an edit, or send what no button holds at all."""
        return self._query(seat_of(who), self._visible(who, message_id), callback)

    def _query(self, seat: Seat, entry: ChatEntry, callback: str) -> str:
        chat = self.world.chat_at(seat)
        _check_member(chat, seat.person)
        query_id = self.world.next_callback_id()
        self.world.open_callbacks[query_id] = (chat, seat.person.id)
        query = {
            "id": query_id,
            "from": user_of(seat.person),
            "message": entry.wire,
            "chat_instance": chat.instance,
            "data": callback,
        }
        self.world.updates.emit("callback_query", query, f"taps:{seat.person.id}")
        return query_id

    def press(self, who: Who, label: str) -> ChatEntry:
        """Press a button of the reply keyboard: it writes its label or shares the contact."""
        for row in self.world.chat_at(seat_of(who)).keyboard:
            for button in row:
                if button.get("text") == label:
                    asks_contact = button.get("request_contact")
                    return self.share_contact(who) if asks_contact else self.write(who, label)
        raise NotPossibleOnPhone(f"no button {label!r} under the chat")

    def block(self, who: Who) -> None:
        self._change_membership(seat_of(who).person, blocked=True)

    def unblock(self, who: Who) -> None:
        self._change_membership(seat_of(who).person, blocked=False)

    # Shared steps

    def _visible(self, who: Who, message_id: int) -> ChatEntry:
        entry = self.world.chat_at(seat_of(who)).entries.get(message_id)
        if entry is None or entry.deleted:
            raise NotPossibleOnPhone(f"no message {message_id} in this chat")
        return entry

    def _send(self, who: Who, kind: str, upload: Upload, extra: Json) -> ChatEntry:
        files = self.world.files
        return self._say(who, {**part_of(files.keep(upload, kind), files), **extra})

    def _say(self, who: Who, content: Json) -> ChatEntry:
        seat = seat_of(who)
        chat = self.world.chat_at(seat)
        _check_may_write(chat, seat)
        chat.opened = True
        part = topic_part(chat, seat.topic)
        entry = self.world.post(chat, {**part, **content}, seat.person)
        self._tell("message", chat, entry)
        return entry

    def _tell(self, kind: str, chat: Chat, entry: ChatEntry) -> None:
        """Let the bot know, unless it is a group's talk among people."""
        if not isinstance(chat, Group) or chat.has_rights or self._is_for_bot(chat, entry):
            self.world.updates.emit(kind, entry.wire, f"messages:{chat.id}")

    def _is_for_bot(self, chat: Chat, entry: ChatEntry) -> bool:
        answered = chat.entries.get(entry.reply_to or 0)
        quotes_bot = answered is not None and answered.from_bot
        named = f"@{self.world.bot['username']}" in entry.text
        return quotes_bot or named or entry.text.startswith("/")

    def _change_membership(self, person: Person, *, blocked: bool) -> None:
        chat = self.world.chat_of(person)
        if chat.blocked == blocked:
            return
        chat.blocked = blocked
        bot = self.world.bot_as_user
        member = {"status": "member", "user": bot}
        kicked = {"status": "kicked", "user": bot, "until_date": 0}
        change = {
            "chat": chat.wire,
            "from": user_of(person),
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


def seat_of(who: Who) -> Seat:
    return Seat(who) if isinstance(who, Person) else who


def _reply_part(seat: Seat, answered: ChatEntry) -> Json:
    part: Json = {"reply_to_message": without_reply(answered.wire)}
    if seat.group is not None and seat.topic is None:
        # A thread of replies outside of topics: nothing can be sent there by its number.
        part["message_thread_id"] = answered.wire.get("message_thread_id", answered.message_id)
    return part


def _check_member(chat: Chat, person: Person) -> None:
    if isinstance(chat, Group) and person.id not in chat.members:
        raise NotPossibleOnPhone(f"{person.first_name} is not in the group")


def _check_may_write(chat: Chat, seat: Seat) -> None:
    if isinstance(chat, Group):
        _check_member(chat, seat.person)
    elif chat.blocked:
        raise NotPossibleOnPhone("the person has blocked the bot")
    if chat.moved_to is not None:
        raise NotPossibleOnPhone("the group has become a supergroup")
    if seat.topic is None:
        return
    topic = chat.topics.get(seat.topic)
    if topic is None or topic.is_deleted:
        raise NotPossibleOnPhone("there is no such topic")
    if topic.is_closed and not (isinstance(chat, Group) and seat.person is chat.owner):
        raise NotPossibleOnPhone("the topic is closed")


def _find_button(
    entries: Sequence[ChatEntry], wanted: str, message_id: int | None
) -> tuple[ChatEntry, Button]:
    for entry in reversed(entries):
        if entry.deleted or message_id not in {None, entry.message_id}:
            continue
        button = entry.button(wanted)
        if button is not None:
            return entry, button
    raise NotPossibleOnPhone(f"no button {wanted!r} to be seen")
