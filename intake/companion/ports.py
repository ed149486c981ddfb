"""What the companion needs of the database beside `intake.ports.Work`."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, time
from typing import Protocol

from intake.companion.showings import AgentChat, OwnWords, Relay, Showing, Spoken
from intake.messages import Envelope
from intake.people import Agent
from intake.ports import Work
from intake.speech import Speech
from intake.tickets import Entry, Ticket


class CompanionWork(Work, Protocol):
    async def take_agents_envelopes(self, now: datetime, limit: int) -> Sequence[Envelope]:
        """Like `take_envelopes`, of what agents wrote."""

    async def envelopes_beside(self, envelope: Envelope, limit: int) -> Sequence[Envelope]:
        """What waits behind it in its conversation."""

    # accounts
    async def agent_chat(self, account: str, user_id: int) -> AgentChat | None:
        """Of an agent who is active; anybody else has none."""

    async def chat_of_agent(self, account: str, agent_id: int) -> AgentChat | None: ...
    async def offer_code(self, agent_id: int, code_hash: str, until: datetime) -> None:
        """The newest code is the one that counts."""

    async def agent_chats(self, account: str) -> Sequence[AgentChat]: ...
    async def greet_stranger(self, account: str, user_id: int) -> bool:
        """Whether this is the first time that they are told who this bot is for."""

    async def link_agent(
        self, account: str, user_id: int, code_hash: str, now: datetime
    ) -> Agent | None:
        """Whose code it is, from now on with this account alone; None where it is nobody's."""

    async def unlink_agent(self, account: str, agent_id: int) -> AgentChat | None:
        """The chat that was theirs."""

    async def set_duty(self, account: str, user_id: int, *, is_on: bool) -> None: ...
    async def set_quiet(
        self, account: str, agent_id: int, quiet: tuple[time, time] | None
    ) -> None: ...
    async def set_summary(self, account: str, user_id: int, at: datetime) -> None: ...

    # tickets that have moved on
    async def untold(self, limit: int) -> Sequence[Ticket]:
        """Locked until the commit, which makes them told."""

    async def showings_of(self, account: str, numbers: Sequence[int]) -> Sequence[Showing]: ...
    async def add_showings(self, news: Sequence[Showing]) -> None:
        """Those that are there already stay as they are."""

    async def mark_behind(self, numbers: Sequence[int], urgent: Sequence[int]) -> None:
        """All showings of these tickets are to be looked at."""

    # showings
    async def behind(
        self, account: str, now: datetime, resting: Sequence[str], limit: int
    ) -> Sequence[Showing]:
        """To be looked at, the urgent first, locked until the commit; not in `resting` chats."""

    async def shown_tickets(self, numbers: Sequence[int]) -> Mapping[int, Ticket]: ...
    async def save_showings(self, seen: Sequence[tuple[Showing, datetime | None]]) -> None:
        """Each with when it is to be looked at again; None for when its ticket moves on."""

    async def show_anew(self, account: str, chat: str, number: int, agent_id: int) -> None:
        """The card goes into this chat of an agent's once more, who follows the ticket now."""

    async def follow(self, account: str, chat: str, number: int, agent_id: int) -> None: ...
    async def showing_of(self, account: str, chat: str, number: int) -> Showing | None: ...
    async def showing_at(self, account: str, chat: str, topic: str) -> Showing | None: ...
    async def spoken(self, account: str, chat: str, message_id: str) -> Spoken | None: ...
    async def shown_body(self, delivery_id: int) -> Speech | None:
        """Of a message of ours, as it was last asked to be shown."""

    async def waiting_in(self, account: str) -> Mapping[str, int]:
        """How many messages and edits wait to go, by chat."""

    async def reduced(self, numbers: Sequence[int]) -> Collection[int]:
        """Of these tickets, those of which something was taken back."""

    async def relays(self, showing: Showing, mark: str) -> Sequence[Relay]:
        """What was told there of its ticket, by the beginning of its subject."""

    async def forget_others(self, showing: Showing, mark: str, body: Speech) -> None:
        """Their words, of what is out and bears no such mark: earlier states of the card."""

    async def change_relay(self, relay: Relay, body: Speech, subject: str) -> None: ...

    async def lost(
        self, account: str, numbers: Sequence[int]
    ) -> Mapping[tuple[str, int], Collection[int]]:
        """Messages that did not, or perhaps not, arrive, by the chat and the ticket."""

    async def newest_entries(self, numbers: Sequence[int]) -> Mapping[int, int]:
        """Of what `entries_after` gives, by ticket."""

    async def entries_after(
        self, number: int, entry_id: int, limit: int
    ) -> Sequence[tuple[Entry, str]]:
        """Each with the chat of agents that it was written in, "" for none."""

    async def lost_since(
        self, number: int, delivery_id: int, limit: int
    ) -> Sequence[tuple[Entry, int]]:
        """Words of agents that did not arrive, from this delivery on; how often they were sent."""

    async def said_in(self, account: str, chat: str, message_id: str) -> OwnWords | None: ...

    async def move_chat(self, account: str, before: str, after: str) -> None:
        """A group has another number from now on, and none of its messages."""

    async def moved_chats(self, account: str) -> Mapping[str, str]: ...
    async def close_group(self, account: str, chat: str) -> bool:
        """It lets us in no more: its tickets are to be placed anew.

        Whether that is news; never where it shows none.
        """

    async def open_group(self, account: str, chat: str) -> None:
        """It lets us in again, and is told what has happened meanwhile."""

    async def closed_groups(self, account: str) -> Sequence[str]: ...
    async def adopt_topic(
        self, account: str, chat: str, number: int, topic: str, name: str
    ) -> None:
        """It is the ticket's, unless that has one already."""

    async def regain_topics(self, account: str, chat: str) -> None:
        """Live tickets that could have no topic there get one."""

    async def free_tickets(self, limit: int) -> Sequence[Ticket]:
        """Live and nobody's, the oldest first."""

    async def open_moments(self, agent_id: int) -> Sequence[tuple[bool, bool, datetime | None]]:
        """Of live tickets: is it theirs, is it nobody's, and since when is an answer due."""


class CompanionStore(Protocol):
    def work(self) -> AbstractAsyncContextManager[CompanionWork]: ...
