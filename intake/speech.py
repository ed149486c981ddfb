"""What leaves: cards and texts in a channel-neutral form, deliveries, and the five ends of a send.

How a card looks is left to each channel's `card.py`; which words it carries to `wording`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from intake.messages import Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A button. `data` comes back in a tap: at most 64 ASCII bytes (Bot API's callback_data)."""

    label: str
    data: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A button that opens a page. Its address proves who may see it: it is never logged."""

    label: str
    url: str
    app_url: str = ""  # the same page inside Telegram, as a Mini App


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """One known thing on a card."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One missing field on a card, numbered from 1. Every choice may also be typed."""

    number: int
    label: str
    hint: str = ""
    choices: tuple[Choice, ...] = ()
    is_phone: bool = False  # answered by a tap where a chat can hand over its person's own number


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A plain message: paragraphs separated by blank lines, no markup."""

    text: str
    choices: tuple[tuple[Choice, ...], ...] = ()  # rows of buttons
    signature: str = ""  # the agent's name, set off from the text
    files: tuple[int, ...] = ()  # ids of stored files
    phone: str = ""  # the label of a button that hands over the own number, where a chat has one


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The one message that shows what is known and asks for all that is missing."""

    heading: str  # "#1042 · Printer"
    intro: str
    known: tuple[Chip, ...] = ()
    ask: str = ""  # the line above the questions
    questions: tuple[Question, ...] = ()
    closing: str = ""
    actions: tuple[Choice, ...] = ()
    form: Link | None = None  # the page with the same fields
    ways: tuple[Link, ...] = ()  # chats where the person may go on
    signature: str = ""  # the name of the agent who asks


def is_asking(speech: "Speech") -> bool:
    """Whether an answer is waited for that nobody who does not see it can give."""
    return isinstance(speech, Card) and bool(speech.questions)


Speech = Text | Card


class Operation(StrEnum):
    SEND = "send"
    EDIT = "edit"  # shows a new state of the message that delivery `target_id` sent
    ANSWER_TAP = (
        "answer_tap"  # ends the waiting of a tapped button; `target_external_id` is the tap's id
    )
    TAKE_BACK = "take_back"  # deletes a message in a chat of agents, `target_external_id`
    TOPIC = "topic"  # in a chat of agents: names, closes or opens its ticket's, as `subject` says


class DeliveryState(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    ACCEPTED = "accepted"  # as good as delivered: its platform gives no receipts
    SENT = "sent"  # taken by its platform, which will say how it fares
    DELIVERED = "delivered"
    SEEN = "seen"
    FAILED = "failed"  # permanent
    GONE = "gone"  # the person can't be reached there
    UNKNOWN = "unknown"  # perhaps delivered; never repeated blindly


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """Where words to a requester go, and what of theirs they answer there."""

    address: Address
    quoted_id: str = ""
    thread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDelivery:
    """One thing to send, written in the same commit as its cause."""

    address: Address
    body: Speech
    operation: Operation = Operation.SEND
    ticket_id: int | None = None
    entry_id: int | None = None
    target_id: int | None = None
    target_external_id: str = ""
    subject: str = ""
    quoted_id: str = ""  # the inbound external id this answers
    thread: tuple[str, ...] = ()  # external ids before that one, newest first
    is_automatic: bool = True  # the bot's own words; an agent's reply is not
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery(NewDelivery):
    """A claimed row of the outbox."""

    id: int
    attempts: int = 0
    target_provider_id: str = ""  # what the platform called the message that is edited
    attachments: tuple["Enclosure", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A stored file that goes out with a delivery."""

    name: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """The platform has it. `has_receipts` where it will say how the message fares.

    `parts` are the ids of messages before the last one, where it took several.
    """

    provider_id: str = ""
    parts: tuple[str, ...] = ()
    has_receipts: bool = False
    reason: str = ""  # worth knowing all the same: that it was charged for


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryAfter:
    """Surely not delivered, may go later. 0 seconds leaves the pause to the back-off.

    `is_away` when nobody answered at all, `is_refused` when the account itself was (its token,
    its login, its sender's address): then all others need not try as well.
    """

    seconds: float
    reason: str
    is_away: bool = False
    is_refused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Permanent:
    """Will never go."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UserGone:
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """The request was written and no clear answer came: perhaps delivered, some `parts` surely."""

    reason: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubtful:
    """A delivery that ended as Unknown."""

    delivery_id: int
    body: Speech


SendResult = Accepted | RetryAfter | Permanent | UserGone | Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A button before it has words. `data` may hold {ticket} and {entry}, known at the commit."""

    template: str
    data: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """What `dialogue` wants said, before it has words: a template's name and what goes into it."""

    template: str  # templates/chat/<template>.txt; the ticket adds number, subject and due
    values: Mapping[str, Any] = field(default_factory=dict)
    options: tuple[Option, ...] = ()  # one a row


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What a channel can do, as far as the dialogue must know."""

    edits_cards: bool  # a card out there can be changed in place
    is_threaded: bool  # messages name their ticket by thread, and nobody waits for a word
    most_first_cards: int | None = None  # an hour, to whom nobody knows or vouches for

    @property
    def repeats(self) -> bool:
        """A chat in which nothing changes in place: what a tap does is said below it."""
        return not self.edits_cards and not self.is_threaded
