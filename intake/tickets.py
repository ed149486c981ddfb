"""Tickets and their timeline. What is asked is left to `forms`, how it is said to `wording`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from intake.messages import Address, AutomaticKind, IncomingFile

CORRECTED_WITHIN = timedelta(hours=1)  # long enough to go and look at a sticker


class Status(StrEnum):
    NEW = "new"
    OPEN = "open"
    PENDING = "pending"  # waiting for the requester
    ON_HOLD = "on_hold"  # waiting for others
    SOLVED = "solved"
    CLOSED = "closed"

    @property
    def is_live(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self not in (Status.SOLVED, Status.CLOSED)


class Kind(StrEnum):
    INCIDENT = "incident"
    SERVICE_REQUEST = "service_request"
    QUESTION = "question"


class Priority(StrEnum):
    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Whose card is out, where an agent sent it, and the words that go with it."""

    agent: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """The record of one trouble or wish. Its id is the number that people say, from 1001.

    `asked` are the fields that the card that is out still asks for, `numbered` all that it has
    asked for, in the order of their numbers; `card_id` is the delivery that carries it.
    """

    id: int
    person_id: int
    requester: str  # the person's name, kept on the row so that lists need no join
    address: Address  # where it was last spoken, and answers go
    language: str
    subject: str
    status: Status
    kind: Kind
    category: str | None
    priority: Priority
    created_at: datetime
    updated_at: datetime
    answers: Mapping[str, str] = field(default_factory=dict)  # field name: canonical value
    declined: frozenset[str] = frozenset()
    assumed: frozenset[str] = frozenset()  # answers of an earlier ticket, not said for this one
    asked: tuple[str, ...] = ()
    numbered: tuple[str, ...] = ()
    correcting_since: datetime | None = None  # "correct" was tapped: the next words say what
    card_id: int | None = None
    ask: Ask | None = None  # the card is an agent's, and asks for no more than it did
    is_complete: bool = False
    assignee_id: int | None = None
    assignee: str = ""  # the agent's name, kept like `requester`
    first_response_at: datetime | None = None
    preview: str = ""  # the newest words, for lists
    waits_for_agent: bool = True  # the last word was the requester's
    flag: str = ""  # of its messages, for lists: "abuse", "human", "danger"
    is_held: bool = False  # its card waits until its person is let in
    undelivered: str = ""  # how sending an agent's words ended in vain, or undelivered.FILE
    version: int = 1  # grows with each save; a stale save is a Conflict

    def is_corrected_at(self, moment: datetime) -> bool:
        """Whether what is written then is what "correct" was tapped for."""
        since = self.correcting_since
        return since is not None and moment - since < CORRECTED_WITHIN

    @property
    def awaits_answers(self) -> bool:
        """Whether a card is out that asks for something."""
        return self.card_id is not None and bool(self.asked) and self.status.is_live


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTicket:
    """What a ticket is opened with."""

    person_id: int
    requester: str
    address: Address
    language: str
    subject: str
    kind: Kind
    category: str | None
    answers: Mapping[str, str]
    preview: str
    opened_at: datetime
    priority: Priority = Priority.MEDIUM
    is_held: bool = False


class EntryKind(StrEnum):
    MESSAGE = "message"
    NOTE = "note"
    CHANGE = "change"


class Author(StrEnum):
    REQUESTER = "requester"
    AGENT = "agent"
    BOT = "bot"
    OTHER = "other"  # a participant who is not the requester: not verified


ANSWER = "answer"  # what a change is of that gives a field its value


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One recorded change: which property or field, from what, to what (machine values)."""

    what: str  # "status", "assignee", "category", "answer:asset", "moved_to", "edited"...
    before: str = ""
    after: str = ""

    @staticmethod
    def of_status(before: Status, after: Status) -> "Change":
        return Change(what="status", before=before, after=after)

    @staticmethod
    def of_answer(field: str, *, before: str = "", after: str = "") -> "Change":
        return Change(what=f"{ANSWER}:{field}", before=before, after=after)

    @property
    def kind(self) -> str:
        """“answer” of “answer:asset”."""
        return self.what.partition(":")[0]

    @property
    def field(self) -> str:
        """“asset” of “answer:asset”; "" where it is of no field."""
        return self.what.partition(":")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """Something to add to a timeline."""

    ticket_id: int
    kind: EntryKind
    author: Author
    author_name: str
    at: datetime
    text: str = ""
    full_text: str = ""
    agent_id: int | None = None
    change: Change | None = None
    address: Address | None = (
        None  # of an inbound message; with external_id it finds the entry again
    )
    external_id: str = ""
    thread: tuple[str, ...] = ()
    album: str = ""
    files: tuple[IncomingFile, ...] = ()  # still to be fetched
    stored_files: tuple[int, ...] = ()  # ids of uploads that an agent attaches
    envelope_id: int | None = None  # unique with its position: one effect per envelope
    automatic: AutomaticKind = AutomaticKind.NO
    original: str = ""  # SHA-256 of the raw mail
    facts: Mapping[str, str] = field(default_factory=dict)
    once: str = ""  # a form's one-time key: the same key adds nothing and raises Conflict


class FileState(StrEnum):
    WAITING = "waiting"
    STORED = "stored"
    TOO_BIG = "too_big"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file on a timeline; its bytes lie in the blobs under `sha256` once `state` is stored."""

    id: int
    name: str
    media_type: str
    size: int | None
    state: FileState
    sha256: str = ""
    account: tuple[str, str] = ("", "")  # channel and account that hand it over
    ticket_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a timeline as pages show it, with its files and its delivery if it went out."""

    id: int
    ticket_id: int
    kind: EntryKind
    author: Author
    author_name: str
    at: datetime
    text: str
    full_text: str = ""
    change: Change | None = None
    files: tuple[StoredFile, ...] = ()
    edited_at: datetime | None = None
    automatic: AutomaticKind = AutomaticKind.NO
    original: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    delivery_id: int | None = None
    delivery_state: str = ""  # a speech.DeliveryState, or "" where nothing was sent
    delivery_reason: str = ""
    delivery_account: tuple[str, str] = ("", "")  # channel and account
    external_id: str = ""
    channel: str = ""  # that it came by
