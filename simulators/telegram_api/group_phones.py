"""What people do to groups and topics: found them, come and go, open topics, pass messages on."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from simulators.telegram_api import topics
from simulators.telegram_api.chats import user_of
from simulators.telegram_api.errors import NotPossibleOnPhone, Refusal
from simulators.telegram_api.groups import Group, Seat
from simulators.telegram_api.phones import Phones, seat_of

if TYPE_CHECKING:
    from simulators.people import Person
    from simulators.telegram_api.chats import Chat, ChatEntry, Json, Topic
    from simulators.telegram_api.phones import Who

_PASSED_ON = (
    *("text", "entities", "caption", "caption_entities"),
    *("photo", "document", "voice", "video", "sticker", "contact", "location"),
)


class GroupPhones(Phones):
    # Groups

    def make_group(
        self, title: str, *members: Person, is_forum: bool = True, rights: bool = True
    ) -> Group:
        """Found a group with the bot in it, an administrator of it if it has `rights`."""
        number = len(self.world.groups())
        group = Group(number, title, members, is_forum=is_forum)
        group.has_rights = rights
        self.world.chats[group.id] = group
        self._tell_standing(group, {"status": "left", "user": self.world.bot_as_user})
        return group

    def join(self, person: Person, group: Group) -> None:
        group.members[person.id] = group.known[person.id] = person
        self.world.announce(group, {"new_chat_members": [user_of(person)]}, by=person)

    def leave(self, person: Person, group: Group) -> None:
        self.world.announce(group, {"left_chat_member": user_of(person)}, by=person)
        del group.members[person.id]

    def dismiss_bot(self, group: Group) -> None:
        before = group.standing_of_bot(self.world.bot_as_user)
        group.blocked = True
        self._tell_standing(group, before)

    def grant_rights(self, group: Group, *, rights: bool = True) -> None:
        """Make the bot an administrator, or no longer."""
        before = group.standing_of_bot(self.world.bot_as_user)
        group.has_rights = rights
        self._tell_standing(group, before)

    def migrate(self, group: Group) -> Group:
        """Let a group go on as a new supergroup, where none of the old messages are.

        Telegram does so with basic groups only; what a bot has to do about it is the same.
        """
        after = Group(len(self.world.groups()), group.title, [*group.members.values()])
        after.owner, after.has_rights = group.owner, group.has_rights
        self.world.chats[after.id] = after
        self.world.announce(group, {"migrate_to_chat_id": after.id}, by=group.owner)
        group.moved_to = after.id
        self.world.announce(after, {"migrate_from_chat_id": group.id}, by=group.owner)
        return after

    def _tell_standing(self, group: Group, before: Json) -> None:
        change = {
            "chat": group.wire,
            "from": user_of(group.owner),
            "date": int(time.time()),
            "old_chat_member": before,
            "new_chat_member": group.standing_of_bot(self.world.bot_as_user),
        }
        self.world.updates.emit("my_chat_member", change, f"membership:{group.id}")
        self.world.touch(group)

    # Topics

    def create_topic(self, who: Who, name: str) -> Topic:
        seat = seat_of(who)
        chat = self.world.chat_at(seat)
        is_possible = chat.is_forum if isinstance(chat, Group) else self._lets_people_open_topics
        if not is_possible:
            raise NotPossibleOnPhone("there are no topics here")
        return topics.open_topic(self.world, chat, topics.checked_name(name), by=seat.person)

    @property
    def _lets_people_open_topics(self) -> bool:
        return bool(self.world.bot.get("allows_users_to_create_topics"))

    def rename_topic(self, seat: Seat, name: str) -> None:
        chat, topic = self._topic(seat)
        topics.rename_topic(self.world, chat, topic, topics.checked_name(name), seat.person)

    def close_topic(self, seat: Seat) -> None:
        chat, topic = self._topic(seat)
        topics.close_topic(self.world, chat, topic, is_closed=True, by=seat.person)

    def reopen_topic(self, seat: Seat) -> None:
        chat, topic = self._topic(seat)
        topics.close_topic(self.world, chat, topic, is_closed=False, by=seat.person)

    def delete_topic(self, seat: Seat) -> None:
        topics.delete_topic(self.world, *self._topic(seat))

    def _topic(self, seat: Seat) -> tuple[Chat, Topic]:
        chat = self.world.chat_at(seat)
        try:
            return chat, chat.topic(seat.topic, topics.GONE)
        except Refusal:
            raise NotPossibleOnPhone("there is no such topic") from None

    # Messages

    def delete(self, who: Who, message_id: int) -> None:
        """Delete a message; Telegram tells no bot of it."""
        chat = self.world.chat_at(seat_of(who))
        chat.delete(self._visible(who, message_id))
        self.world.touch(chat)

    def forward(self, who: Who, message_id: int, *, to: Who) -> ChatEntry:
        """Pass a message on: buttons that ask the bot something stay behind, links go along."""
        entry = self._visible(who, message_id)
        origin = {"type": "user", "date": entry.sent_at, "sender_user": entry.wire["from"]}
        content = {name: entry.wire[name] for name in _PASSED_ON if name in entry.wire}
        links = [[one for one in row if "url" in one] for row in _rows(entry)]
        if any(links):
            content["reply_markup"] = {"inline_keyboard": [row for row in links if row]}
        return self._say(to, {**content, "forward_origin": origin})


def _rows(entry: ChatEntry) -> list[list[Json]]:
    rows: list[list[Json]] = entry.wire.get("reply_markup", {}).get("inline_keyboard", [])
    return rows
