"""A chat with the business as its person sees it: messages, files, and the last quick replies.

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
    mid: str
    sent_at: int
    from_business: bool
    kind: str
    text: str
    files: tuple[ChatFile, ...] = ()
    edited: bool = False
    deleted: bool = False
    wire: Json = field(repr=False, compare=False)


class Chat:
    """The conversation of one person with the business."""

    def __init__(self, person: Person, platform: str) -> None:
        self.person = person
        self.user_id = user_id_of(person, platform)
        self.entries: list[Entry] = []
        self.opened = False
        self.ref = ""  # of the link by which somebody new has come, until they do something
        self.blocked = False
        self.heard_at = 0.0  # when the person last did something
        self.replies: list[Json] = []  # below the newest message, until another comes
        self.version = 0
        self.seen = 0  # how many messages of the business were looked at

    def reply(self, wanted: str) -> Json | None:
        """Find a quick reply by its words or its payload."""
        for reply in self.replies:
            if wanted in (reply.get("title", self.person.phone), reply.get("payload")):
                return reply
        return None


def user_id_of(person: Person, platform: str) -> str:
    """As Meta makes them: a number for this business alone, which says nothing of who it is."""
    hashed = hashlib.sha256(f"{platform} user {person.id}".encode()).hexdigest()
    return str(10**16 + int(hashed[:12], 16))
