"""How long a card waits: one reminder, and then the ticket goes on without the answers.

So does the card of one of many tickets that wait for their person to be let in.

Pure. The timers are rows of `store`; carrying out what is decided here is left to `ringing`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, StrEnum

from intake.sla import WorkingHours, due_at
from intake.tickets import Ticket


class Purpose(StrEnum):
    REMIND = "remind"  # rings once in the life of a ticket
    GO_ON = "go_on"
    SERVE = "serve"  # a ticket that was held, once its person is let in


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTimer:
    """A card waits for an answer, or to go out. A reminder asks what was said `after_entry`."""

    ticket_id: int
    purpose: Purpose
    due_at: datetime
    after_entry: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """A due row, with its ticket as it is now."""

    id: int
    ticket: Ticket
    purpose: Purpose
    has_been_heard: bool  # since the card the person has said or an agent has answered something


class Ring(Enum):
    """What a due timer does."""

    NOTHING = "nothing"
    LATER = "later"  # the desk is closed: when it opens
    REMIND = "remind"
    WAIT_ON = "wait_on"  # no reminder, but the ticket goes on in its time
    GO_ON = "go_on"
    SERVE = "serve"


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How much working time passes until a reminder, and until the ticket goes on.

    Without a span for reminders, or with one that is not the shorter, nobody is reminded.
    """

    hours: WorkingHours
    reminds_within: timedelta
    goes_on_within: timedelta

    def first(self, ticket_id: int, after_entry: int, now: datetime) -> NewTimer:
        """What a card that has just gone out waits for."""
        reminds = timedelta(0) < self.reminds_within < self.goes_on_within
        return NewTimer(
            ticket_id=ticket_id,
            purpose=Purpose.REMIND if reminds else Purpose.GO_ON,
            due_at=self._after(self.reminds_within if reminds else self.goes_on_within, now),
            after_entry=after_entry,
        )

    def last(self, ticket_id: int, now: datetime) -> NewTimer:
        """The whole time anew, without a reminder."""
        due = self._after(self.goes_on_within, now)
        return NewTimer(ticket_id=ticket_id, purpose=Purpose.GO_ON, due_at=due)

    def then(self, timer: Timer, now: datetime) -> NewTimer:
        """After the time of the reminder the rest of the whole: a late reminder delays it too."""
        due = self._after(self.goes_on_within - self.reminds_within, now)
        return NewTimer(ticket_id=timer.ticket.id, purpose=Purpose.GO_ON, due_at=due)

    def opens_at(self, now: datetime) -> datetime:
        """Now, or when the desk is open again."""
        return self._after(timedelta(0), now)

    def ring(self, timer: Timer, now: datetime) -> Ring:
        ticket = timer.ticket
        if timer.purpose is Purpose.SERVE:
            return Ring.SERVE if ticket.is_held and ticket.status.is_live else Ring.NOTHING
        if not (ticket.asked and ticket.status.is_live):
            return Ring.NOTHING
        if timer.purpose is Purpose.GO_ON:
            return Ring.GO_ON
        if timer.has_been_heard:
            return Ring.WAIT_ON
        return Ring.REMIND if self.opens_at(now) <= now else Ring.LATER

    def _after(self, within: timedelta, now: datetime) -> datetime:
        return due_at(now, within, self.hours)
