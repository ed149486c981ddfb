"""What arrives: addresses, envelopes and the channel-neutral message.

Which ticket a message touches is left to `matching`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a message comes from and an answer goes to."""

    channel: str  # "telegram", "email"
    account: str  # our presence there: a bot's id, a mailbox
    external_id: str  # the platform's chat id, a mail address


class Envelope(NamedTuple):
    """A raw inbound payload as it is journaled before it is acknowledged.

    `key` is unique per channel and account: the provider's own id of the event. `conversation`
    orders the work: envelopes of one conversation are received one after the other. A tuple, since
    a frozen dataclass takes four times as long to make, and each accept makes one.
    """

    channel: str
    account: str
    key: str
    conversation: str
    payload: bytes
    received_at: datetime
    id: int = 0  # given by the journal
    attempts: int = 0
    is_requeued: bool = False  # an agent has seen it and wants it received


class MessageKind(StrEnum):
    """What a message asks of us, whatever the channel calls it."""

    TEXT = "text"  # words, files or both
    FORM = "form"  # the form page of `proven_ticket`, filled in: `answers`, `text`, `uploads`
    EDIT = "edit"  # new words for an earlier message, `external_id` names it
    DELETION = "deletion"  # its person has taken a message back, `external_id` names it
    OUTSIDE = "outside"  # said to the person in our name, but not by this desk
    TAP = "tap"  # a button, its data in `tap`; with `text` where it may have been typed instead
    START = "start"  # the person opened the conversation; a deep link's payload in `payload`
    COMMAND = "command"  # a command of the menu, its name in `payload`
    REACHABLE = "reachable"  # may be written to (again)
    UNREACHABLE = "unreachable"  # has blocked us
    UNSUPPORTED = "unsupported"  # kept, answered kindly; `platform_kind` says what it was
    RECEIPT = "receipt"  # how a message of ours fared after it was taken: `receipt`
    IRRELEVANT = "irrelevant"  # an event that asks nothing of us


class AutomaticKind(StrEnum):
    """What a machine sent: it decides what may be answered, never what is kept (RFC 3834)."""

    NO = "no"
    LIST = "list"  # a person's, by way of a mailing list
    DOUBTFUL = "doubtful"  # perhaps an automatic reply, perhaps a person's about such
    BULK = "bulk"  # to many, or from where nobody reads; the words may be a person's all the same
    REPLY = "reply"  # out of office and the like
    BOUNCE = "bounce"  # RFC 3464
    OWN = "own"  # our own mail come back
    CALENDAR = "calendar"  # who comes to a meeting, or that it is called off: a tap sends it

    @property
    def is_machines_own(self) -> bool:
        """Whether surely no person wrote it: such words answer nothing and reopen nothing."""
        return self in (
            AutomaticKind.REPLY,
            AutomaticKind.BOUNCE,
            AutomaticKind.OWN,
            AutomaticKind.CALENDAR,
        )

    @property
    def may_be_answered(self) -> bool:
        """By a machine, unasked: two that answer each other would never end."""
        return self in (AutomaticKind.NO, AutomaticKind.LIST, AutomaticKind.DOUBTFUL)


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingFile:
    """A file in a message. `source` is the channel's own reference, used when it is fetched."""

    source: str
    name: str
    media_type: str = "application/octet-stream"
    size: int | None = None  # bytes, where the platform tells
    is_inline: bool = False  # amid a mail's words: a pasted screenshot, or a logo


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who wrote, as far as the channel tells. A display name is never proof of who it is."""

    name: str  # "" where this message tells none
    external_id: str
    language: str = ""  # the platform's hint, a primary subtag such as "uk"
    is_proven: bool = True  # by the platform; a mail only where our own server vouches for it
    known_as: str = ""  # what to call who has never told a name: a mail address, but no number


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Late news of a message of ours: it has not arrived, though its server had taken it."""

    delivery_id: int
    reason: str
    is_lasting: bool  # nothing will arrive at that address, until somebody writes from there


class Fate(StrEnum):
    """How a message of ours fared on its person's device."""

    SENT = "sent"  # nothing but that it is out there
    DELIVERED = "delivered"
    SEEN = "seen"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """News of a message by the id that its platform gave it; may come twice, and in any order.

    Without an id it is news of all that were sent there until a moment. Where a message bears a
    mark of ours, it names its delivery, before its send has even ended.
    """

    provider_id: str
    fate: Fate
    reason: str = ""
    until: datetime | None = None
    delivery_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One thing said to us, in the same shape from every channel."""

    kind: MessageKind
    address: Address
    sender: Sender
    sent_at: datetime
    external_id: str = ""  # the platform's id of this message within the address
    text: str = ""
    read_as: str = ""  # where `text` shows quotes too: the own words with their questions' numbers
    full_text: str = ""  # with quotes and signature, where a channel has them
    subject: str = ""
    files: tuple[IncomingFile, ...] = ()
    # keys of envelopes that take it back or say it anew, and may have come before it
    ended_by: tuple[str, ...] = ()
    album: str = ""  # several messages that are one: Telegram's media_group_id
    quoted_id: str = ""  # the external id this one answers
    thread: tuple[str, ...] = ()  # external ids of the whole mail thread, newest first
    proven_ticket: int | None = None  # the ticket of a token that only we can have made
    claimed_ticket: int | None = None  # by a number in the subject, which anybody can guess
    answers: Mapping[str, str] = field(default_factory=dict)  # of a form: words by field, "" is
    # "I don't know"; the category stands among them as a field
    uploads: tuple[int, ...] = ()  # of a form: ids of files that are stored already
    tap: str = ""
    tap_id: str = ""  # what the platform wants acknowledged
    payload: str = ""
    is_requeued: bool = False  # an agent has seen it and wants it to be a ticket's
    is_own_contact: bool = False  # the contact it brings is its sender's, the platform says
    is_welcomed: bool = False  # a START that its channel has answered already, in its own way
    opens_window: bool = False  # its platform takes answers for a while, from now on
    platform_kind: str = ""
    automatic: AutomaticKind = AutomaticKind.NO
    failure: Failure | None = None  # what a machine reports
    receipt: Receipt | None = None
    original: str = ""  # SHA-256 of the raw mail among the stored files
    facts: dict[str, str] = field(default_factory=dict)  # small things worth showing to the agent

    @property
    def words(self) -> str:
        """What there is to read answers out of; people are shown `text`."""
        return self.read_as or self.text
