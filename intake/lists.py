"""What pages read, as a Protocol that `store.listing` meets, and the rows of their lists."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from intake.links import Found
from intake.people import Handle, Person
from intake.tickets import Entry, StoredFile, Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketLine:
    """A row of a ticket list."""

    id: int
    subject: str
    requester: str
    channel: str
    status: str
    priority: str
    category: str | None
    assignee: str
    preview: str
    is_complete: bool
    awaits_answers: bool  # a card is out that asks for something
    waits_for_agent: bool
    flag: str  # "abuse", "human", "danger", or ""
    is_held: bool
    undelivered: str  # as of a ticket
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketPage:
    lines: tuple[TicketLine, ...]
    older: str  # cursor of the next page, "" at the end


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldEnvelope:
    """One in quarantine, or dismissed from there."""

    id: int
    channel: str
    account: str
    key: str
    received_at: datetime
    tries: int
    error: str
    payload: bytes
    dismissed_at: datetime | None = None
    dismissed_by: str = ""  # an agent's name, "" for the desk itself


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPage:
    envelopes: tuple[HeldEnvelope, ...]
    older: str  # as of a TicketPage


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePage:
    files: tuple[StoredFile, ...]
    older: str  # as of a TicketPage


class Listing(Protocol):
    """What pages read. Each method is one query, or a fixed few."""

    async def tickets(
        self, view: str, agent_id: int, cursor: str = "", limit: int = 50
    ) -> TicketPage:
        """`view` is "new", "mine", "open" or "all"; newest activity first, keyset cursor."""

    async def search(self, words: str, cursor: str = "", limit: int = 50) -> TicketPage:
        """By number, requester or words in subject and messages; newest first."""

    async def counts(self, agent_id: int) -> Mapping[str, int]:
        """Tickets per view ("new", "mine", "open") and "quarantined", each capped at 100."""

    async def ticket(self, number: int) -> Ticket:
        """Raises NotFound."""

    async def heir(self, number: int) -> int | None:
        """The ticket that has taken along all that was said there."""

    async def timeline(self, number: int) -> Sequence[Entry]: ...
    async def file(self, file_id: int) -> StoredFile:
        """One that stands on a timeline. Raises NotFound."""

    async def person(self, person_id: int) -> Person:
        """Raises NotFound."""

    async def probably(self, person_id: int) -> Found | None:
        """The one employee whose work mail they write from, where nothing proves that."""

    async def handles(self, person_id: int) -> Sequence[Handle]: ...
    async def refused(self) -> Collection[tuple[str, str]]:
        """Channel and account of those whose token or login is refused."""

    async def tickets_of(self, person_id: int, cursor: str = "", limit: int = 50) -> TicketPage:
        """All of a person, the newest first."""

    async def files_of(self, person_id: int, cursor: str = "", limit: int = 50) -> FilePage:
        """All on a person's tickets, whoever brought them; the newest ticket's first."""

    async def quarantined(self, cursor: str = "", limit: int = 50) -> HeldPage:
        """Newest first, keyset cursor."""

    async def dismissed(self, cursor: str = "", limit: int = 50) -> HeldPage:
        """Those dismissed last first, keyset cursor."""
