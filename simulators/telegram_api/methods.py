"""The methods with which the bot writes, edits, deletes and answers taps.

Files are left to `media_methods`, fetching updates and the bot's profile to `bot_methods`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from simulators.telegram_api.chats import CallbackAnswer, Json, entry_of
from simulators.telegram_api.errors import bad_request
from simulators.telegram_api.groups import Group
from simulators.telegram_api.keyboards import check_markup, inline_part
from simulators.telegram_api.markup import TEXT_LIMIT, parse_marked, utf16_length
from simulators.telegram_api.world import topic_part, without_reply

if TYPE_CHECKING:
    from simulators.telegram_api.calls import Call
    from simulators.telegram_api.chats import Chat, ChatEntry
    from simulators.telegram_api.world import World

Method = Callable[["World", "Call"], Any]
CAPTION_LIMIT = 1024
_ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)
_NOT_FOUND = "message to be replied not found"
_STALE_QUERY = "query is too old and response timeout expired or query ID is invalid"


def send_message(world: World, call: Call) -> Json:
    chat = world.chat_reached(call)
    content = _text_content(call, too_long="message is too long")
    return deliver(world, chat, call, content, call.text("text")).wire


def deliver(world: World, chat: Chat, call: Call, content: Json, html: str) -> ChatEntry:
    """Post what the bot says, with the markup and the quoted message that the call names."""
    markup = check_markup(call.params.get("reply_markup"))
    inline = inline_part(markup)
    if inline is not None:
        content["reply_markup"] = inline
    answered = _answered(chat, call)
    content.update(topic_part(chat, _topic(chat, call, answered)))
    if answered is not None:
        content["reply_to_message"] = without_reply(answered.wire)
    if markup is not None:
        _show_keyboard(chat, markup)
    chat.action = ""
    return world.post(chat, content, None, html=html)


def caption_content(text: Any, parse_mode: str | None, entities: Any) -> Json:
    """Give caption and caption_entities of a message with a file."""
    if not isinstance(text, str) or not text:
        return {}
    plain, parsed = parse_marked(text, parse_mode)
    if utf16_length(plain) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    parsed = entities or parsed
    return {"caption": plain, "caption_entities": parsed} if parsed else {"caption": plain}


def _text_content(call: Call, *, too_long: str) -> Json:
    text, entities = parse_marked(call.text("text"), call.params.get("parse_mode"))
    if not text:
        raise bad_request("message text is empty")
    if utf16_length(text) > TEXT_LIMIT:
        raise bad_request(too_long)
    entities = call.params.get("entities") or entities
    return {"text": text, "entities": entities} if entities else {"text": text}


def _answered(chat: Chat, call: Call) -> ChatEntry | None:
    wanted = call.params.get("reply_parameters")
    if not isinstance(wanted, dict):
        wanted = {"message_id": call.params.get("reply_to_message_id")}
    if wanted.get("message_id") is None:
        return None
    entry = chat.entries.get(wanted["message_id"])
    if entry is not None and not entry.deleted:
        return entry
    if wanted.get("allow_sending_without_reply"):
        return None
    raise bad_request(_NOT_FOUND)


def _topic(chat: Chat, call: Call, answered: ChatEntry | None) -> int | None:
    """Give the topic that a call names, or that of the message it quotes."""
    wanted = call.params.get("message_thread_id")
    if wanted is None:
        return answered.topic if answered else None
    topic = chat.topic(wanted, "message thread not found")
    if topic.is_closed and not (isinstance(chat, Group) and chat.has_rights):
        raise bad_request("TOPIC_CLOSED")
    if answered is not None and answered.topic != topic.id:
        raise bad_request(_NOT_FOUND)
    return topic.id


def _show_keyboard(chat: Chat, markup: Json) -> None:
    if "keyboard" in markup:
        chat.keyboard = [
            [{"text": button} if isinstance(button, str) else button for button in row]
            for row in markup["keyboard"]
        ]
    elif markup.get("remove_keyboard"):
        chat.keyboard = []


def edit_message_text(world: World, call: Call) -> Json:
    chat, entry = _own_entry(world, call)
    if entry.kind != "text":
        raise bad_request("there is no text in the message to edit")
    content = _text_content(call, too_long="MESSAGE_TOO_LONG")
    return _edit(world, chat, entry, (call, content, call.text("text")))


def edit_message_caption(world: World, call: Call) -> Json:
    chat, entry = _own_entry(world, call)
    if not entry.files:
        raise bad_request("there is no caption in the message to edit")
    params = call.params
    content = caption_content(
        params.get("caption"), params.get("parse_mode"), params.get("caption_entities")
    )
    return _edit(world, chat, entry, (call, content, call.text("caption")))


def edit_message_reply_markup(world: World, call: Call) -> Json:
    chat, entry = _own_entry(world, call)
    kept = ("text", "entities", "caption", "caption_entities")
    content = {name: entry.wire[name] for name in kept if name in entry.wire}
    return _edit(world, chat, entry, (call, content, entry.html))


def _own_entry(world: World, call: Call) -> tuple[Chat, ChatEntry]:
    chat = world.chat_named(call)
    entry = chat.find(call.params.get("message_id"), "message to edit not found")
    if not entry.from_bot:
        raise bad_request("message can't be edited")
    return chat, entry


def _edit(world: World, chat: Chat, entry: ChatEntry, change: tuple[Call, Json, str]) -> Json:
    """Replace content and inline keyboard; a keyboard that is not named again goes away."""
    call, content, html = change
    inline = inline_part(check_markup(call.params.get("reply_markup")))
    replaced = ("text", "entities", "caption", "caption_entities", "reply_markup")
    wire = {name: value for name, value in entry.wire.items() if name not in replaced}
    wire.update(content)
    if inline is not None:
        wire["reply_markup"] = inline
    wire["edit_date"] = int(time.time())
    if all(wire.get(name) == entry.wire.get(name) for name in replaced):
        raise bad_request(_NOT_MODIFIED)
    edited = entry_of(wire, html=html)
    chat.put(replace(edited, reactions=entry.reactions))
    world.touch(chat)
    return wire


def delete_message(world: World, call: Call) -> bool:
    chat = world.chat_named(call)
    chat.delete(chat.find(call.params.get("message_id"), "message to delete not found"))
    world.touch(chat)
    return True


def answer_callback_query(world: World, call: Call) -> bool:
    query_id = str(call.params.get("callback_query_id", ""))
    if len(call.text("text")) > 200:  # noqa: PLR2004 - as documented for this method
        raise bad_request("MESSAGE_TOO_LONG")
    opened = world.open_callbacks.pop(query_id, None)
    if opened is None:
        raise bad_request(_STALE_QUERY)
    chat, user_id = opened
    chat.last_answer = CallbackAnswer(
        callback_query_id=query_id,
        chat_id=chat.id,
        user_id=user_id,
        text=call.text("text"),
        show_alert=bool(call.params.get("show_alert")),
        url=call.params.get("url"),
        at=call.at,
    )
    world.answered_callbacks.append(chat.last_answer)
    world.touch(chat)
    return True


def send_chat_action(world: World, call: Call) -> bool:
    chat = world.chat_reached(call)
    if call.text("action") not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat.action = call.text("action")
    world.touch(chat)
    return True


def set_message_reaction(world: World, call: Call) -> bool:
    chat = world.chat_reached(call)
    entry = chat.find(call.params.get("message_id"), "message to react not found")
    reactions = call.params.get("reaction") or []
    if not isinstance(reactions, list) or len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    marks = tuple(str(one.get("emoji", "")) for one in reactions)
    chat.put(replace(entry, reactions=marks))
    world.touch(chat)
    return True


def send_location(world: World, call: Call) -> Json:
    chat = world.chat_reached(call)
    place = {name: call.params.get(name) for name in ("latitude", "longitude")}
    if not all(isinstance(value, int | float) for value in place.values()):
        raise bad_request("latitude and longitude must be specified")
    return deliver(world, chat, call, {"location": place}, "").wire


def send_contact(world: World, call: Call) -> Json:
    chat = world.chat_reached(call)
    contact = {
        name: call.text(name)
        for name in ("phone_number", "first_name", "last_name", "vcard")
        if call.text(name)
    }
    if not {"phone_number", "first_name"} <= contact.keys():
        raise bad_request("phone number and first name must be specified")
    return deliver(world, chat, call, {"contact": contact}, "").wire


METHODS: dict[str, Method] = {
    "sendMessage": send_message,
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "answerCallbackQuery": answer_callback_query,
    "sendChatAction": send_chat_action,
    "setMessageReaction": set_message_reaction,
    "sendLocation": send_location,
    "sendContact": send_contact,
}
