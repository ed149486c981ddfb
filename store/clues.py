"""What points from one message to tickets, gathered before these are loaded.

Where each clue comes from is left to `pointers` and `situations`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from intake.links import Proof
from intake.mentions import perhaps_mentioned
from intake.messages import Message, MessageKind
from intake.speech import Doubtful
from intake.tickets import Entry
from store.part import LARGEST_ID
from store.people import Writer

MOVES = "move|"  # the tap that takes a message elsewhere


@dataclass(slots=True, kw_only=True, eq=False)
class Clues:
    """Of one message."""

    message: Message
    writer: Writer
    # an edited message, the album's first, what a tap moves or a report tells of
    known: Entry | None = None
    is_alone: bool = False  # it, on its ticket
    followers: Sequence[Entry] = ()  # sent right after what a tap moves, without words
    is_own: bool = False
    tapped: int | None = None  # the ticket of a button that was shown there
    shown: int | None = None  # the delivery that showed it
    doubtful: tuple[Doubtful, ...] = ()
    last: Entry | None = None
    carded_at: tuple[datetime, ...] = ()
    newcomers: int = 0
    live: Sequence[int] = ()
    solved: Sequence[int] = ()  # of late
    named: int | None = None
    proof: Proof | None = None

    @property
    def is_form(self) -> bool:
        return self.message.kind is MessageKind.FORM

    @property
    def told(self) -> set[int]:
        """By their numbers in a chat's words; a mail names its ticket by its subject alone."""
        is_chat = self.message.kind is MessageKind.TEXT and not self.message.subject
        is_known = is_chat and not self.writer.is_new
        return perhaps_mentioned(self.message.text) if is_known else set()

    @property
    def destination(self) -> int | None:
        """Where a tap takes a message."""
        is_move = self.tapped is not None and self.message.tap.startswith(MOVES)
        return _number(self.message.tap, 3) if is_move else None

    @property
    def before(self) -> int | None:
        """Where the conversation stopped, when no ticket is live."""
        return self.last.ticket_id if self.last is not None and not self.live else None

    @property
    def numbers(self) -> set[int]:
        """Every ticket that may be touched."""
        told = (self.message.proven_ticket, self.message.claimed_ticket, *self.told)
        pointed = {self.named, self.before, self.destination, *told, *self.live, *self.solved}
        return {number for number in pointed if number is not None and 0 < number <= LARGEST_ID}


def tapped(tap: str) -> int | None:
    """Button data is `verb|number|...`."""
    return _number(tap, 1)


def taken_by(tap: str) -> int:
    """`move|number|entry|...`; 0 when it names none."""
    return _number(tap, 2) or 0


def _number(tap: str, place: int) -> int | None:
    word = [*tap.split("|"), "", "", ""][place]
    return int(word) if word.isdecimal() and len(word) < len(str(LARGEST_ID)) else None
