"""A chat as its people see it: entries with text, buttons and files, as they are now.

An edit replaces the entry under its message_id, a deletion marks it. How entries come about is
left to `world`, what is special about groups to `groups`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from simulators.telegram_api.errors import bad_request, forbidden

if TYPE_CHECKING:
    from simulators.people import Person

Json = dict[str, Any]
FILE_KINDS = ("photo", "document", "voice", "video", "sticker", "audio")
SERVICE_KINDS = (
    "forum_topic_created",
    "forum_topic_edited",
    "forum_topic_closed",
    "forum_topic_reopened",
    "new_chat_members",
    "left_chat_member",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    label: str
    callback: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatFile:
    kind: str
    file_id: str
    name: str = ""
    mime_type: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatEntry:
    """One message. `html` is as the bot sent it, `text` as read; `wire` is Telegram's object.

    `author` is the id of the person who wrote it, or of the bot.
    """

    message_id: int
    sent_at: int
    from_bot: bool
    author: int
    topic: int | None = None
    kind: str
    text: str
    html: str
    entities: tuple[Json, ...] = ()
    buttons: tuple[tuple[Button, ...], ...] = ()
    files: tuple[ChatFile, ...] = ()
    media_group_id: str | None = None
    reply_to: int | None = None
    reactions: tuple[str, ...] = ()
    edited: bool = False
    deleted: bool = False
    wire: Json = field(repr=False, compare=False)

    def button(self, wanted: str) -> Button | None:
        """Find a button by its label or its callback data."""
        for row in self.buttons:
            for button in row:
                if wanted in {button.label, button.callback}:
                    return button
        return None


def entry_of(wire: Json, *, html: str | None = None) -> ChatEntry:
    text = wire.get("text") or wire.get("caption") or ""
    kind = _kind(wire)
    markup = wire.get("reply_markup")
    answered = wire.get("reply_to_message")
    return ChatEntry(
        message_id=wire["message_id"],
        sent_at=wire["date"],
        from_bot=wire["from"]["is_bot"],
        author=wire["from"]["id"],
        topic=wire.get("message_thread_id") if wire.get("is_topic_message") else None,
        kind=kind,
        text=text,
        html=text if html is None else html,
        entities=tuple(wire.get("entities") or wire.get("caption_entities") or ()),
        buttons=_buttons(markup) if markup else (),
        files=(_file(wire, kind),) if kind in FILE_KINDS else (),
        media_group_id=wire.get("media_group_id"),
        reply_to=answered["message_id"] if answered and not _is_beginning(answered) else None,
        edited="edit_date" in wire,
        wire=wire,
    )


def _is_beginning(answered: Json) -> bool:
    """Whether nothing is quoted: what is said in a topic bears the message that began it."""
    return "forum_topic_created" in answered


def _kind(wire: Json) -> str:
    if "text" in wire:
        return "text"
    kinds = (*FILE_KINDS, "contact", "location", "poll", *SERVICE_KINDS)
    return next((kind for kind in kinds if kind in wire), "other")


def _file(wire: Json, kind: str) -> ChatFile:
    part = wire[kind][-1] if kind == "photo" else wire[kind]
    return ChatFile(
        kind=kind,
        file_id=part["file_id"],
        name=part.get("file_name", ""),
        mime_type=part.get("mime_type", "image/jpeg" if kind == "photo" else ""),
        size=part.get("file_size", 0),
    )


def _buttons(markup: Json) -> tuple[tuple[Button, ...], ...]:
    return tuple(
        tuple(
            Button(label=one["text"], callback=one.get("callback_data"), url=one.get("url"))
            for one in row
        )
        for row in markup["inline_keyboard"]
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackAnswer:
    """What the bot answered to a tap: a toast, or an alert that the person must close."""

    callback_query_id: str
    chat_id: int
    user_id: int  # who tapped, and alone sees it
    text: str
    show_alert: bool
    url: str | None
    at: float


@dataclass(slots=True, kw_only=True)
class Topic:
    """A topic of a chat: `id` is the number of the message that began it."""

    id: int
    name: str
    colour: int
    is_closed: bool = False
    is_deleted: bool = False


class Chat:
    """A chat with the bot, be it of one person or of a group."""

    gone = "bot was blocked by the user"

    def __init__(self, wire: Json, instance: str) -> None:
        self.id: int = wire["id"]
        self.instance = instance
        self.wire = wire
        self.entries: dict[int, ChatEntry] = {}
        self.topics: dict[int, Topic] = {}
        self.opened = False  # the bot may write only after the person has
        self.blocked = False
        self.moved_to: int | None = None
        self.version = 0
        self.keyboard: list[list[Json]] = []  # the reply keyboard shown under the chat
        self.action = ""  # "typing" and the like, until the next message of the bot
        self.last_answer: CallbackAnswer | None = None

    def visible(self) -> list[ChatEntry]:
        return [entry for entry in self.entries.values() if not entry.deleted]

    def put(self, entry: ChatEntry) -> None:
        self.entries[entry.message_id] = entry

    def find(self, message_id: object, complaint: str) -> ChatEntry:
        """Give the entry, or refuse with the complaint that fits the method."""
        entry = self.entries.get(message_id) if isinstance(message_id, int) else None
        if entry is None or entry.deleted:
            raise bad_request(complaint)
        return entry

    def delete(self, entry: ChatEntry) -> None:
        self.put(replace(entry, deleted=True))

    def check_open(self) -> None:
        """Refuse when nobody there wants to hear of the bot."""
        if self.blocked:
            raise forbidden(self.gone)

    def topic(self, number: object, complaint: str) -> Topic:
        """Give the topic, unless there is none or it was deleted."""
        topic = self.topics.get(number) if isinstance(number, int) else None
        if topic is None or topic.is_deleted:
            raise bad_request(complaint)
        return topic

    def topic_named(self, beginning: str) -> Topic | None:
        """Give the newest topic whose name begins so and that was not deleted."""
        for topic in reversed(self.topics.values()):
            if topic.name.startswith(beginning) and not topic.is_deleted:
                return topic
        return None


def private_chat(person: Person) -> Chat:
    wire = {"id": person.id, "type": "private", **_names(person)}
    return Chat(wire, str(-7_000_000_000_000 - person.id))


def user_of(person: Person) -> Json:
    """Give a person as a User object."""
    user: Json = {"id": person.id, "is_bot": False, **_names(person)}
    if person.language_code:
        user["language_code"] = person.language_code
    return user


def _names(person: Person) -> Json:
    names: Json = {"first_name": person.first_name}
    if person.last_name:
        names["last_name"] = person.last_name
    if person.username:
        names["username"] = person.username
    return names
