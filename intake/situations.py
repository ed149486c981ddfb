"""What the core must know to decide about one message, as `store` loads it."""

from dataclasses import dataclass
from datetime import datetime

from intake.decisions import EXPLAINS, TOLD
from intake.directory import Employee
from intake.links import Proof
from intake.people import Handle, Person
from intake.speech import Doubtful
from intake.tickets import Entry, Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    person: Person
    handle: Handle
    live_tickets: tuple[Ticket, ...]  # of this person, newest activity first, at most 20
    # their own: by a button that was shown there, by edit, quote, thread or album
    named_ticket: Ticket | None = None
    claimed_ticket: Ticket | None = None  # by a number in the subject alone, and their own
    proven_ticket: Ticket | None = None  # by a token of ours, perhaps another person's
    # an edited message, the album's first, what a tap moves, what a report says has failed
    known_entry: Entry | None = None
    followers: tuple[Entry, ...] = ()  # sent right after that without words; they go along
    shown: int | None = None  # the delivery whose button was tapped, as it was first sent
    destination: Ticket | None = None  # where a tap moves it: their own, perhaps closed
    is_all_that_was_said: bool = False  # what a tap moves, with its ticket, bot and marks apart
    last_entry: Entry | None = None  # the newest message of the person in this conversation
    last_ticket: Ticket | None = None  # that message's, where no ticket is live
    told_tickets: tuple[Ticket, ...] = ()  # their own whose numbers stand in a chat message
    solved_tickets: tuple[Ticket, ...] = ()  # of this person, within days, newest activity first
    carded_at: tuple[datetime, ...] = ()  # of the newest mails of ours: cards, or beside tickets
    newcomers: int = 0  # within an hour, where this one is not vouched for and had no card yet
    is_first_contact: bool = False
    employee: Employee | None = None  # whom the directory knows this person as, if still active
    is_own: bool = False  # an OUTSIDE message that this desk has sent itself
    doubtful: tuple[Doubtful, ...] = ()  # what of ours it may be, sent about then
    proof: Proof | None = None  # the newest that this handle was asked for, where it may be given

    def told_at(self, ticket: Ticket | None) -> datetime | None:
        """When its person last heard that such words arrive, unless they spoke elsewhere since."""
        last = self.last_entry
        if last is None or ticket is None or last.ticket_id != ticket.id:
            return None
        told = last.facts.get(TOLD, "")
        return datetime.fromisoformat(told) if told else None

    def explained(self, ticket: Ticket) -> str:
        """The field whose hint was all that was said to its person's last words; "" for none."""
        last = self.last_entry
        return last.facts.get(EXPLAINS, "") if last and last.ticket_id == ticket.id else ""
