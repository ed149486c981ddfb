"""Makes of the agents' bot's updates what they say, from their plain JSON.

Pure: needs no library of Telegram's. What a message carries is read by `bots.bot_parts`.
"""

import re
from collections.abc import Callable
from typing import Any

from bots.bot_parts import read_part
from bots.bot_words import words_of
from bots.shape import Json, as_moment, as_number, as_object, as_text, read_json
from intake.companion.said import Said, SaidKind
from intake.errors import Unreadable
from intake.messages import Envelope, MessageKind

_COMMAND = re.compile(r"/(\w{1,64})(?:@(\w+))?(?:\s+(.*))?", re.DOTALL)
_OUT = ("kicked", "left")


def translate(envelope: Envelope) -> Said:
    """Read one update. Raises Unreadable when it has no shape to work with."""
    try:
        update = as_object(read_json(envelope.payload))
    except ValueError as error:
        raise Unreadable("no JSON") from error
    if as_number(update.get("update_id")) is None:
        raise Unreadable("no update of Telegram's")
    for kind, read in _READERS.items():
        if kind in update:
            content = update[kind]
            if not isinstance(content, dict):
                raise Unreadable(f"{kind} is no object")
            return read(content, envelope)
    return Said(kind=SaidKind.NOTHING)


def place_of(update: Json) -> str:
    """The chat and topic that an update belongs to: updates of one place wait for one another."""
    for kind, content in update.items():
        if kind == "update_id" or not isinstance(content, dict):
            continue
        message = as_object(content.get("message")) or content
        chat_id = as_number(as_object(message.get("chat")).get("id"))
        if chat_id is None:
            chat_id = as_number(as_object(content.get("from")).get("id"))
        topic = _topic_of(message)
        return ":".join(filter(None, [str(chat_id or "unplaced"), topic]))
    return "unplaced"


def _read_message(content: Json, envelope: Envelope) -> Said:
    chat, chat_id = _chat_of(content)
    moved_to = as_number(content.get("migrate_to_chat_id"))
    author = as_object(content.get("from"))
    user_id = as_number(author.get("id"))
    if moved_to is not None:
        return Said(kind=SaidKind.MOVED, chat=chat_id, moved_to=str(moved_to))
    if user_id is None or author.get("is_bot") is True:
        return _read_nobodys(content, chat_id, is_own=str(user_id) == envelope.account)
    sent_at = as_moment(content.get("date")) or envelope.received_at
    part = read_part({**content, "text": ""} if "text" in content else content, sent_at)
    if part.kind is MessageKind.IRRELEVANT:
        return Said(kind=SaidKind.NOTHING)
    place = _place(content, chat, chat_id, author)
    text = words_of(content) or words_of(content, "caption") or part.text
    command = _COMMAND.fullmatch(text.strip()) if "text" in content else None
    if command is not None:
        name, rest = command[1].lower(), (command[3] or "").strip()
        bot = (command[2] or "").lower()
        return Said(kind=SaidKind.COMMAND, command=name, bot=bot, text=rest, **place)
    is_unsupported = part.kind is MessageKind.UNSUPPORTED
    return Said(
        kind=SaidKind.TEXT,
        text="" if is_unsupported else text.strip(),
        files=part.files,
        album=as_text(content.get("media_group_id")),
        **place,
    )


def _read_nobodys(content: Json, chat_id: str, *, is_own: bool) -> Said:
    """A bot's words, or those of somebody who writes as the group or as a channel."""
    made = as_object(content.get("forum_topic_created"))
    if made and is_own:
        topic, name = _topic_of(content), as_text(made.get("name"))
        return Said(kind=SaidKind.TOPIC_MADE, chat=chat_id, topic=topic, text=name)
    kind = SaidKind.NAMELESS if "sender_chat" in content else SaidKind.NOTHING
    return Said(kind=kind, chat=chat_id, topic=_topic_of(content))


def _read_edit(content: Json, _envelope: Envelope) -> Said:
    """New words. A moving live location comes as an edit too, and says nothing."""
    chat, chat_id = _chat_of(content)
    author = as_object(content.get("from"))
    text = words_of(content) or words_of(content, "caption")
    edited_at = as_moment(content.get("edit_date"))
    if as_number(author.get("id")) is None or not text.strip() or edited_at is None:
        return Said(kind=SaidKind.NOTHING)
    place = _place(content, chat, chat_id, author)
    album = as_text(content.get("media_group_id"))
    return Said(kind=SaidKind.EDIT, text=text.strip(), album=album, edited_at=edited_at, **place)


def _read_tap(content: Json, _envelope: Envelope) -> Said:
    """The message that was tapped stands in `quoted_id`."""
    author = as_object(content.get("from"))
    tap_id, user_id = as_text(content.get("id")), as_number(author.get("id"))
    if not tap_id or user_id is None:
        raise Unreadable("a tap without an id or a person")
    message = as_object(content.get("message"))
    chat = as_object(message.get("chat")) or {"id": user_id, "type": "private"}
    return Said(
        kind=SaidKind.TAP,
        chat=str(as_number(chat.get("id")) or user_id),
        is_private=chat.get("type") == "private",
        topic=_topic_of(message),
        user_id=user_id,
        language=_language_of(author),
        quoted_id=_id_of(message),
        tap=as_text(content.get("data")),
        tap_id=tap_id,
    )


def _read_membership(content: Json, _envelope: Envelope) -> Said:
    chat, chat_id = _chat_of(content)
    status = as_text(as_object(content.get("new_chat_member")).get("status"))
    user_id = as_number(as_object(content.get("from")).get("id")) or 0
    if chat.get("type") == "private":
        kind = SaidKind.GONE if status in _OUT else SaidKind.NOTHING
        return Said(kind=kind, chat=chat_id, user_id=user_id)
    standing = as_object(content.get("new_chat_member"))
    is_out = status in _OUT or standing.get("is_member") is False
    return Said(
        kind=SaidKind.PUT_OUT if is_out else SaidKind.LET_IN,
        chat=chat_id,
        is_private=False,
        text=as_text(chat.get("title")),
        has_topics=_has_topics(chat) and standing.get("can_manage_topics") is True,
    )


_READERS: dict[str, Callable[[Json, Envelope], Said]] = {
    "message": _read_message,
    "edited_message": _read_edit,
    "callback_query": _read_tap,
    "my_chat_member": _read_membership,
}


def _place(content: Json, chat: Json, chat_id: str, author: Json) -> dict[str, Any]:
    """Where it is said, by whom, and what it answers.

    In a topic each message names the one that began the topic, which answers nothing.
    """
    message_id, topic = _id_of(content), _topic_of(content)
    if not message_id:
        raise Unreadable("a message without a message_id")
    quoted_id = _id_of(as_object(content.get("reply_to_message")))
    return {
        "chat": chat_id,
        "is_private": chat.get("type") == "private",
        "has_topics": _has_topics(chat),
        "topic": topic,
        "user_id": as_number(author.get("id")) or 0,
        "language": _language_of(author),
        "message_id": message_id,
        "quoted_id": quoted_id if quoted_id != topic else "",
    }


def _chat_of(content: Json) -> tuple[Json, str]:
    chat = as_object(content.get("chat"))
    chat_id = as_number(chat.get("id"))
    if chat_id is None:
        raise Unreadable("nothing says which chat this is")
    return chat, str(chat_id)


def _has_topics(chat: Json) -> bool:
    return chat.get("is_forum") is True


def _topic_of(message: Json) -> str:
    """Threads of answers outside of forums have a number as well, and are no topics."""
    number = as_number(message.get("message_thread_id"))
    return str(number) if number is not None and message.get("is_topic_message") is True else ""


def _id_of(message: Json) -> str:
    number = as_number(message.get("message_id"))
    return "" if number is None else str(number)


def _language_of(person: Json) -> str:
    return as_text(person.get("language_code"))[:2].lower()
