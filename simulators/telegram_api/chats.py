"""A private chat as its person sees it: entries with text, buttons and files, as they are now.

An edit replaces the entry under its message_id, a deletion marks it. How entries come about is
left to `world`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from simulators.telegram_api.errors import bad_request

if TYPE_CHECKING:
    from simulators.people import Person

Json = dict[str, Any]
FILE_KINDS = ("photo", "document", "voice", "video", "sticker", "audio")


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
    """One message. `html` is as the bot sent it, `text` as read; `wire` is Telegram's object."""

    message_id: int
    sent_at: int
    from_bot: bool
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


def entry_of(wire: Json, *, from_bot: bool, html: str | None = None) -> ChatEntry:
    text = wire.get("text") or wire.get("caption") or ""
    kind = _kind(wire)
    markup = wire.get("reply_markup")
    answered = wire.get("reply_to_message")
    return ChatEntry(
        message_id=wire["message_id"],
        sent_at=wire["date"],
        from_bot=from_bot,
        kind=kind,
        text=text,
        html=text if html is None else html,
        entities=tuple(wire.get("entities") or wire.get("caption_entities") or ()),
        buttons=_buttons(markup) if markup else (),
        files=(_file(wire, kind),) if kind in FILE_KINDS else (),
        media_group_id=wire.get("media_group_id"),
        reply_to=answered["message_id"] if answered else None,
        edited="edit_date" in wire,
        wire=wire,
    )


def _kind(wire: Json) -> str:
    if "text" in wire:
        return "text"
    kinds = (*FILE_KINDS, "contact", "location", "poll")
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
    text: str
    show_alert: bool
    url: str | None
    at: float


class Chat:
    """The private chat of one person with the bot."""

    def __init__(self, person: Person, instance: str) -> None:
        self.person = person
        self.id = person.id
        self.instance = instance
        names: Json = {"first_name": person.first_name}
        if person.last_name:
            names["last_name"] = person.last_name
        if person.username:
            names["username"] = person.username
        self.wire: Json = {"id": person.id, "type": "private", **names}
        self.user: Json = {"id": person.id, "is_bot": False, **names}
        if person.language_code:
            self.user["language_code"] = person.language_code
        self.entries: dict[int, ChatEntry] = {}
        self.opened = False  # the bot may write only after the person has
        self.blocked = False
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
