"""The methods with which the bot opens, names, closes and deletes topics, and asks about a chat.

Telegram tells a bot of topics whatever has become of them, its own doings too (the server's
`need_skip_update_message`). Stricter than Telegram in one thing: it cuts names that are too long,
here they are refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulators.telegram_api.chats import Topic
from simulators.telegram_api.errors import bad_request
from simulators.telegram_api.groups import Group
from simulators.telegram_api.markup import utf16_length

if TYPE_CHECKING:
    from simulators.people import Person
    from simulators.telegram_api.calls import Call
    from simulators.telegram_api.chats import Chat, Json
    from simulators.telegram_api.methods import Method
    from simulators.telegram_api.world import World

LONGEST_NAME = 128
COLOURS = (0x6FB9F0, 0xFFD67E, 0xCB86DB, 0x8EEE98, 0xFF93B2, 0xFB6F5F)
GONE, SAME = "TOPIC_ID_INVALID", "TOPIC_NOT_MODIFIED"
_NO_FORUM = "the chat is not a forum"


def create_forum_topic(world: World, call: Call) -> Json:
    chat = _forum(world, call)
    colour = call.number("icon_color", COLOURS[0])
    if colour not in COLOURS:
        raise bad_request("invalid icon color specified")
    topic = open_topic(world, chat, checked_name(call.text("name")), colour)
    return {"message_thread_id": topic.id, "name": topic.name, "icon_color": topic.colour}


def open_topic(
    world: World, chat: Chat, name: str, colour: int = COLOURS[0], by: Person | None = None
) -> Topic:
    """Begin a topic with the message that Telegram shows for it; the bot does unless `by`."""
    topic = Topic(id=world.next_message_id, name=name, colour=colour)
    chat.topics[topic.id] = topic
    begun = {"forum_topic_created": {"name": name, "icon_color": colour}}
    world.announce(chat, begun, topic.id, by)
    return topic


def edit_forum_topic(world: World, call: Call) -> bool:
    chat = _forum(world, call)
    topic = chat.topic(call.params.get("message_thread_id"), GONE)
    rename_topic(world, chat, topic, checked_name(call.text("name")))
    return True


def rename_topic(
    world: World, chat: Chat, topic: Topic, name: str, by: Person | None = None
) -> None:
    if topic.name == name:
        raise bad_request(SAME)
    topic.name = name
    world.announce(chat, {"forum_topic_edited": {"name": name}}, topic.id, by)


def close_forum_topic(world: World, call: Call) -> bool:
    return _set_closed(world, call, is_closed=True)


def reopen_forum_topic(world: World, call: Call) -> bool:
    return _set_closed(world, call, is_closed=False)


def _set_closed(world: World, call: Call, *, is_closed: bool) -> bool:
    chat = _forum(world, call)
    if not isinstance(chat, Group):
        raise bad_request(_NO_FORUM)  # a topic of a private chat can't be closed
    topic = chat.topic(call.params.get("message_thread_id"), GONE)
    close_topic(world, chat, topic, is_closed=is_closed)
    return True


def close_topic(
    world: World, chat: Chat, topic: Topic, *, is_closed: bool, by: Person | None = None
) -> None:
    """Close a topic, or open it again."""
    if topic.is_closed == is_closed:
        raise bad_request(SAME)
    topic.is_closed = is_closed
    what = "forum_topic_closed" if is_closed else "forum_topic_reopened"
    world.announce(chat, {what: {}}, topic.id, by)


def delete_forum_topic(world: World, call: Call) -> bool:
    chat = _forum(world, call)
    delete_topic(world, chat, chat.topic(call.params.get("message_thread_id"), GONE))
    return True


def delete_topic(world: World, chat: Chat, topic: Topic) -> None:
    """Delete a topic with all that was said in it; nobody is told."""
    topic.is_deleted = True
    for entry in chat.visible():
        if entry.topic == topic.id:
            chat.delete(entry)
    world.touch(chat)


def checked_name(name: str) -> str:
    name = name.strip()
    if not name:
        raise bad_request("topic name must be non-empty")
    if utf16_length(name) > LONGEST_NAME:
        raise bad_request("topic name is too long")
    return name


def _forum(world: World, call: Call) -> Chat:
    """Find a chat that has topics, which the bot may change."""
    chat = world.chat_reached(call)
    if isinstance(chat, Group):
        if not chat.is_forum:
            raise bad_request(_NO_FORUM)
        if not chat.has_rights:
            raise bad_request("not enough rights to manage topics")
    elif not world.bot.get("has_topics_enabled"):
        raise bad_request(_NO_FORUM)
    return chat


def get_chat(world: World, call: Call) -> Json:
    chat = world.chat_reached(call)
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription")
    return {
        **chat.wire,
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys((*gifts, "gifts_from_channels"), False),
    }


def get_chat_member(world: World, call: Call) -> Any:
    chat, user_id = world.chat_reached(call), call.number("user_id")
    if not isinstance(chat, Group):
        raise bad_request("there is no such member in a private chat")
    if user_id == world.bot["id"]:
        return chat.standing_of_bot(world.bot_as_user)
    person = chat.known.get(user_id)
    if person is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return chat.standing(person)


METHODS: dict[str, Method] = {
    "createForumTopic": create_forum_topic,
    "editForumTopic": edit_forum_topic,
    "closeForumTopic": close_forum_topic,
    "reopenForumTopic": reopen_forum_topic,
    "deleteForumTopic": delete_forum_topic,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
}
