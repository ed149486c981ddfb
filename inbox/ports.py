"""What the inbox needs from the rest of the house, in one frozen bundle that `desk` fills.

The rows, files and bells are the core's own ports; here stand only the ones that pages alone use.
"""

import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, time, timedelta, tzinfo
from typing import Any, Protocol

from prometheus_client import CollectorRegistry

from intake.agent_words import Asking, Reply
from intake.companion.showings import AgentChat
from intake.links import Found, Link
from intake.lists import Listing
from intake.people import Agent
from intake.ports import Bell, Blobs, Clock, Files
from intake.sessions import Agents
from intake.terms import Reaching
from intake.tickets import Priority, Status


class Service(Protocol):
    """The verbs of an agent. All raise the errors of `intake.errors`."""

    async def reply(self, agent: Agent, number: int, reply: Reply) -> None: ...
    async def ask(self, agent: Agent, number: int, asking: Asking) -> None: ...
    async def note(self, agent: Agent, number: int, text: str, *, once: str) -> None: ...
    async def take(self, agent: Agent, number: int) -> None: ...
    async def assign(self, agent: Agent, number: int, assignee_id: int | None) -> None: ...
    async def set_status(self, agent: Agent, number: int, status: Status) -> None: ...
    async def set_priority(self, agent: Agent, number: int, priority: Priority) -> None: ...
    async def approve(self, agent: Agent, number: int) -> None: ...
    async def split(self, agent: Agent, number: int, entry_id: int) -> int:
        """The new ticket's number; `number` where this has been done before."""

    async def retry_delivery(self, agent: Agent, delivery_id: int) -> int: ...
    async def send_elsewhere(self, agent: Agent, delivery_id: int, handle_id: int) -> int: ...
    async def retry_file(self, agent: Agent, file_id: int) -> int: ...
    async def requeue(self, agent: Agent, envelope_id: int) -> None: ...
    async def dismiss(self, agent: Agent, envelope_id: int) -> None: ...


class Links(Protocol):
    """Whose handle is whose, as agents see and say it."""

    async def of(self, person_id: int) -> Sequence[Link]:
        """Live or asked, newest first."""

    async def find(self, words: str) -> Sequence[Found]: ...
    async def propose(self, agent: Agent, handle_id: int, whose: Found) -> None: ...
    async def undo(self, agent: Agent, link_id: int) -> None: ...


class Companion(Protocol):
    """An agent's own chat with the agents' bot."""

    async def chat_of(self, agent: Agent) -> AgentChat | None: ...
    async def offer(self, agent: Agent) -> str:
        """The address that links whoever opens it."""

    async def unlink(self, agent: Agent) -> None: ...
    async def set_quiet(self, agent: Agent, quiet: tuple[time, time] | None) -> None: ...


class Labels(Protocol):
    """The catalogue's words for what is asked and answered, in the agent's language."""

    @property
    def categories(self) -> Mapping[str, Any]: ...
    @property
    def fields(self) -> Mapping[str, Any]: ...
    def category_label(self, category: str, language: str) -> str: ...
    def label(self, field: str, language: str, category: str | None) -> str: ...
    def show(self, field: str, value: str, language: str) -> str: ...
    def fields_of(self, category: str | None) -> tuple[str, ...]:
        """What may be asked of a ticket, what must be known of it first."""

    def missing(
        self, category: str, answers: Mapping[str, str], declined: frozenset[str]
    ) -> tuple[str, ...]:
        """Fields that the ticket is not complete without, in the order they are asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxSettings:
    """How this desk wants its pages. Spans are seconds."""

    public_address: str = ""  # as agents type it, "https://desk.example.org"
    zone: tzinfo = UTC
    language: str = "en"  # before anybody has said theirs
    trusts_proxy: bool = False  # a reverse proxy in front writes X-Forwarded-For
    # What marks browsers of agents; the same in every process of a desk.
    browser_key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    session_within: float = timedelta(days=7).total_seconds()
    beat_within: float = 20
    stream_within: float = timedelta(minutes=15).total_seconds()

    @property
    def is_secure(self) -> bool:
        return self.public_address.startswith("https:")


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxServices:
    """Everything behind the pages."""

    service: Service
    links: Links
    listing: Listing
    agents: Agents
    files: Files
    blobs: Blobs
    bell: Bell
    clock: Clock
    labels: Labels
    is_ready: Callable[[], Awaitable[bool]]  # migrated, and what is written is kept
    reaching: Reaching  # on what terms channels take words, and whose accounts are set up here
    companion: Companion | None = None  # where agents have a bot
    settings: InboxSettings = field(default_factory=InboxSettings)
    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
