"""What one message causes, as a value: `dialogue` makes it, `effects` carries it out."""

from dataclasses import dataclass
from enum import Enum

from intake.people import Person
from intake.speech import Say
from intake.tickets import Author, Change, NewTicket, Ticket


class CardStep(Enum):
    NONE = "none"
    SHOW = "show"  # a new message
    REFRESH = "refresh"  # the card that is out shows the new state


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Everything that one message causes, in one commit."""

    opens: NewTicket | None = None
    asks_nothing: bool = False  # the opened ticket goes to a person as it is
    ticket: Ticket | None = None  # an existing one, as it shall become
    changes: tuple[Change, ...] = ()
    keeps_message: bool = False
    flag: str = ""  # for the agent, at the message: "abuse"
    author: Author = Author.REQUESTER
    extends_entry: int | None = None  # more files of the same album
    rewrites_entry: int | None = None  # an edited message
    moves_entry: int | None = None  # to the ticket, or to the one that is opened
    card: CardStep = CardStep.NONE
    says: tuple[Say, ...] = ()
    tap_answer: Say | None = None
    person: Person | None = None
    is_reachable: bool | None = None
