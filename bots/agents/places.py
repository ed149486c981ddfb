"""Where a message of the agents' bot goes: the chat, its topic, what it answers."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    chat_id: int
    topic: int = 0  # 0: none
    quoted_id: int = 0  # 0: nothing
    asks: bool = False  # the client is to offer to answer it


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What is known of a ticket's place in a chat."""

    showing_id: int
    topic: str  # "" before there is one; `showings.MAKING`, `showings.WITHOUT`
    name: str  # to give a topic that is still to be made


class Places(Protocol):
    """The places of tickets as rows; each call is a commit of its own."""

    async def of(self, chat: str, number: int) -> Place | None: ...
    async def set_topic(self, showing_id: int, topic: str, name: str) -> None: ...
    async def lose_topic(self, showing_id: int, delivery_id: int) -> None: ...
    async def lose_card(self, chat: str, card_id: int) -> None: ...
    async def move(self, before: str, after: str) -> None: ...
    async def is_agents(self, chat: str) -> bool:
        """Whether this private chat is an active agent's."""

    async def leave(self, chat: str) -> None:
        """It lets us in no more: nothing is pushed there until it does."""
