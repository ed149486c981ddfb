"""What one message causes, as a value: `dialogue` makes it, `effects` carries it out."""

from dataclasses import dataclass, replace
from enum import Enum

from intake.people import Person
from intake.speech import Say
from intake.tickets import Author, Change, NewTicket, Status, Ticket


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
    change = Change(what="status", before=after.status, after=Status.OPEN)
    return replace(after, status=Status.OPEN, waits_for_agent=True), (change,)


def thanks(before: Ticket, after: Ticket) -> tuple[Say, ...]:
    """For the last answer that was needed: by the agent who asked, or by the desk."""
    if before.ask is not None and not after.asked:
        return (Say(template="passed_on", values={"agent": before.ask.agent}),)
    is_done = after.is_complete and not before.is_complete
    return (Say(template="complete"),) if is_done else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Everything that one message causes, in one commit."""

    opens: NewTicket | None = None
    asks_nothing: bool = False  # the opened ticket goes to a person as it is
    ticket: Ticket | None = None  # an existing one, as it shall become
    changes: tuple[Change, ...] = ()
    keeps_message: bool = False
    flag: str = ""  # for the agent, at the message: "abuse"
    besides: str = ""  # words of the message that tell of a second trouble
    shows: str = ""  # the field that the message's files answer
    author: Author = Author.REQUESTER
    extends_entry: int | None = None  # more files of the same album
    rewrites_entry: int | None = None  # an edited message
    moves_entry: int | None = None  # to the ticket, or to the one that is opened
    card: CardStep = CardStep.NONE
    says: tuple[Say, ...] = ()
    tap_answer: Say | None = None
    person: Person | None = None
    is_reachable: bool | None = None
