"""Where agents see tickets beside the pages: their own chats, and a ticket as it stands in a chat.

Pure. Which chats a ticket belongs into is told by `placing`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from typing import Final

from intake.messages import Address
from intake.people import Agent
from intake.speech import DeliveryState
from intake.tickets import EntryKind

CHANNEL: Final = "agents"
ANYBODY: Final = "anybody"  # subject of what may go to a chat that is no agent's
WITHOUT: Final = "-"  # in the place of a topic: this chat has none
MAKING: Final = "?"  # one is being made, or was when the process ended
QUIET_PAUSE: Final = timedelta(minutes=1)  # the longest that a showing waits to be looked at
ASKED, URGENT, USUAL = -1, 0, 1  # in which order showings are looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentChat:
    """An agent's own chat with the bot. Its number is the agent's number in Telegram."""

    id: int
    account: str
    user_id: int
    agent: Agent
    is_on_duty: bool = True
    quiet_from: time | None = None  # by the desk's clock
    quiet_until: time | None = None
    summary_at: datetime | None = None  # when the next morning's summary is due

    @property
    def chat(self) -> str:
        return str(self.user_id)

    def is_quiet(self, now: datetime, zone: tzinfo) -> bool:
        """Whether nothing is to be pushed there now."""
        return not self.is_on_duty or self.rests_at(now.astimezone(zone).time())

    def rests_at(self, at: time) -> bool:
        if self.quiet_from is None or self.quiet_until is None:
            return False
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= at < self.quiet_until
        return at >= self.quiet_from or at < self.quiet_until


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """A ticket as it stands in one chat: its topic, its card, and how much of it is shown."""

    id: int
    ticket_id: int
    account: str
    chat: str
    agent_id: int | None = None  # whose own chat it is; None for a group
    topic: str = ""  # the thread's number; "" before there is one; MAKING, WITHOUT
    name: str = ""  # of the topic, as it was asked for last
    is_closed: bool = False  # the topic
    card_id: int | None = None  # the delivery that carries the card
    card_mark: str = ""  # of what the card shows
    card_at: datetime | None = None  # when it last might change; ahead where it did so early
    entry_id: int = 0  # the newest of the timeline that is shown
    told_lost: str = ""  # which send that did not arrive was told of last
    is_followed: bool = False  # its agent has asked for it, or spoken there
    urgency: int = USUAL

    @property
    def is_group(self) -> bool:
        return self.agent_id is None

    @property
    def address(self) -> Address:
        return Address(channel=CHANNEL, account=self.account, external_id=self.chat)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """A message of ours that tells of entries, as its subject says which."""

    delivery_id: int
    state: DeliveryState
    subject: str
    messages: tuple[str, ...]  # what Telegram calls them


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWords:
    """What an agent's own message has become: an entry, and one more for each edit of it."""

    ticket_id: int
    kind: EntryKind
    newest: Mapping[EntryKind, str]  # the last words of each kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A message of ours in a chat of agents that is answered or tapped."""

    delivery_id: int
    ticket_id: int
    purpose: str  # what an answer to it is: "reply", "note", or "" for whatever it says
