"""What one message causes, as a value: `dialogue` makes it, `effects` carries it out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum

from intake.links import Wish
from intake.messages import Failure, Receipt
from intake.people import Person
from intake.speech import Say
from intake.tickets import Author, Change, NewTicket, Status, Ticket

EXPLAINS = "explains"  # where that stands among the facts of a message
TOLD = "told"  # where `told_at` stands among the facts of a message


class CardStep(Enum):
    NONE = "none"
    SHOW = "show"  # a new message
    REFRESH = "refresh"  # the card that is out shows the new state


def back_to_work(before: Ticket, after: Ticket) -> tuple[Ticket, tuple[Change, ...]]:
    """Once the last question is settled it is the desk's turn again."""
    if not before.asked or after.asked:
        return after, ()
    if after.status is not Status.PENDING:
        return replace(after, waits_for_agent=True), ()
    change = Change.of_status(after.status, Status.OPEN)
    return replace(after, status=Status.OPEN, waits_for_agent=True), (change,)


def thanks(before: Ticket, after: Ticket) -> tuple[Say, ...]:
    """For the last answer that was needed: by the agent who asked, or by the desk."""
    if before.ask is not None and not after.asked:
        return (Say(template="passed_on", values={"agent": before.ask.agent}),)
    is_done = after.is_complete and not before.is_complete and not after.asked
    return (Say(template="complete"),) if is_done else ()


def reopened(ticket: Ticket) -> tuple[Ticket, tuple[Change, ...]]:
    """What waited for its requester, or seemed done, is work again once something is said."""
    if ticket.status not in (Status.PENDING, Status.SOLVED):
        return ticket, ()
    change = Change.of_status(ticket.status, Status.OPEN)
    return replace(ticket, status=Status.OPEN), (change,)


def turns(changes: Iterable[Change]) -> bool:
    """Whether a ticket is over by them, or open again."""
    return any(
        change.what == "status" and Status(change.before).is_live != Status(change.after).is_live
        for change in changes
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """The ticket that a moved message leaves, as it shall become without it."""

    ticket: Ticket
    changes: tuple[Change, ...] = ()
    lost: Mapping[str, str] = field(default_factory=dict)  # answers that the message had given
    is_emptied: bool = False  # nothing else was said there
    is_card_stale: bool = False  # it shows what is no longer so


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Everything that one message causes, in one commit."""

    opens: NewTicket | None = None
    asks_nothing: bool = False  # the opened ticket goes to a person as it is
    ticket: Ticket | None = None  # an existing one, as it shall become
    changes: tuple[Change, ...] = ()
    keeps_message: bool = False
    flag: str = ""  # for the agent, at the message: "abuse", "human", "danger"
    shown_as: str = ""  # what the message says, where that stands in what it quotes
    besides: str = ""  # words of the message that tell of a second trouble
    shows: str = ""  # the field that the message's files answer
    shown_before: str = ""  # the same of the message before it, a photo without words
    gave: str = ""  # what the message gave to its ticket, as `shares` writes it
    home: str = ""  # the ticket that was closed when this message, its only one, went elsewhere
    had: str = ""  # what the message had given to that, as `shares` writes it
    is_unsure: bool = False  # it gives nothing until its person says where it belongs
    asks: str = ""  # "solved" where the person is asked whether it is
    explains: str = ""  # the one field whose hint answers a question back
    told_at: datetime | None = None  # when the person last heard that such words arrive
    goes_with: str = ""  # the entry of the message before it, with which it moves
    is_claimed: bool = False  # nothing proves who wrote, or that the ticket is meant
    needless: str = ""  # why its envelope is filed among the dismissed: it is on no timeline
    author: Author = Author.REQUESTER
    extends_entry: int | None = None  # more files of the same album
    rewrites_entry: int | None = None  # an edited message
    erases_entry: int | None = None  # one that its person has taken back
    forgets: tuple[str, ...] = ()  # words that stood there, wherever we have said them again
    moves_entry: int | None = None  # to the ticket, or to the one that is opened
    leaves: Leaving | None = None
    card: CardStep = CardStep.NONE
    says: tuple[Say, ...] = ()
    becomes: Say | None = None  # the message of ours whose button was tapped
    tap_answer: Say | None = None
    person: Person | None = None
    is_reachable: bool | None = None
    failure: Failure | None = None  # of a delivery that was taken to have arrived
    receipt: Receipt | None = None
    wish: Wish | None = None  # about linking
