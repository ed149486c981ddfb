"""Groups that a bot is in, and the place from which somebody acts: a chat, perhaps a topic of it.

What people do there is left to `group_phones`, what the bot may do to `topics` and `methods`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulators.telegram_api.chats import Chat, Json, user_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulators.people import Person

FIRST_GROUP = -4_200_001
FIRST_SUPERGROUP = -1_002_200_000_001
_RIGHTS = {
    "can_be_edited": False,
    "is_anonymous": False,
    "can_manage_chat": True,
    "can_delete_messages": True,
    "can_manage_video_chats": False,
    "can_restrict_members": False,
    "can_promote_members": False,
    "can_change_info": True,
    "can_invite_users": True,
    "can_post_stories": False,
    "can_edit_stories": False,
    "can_delete_stories": False,
    "can_send_welcome_messages": False,
    "can_pin_messages": True,
    "can_manage_topics": True,
}


class Group(Chat):
    """A group: a supergroup with topics (a forum), or a basic one. The first member owns it."""

    def __init__(
        self, number: int, title: str, members: Sequence[Person], *, is_forum: bool = True
    ) -> None:
        first = FIRST_SUPERGROUP if is_forum else FIRST_GROUP
        kind = "supergroup" if is_forum else "group"
        wire: Json = {"id": first - number, "type": kind, "title": title}
        if is_forum:
            wire["is_forum"] = True
        super().__init__(wire, str(-7_100_000_000_000 - number))
        self.gone = f"bot was kicked from the {kind} chat"
        self.title = title
        self.owner = members[0]
        self.members = {person.id: person for person in members}
        self.known = dict(self.members)  # with those who have left
        self.is_forum = is_forum
        self.has_rights = True  # whether the bot is an administrator
        self.opened = True

    def standing(self, person: Person) -> Json:
        """Give a person as a ChatMember object."""
        if person.id not in self.members:
            return {"status": "left", "user": user_of(person)}
        if person is self.owner:
            return {"status": "creator", "user": user_of(person), "is_anonymous": False}
        return {"status": "member", "user": user_of(person)}

    def standing_of_bot(self, bot: Json) -> Json:
        if self.blocked:
            return {"status": "kicked", "user": bot, "until_date": 0}
        if self.has_rights:
            return {"status": "administrator", "user": bot, **_RIGHTS}
        return {"status": "member", "user": bot}


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody at a place: in a group or, without one, in the own chat with the bot.

    Without a topic that is the General one to write in, and all of the chat to read.
    """

    person: Person
    group: Group | None = None
    topic: int | None = None
