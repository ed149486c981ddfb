"""How the Telegram phones show their chats, groups and topics as JSON.

What people do there is left to `phone_api`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulators.phone_door import Unfit
from simulators.telegram_api import Group, Seat

if TYPE_CHECKING:
    from aiohttp import web

    from simulators.people import Person
    from simulators.telegram_api import ChatEntry
    from simulators.telegram_api.world import World


def seat_of(request: web.Request, world: World, person: Person) -> Seat:
    """Give the place that an address names: topic 0 is the General one."""
    if "group" not in request.match_info:
        return Seat(person)
    group = world.chats.get(int(request.match_info["group"]))
    if not isinstance(group, Group) or person.id not in group.members:
        raise Unfit("no such group", status=404)
    return Seat(person, group, int(request.match_info["topic"]) or None)


def places_of(world: World, person: Person) -> list[dict[str, Any]]:
    return [
        {"id": group.id, "title": group.title, "topics": _topics(group)}
        for group in world.groups()
        if person.id in group.members and group.moved_to is None
    ]


def _topics(group: Group) -> list[dict[str, Any]]:
    """Topics that are there, the one with the newest message first; General always."""
    newest: dict[int | None, ChatEntry] = {entry.topic: entry for entry in group.visible()}
    shown = [{"id": 0, "name": "General", "is_closed": False, "newest": _brief(newest.get(None))}]
    shown += [
        {
            "id": topic.id,
            "name": topic.name,
            "is_closed": topic.is_closed,
            "newest": _brief(newest.get(topic.id)),
        }
        for topic in group.topics.values()
        if not topic.is_deleted
    ]
    return sorted(shown, key=lambda topic: -topic["newest"]["message_id"])


def _brief(entry: ChatEntry | None) -> dict[str, Any]:
    if entry is None:
        return {"message_id": 0, "sent_at": 0, "author_name": "", "kind": "", "text": ""}
    return {
        "message_id": entry.message_id,
        "sent_at": entry.sent_at,
        "author_name": entry.wire["from"]["first_name"],
        "kind": entry.kind,
        "text": entry.text[:200],
    }


def entry_shown(entry: ChatEntry) -> dict[str, Any]:
    return {
        "message_id": entry.message_id,
        "sent_at": entry.sent_at,
        "from_bot": entry.from_bot,
        "author": entry.author,
        "author_name": entry.wire["from"]["first_name"],
        "kind": entry.kind,
        "text": "" if entry.deleted else entry.text,
        "entities": [] if entry.deleted else entry.entities,
        "buttons": [
            [{"label": one.label, "callback": one.callback, "url": one.url} for one in row]
            for row in entry.buttons
        ],
        "files": [
            {"kind": one.kind, "file_id": one.file_id, "name": one.name, "size": one.size}
            for one in entry.files
        ],
        "media_group_id": entry.media_group_id,
        "reply_to": entry.reply_to,
        "reactions": entry.reactions,
        "edited": entry.edited,
        "deleted": entry.deleted,
    }
