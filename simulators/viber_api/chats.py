"""A chat with the bot as its person sees it: messages with their files, and the last keyboard.

How messages come about is left to `phones` and `server`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulators.chat_files import ChatFile
    from simulators.people import Person

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One message. `wire` is what went over it."""

    number: int  # within all chats, in order
    token: int
    sent_at: int
    from_bot: bool
    kind: str
    text: str
    files: tuple[ChatFile, ...] = ()
    wire: Json = field(repr=False, compare=False)


class Chat:
    """The conversation of one person with the bot."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.user_id = user_id_of(person)
        self.entries: list[Entry] = []
        self.subscribed = False
        self.blocked = False
        self.welcomed = False  # has opened the chat
        self.keyboard: list[Json] = []  # the buttons of the last keyboard that came
        self.version = 0
        self.unanswered = 0  # messages of the bot since the person last wrote
        self.seen = 0  # how many of the bot's messages are known to have been seen

    @property
    def user(self) -> Json:
        return {
            "id": self.user_id,
            "name": self.person.full_name,
            "language": self.person.language_code,
            "country": "UA",
            "api_version": 10,
        }

    def button(self, wanted: str) -> Json | None:
        """Find a button by its words or its body."""
        for button in self.keyboard:
            if wanted in (button.get("Text"), button.get("ActionBody")):
                return button
        return None


def user_id_of(person: Person) -> str:
    """As Viber makes them: one of this bot's own, which says nothing of who it is."""
    return hashlib.sha256(f"viber user {person.id}".encode()).hexdigest()[:22] + "=="
