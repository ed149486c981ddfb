"""What the core needs from the world, as Protocols met by shape.

`store` meets those about rows, `bots` those about channels, `desk` brings them together.
All moments are aware datetimes in UTC, all spans are seconds.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from intake.identity import IdentityWork
from intake.links import LinkWork
from intake.memory import Owner, Remembered
from intake.messages import Address, Envelope, Failure, IncomingFile, Message, Receipt
from intake.overtaking import OvertakingWork
from intake.people import Handle, Person
from intake.resending import AgainWork
from intake.situations import Situation
from intake.speech import Delivery, Link, NewDelivery, SendResult
from intake.tickets import Entry, NewEntry, NewTicket, Ticket
from intake.timers import NewTimer, Timer


class Clock(Protocol):
    def now(self) -> datetime: ...


class Bell(Protocol):
    """Wakes loops and pages, in this process and in others. A lost ring only costs a poll."""

    def ring(self, topic: str) -> None:
        """Say that there is news: "inward", "outward", "files", "ticket:1042", "tickets"."""

    async def wait(self, topic: str, within: float) -> bool:
        """Wait for news of `topic`; False when `within` seconds passed without."""

    def listen(self, topics: Iterable[str]) -> AbstractAsyncContextManager[AsyncIterator[str]]:
        """All rings of these topics from now on; topics ending in ":*" take every suffix."""


class Journal(Protocol):
    """Everything that ever arrived, as it arrived."""

    async def accept(self, envelopes: Sequence[Envelope]) -> int:
        """Commit these; returns how many were new (a known key is no news).

        Raises Unavailable when they could not be made durable: then nothing may be acknowledged.
        """

    async def cursor(self, name: str) -> str:
        """Where a poller stands, "" at first: Telegram's offset, a mailbox's uidvalidity:uid."""

    async def accept_with_cursor(
        self, envelopes: Sequence[Envelope], name: str, cursor: str
    ) -> int:
        """The same commit keeps the new cursor."""


class Work(IdentityWork, LinkWork, AgainWork, OvertakingWork, Protocol):
    """What one transaction may do. Leaving its block commits; an exception rolls back.

    What is written may be written later, but before anything is read: nobody sees a difference
    but the database, which is told of many rows at once.
    """

    # envelopes
    async def take_envelopes(self, now: datetime, limit: int) -> Sequence[Envelope]:
        """The oldest due envelope of up to `limit` conversations, locked until the commit."""

    async def begin_envelopes(self, envelopes: Sequence[Envelope], until: datetime) -> None:
        """Count a try of each before it is made; till then only `take_begun` gives them out."""

    async def take_begun(self, envelopes: Sequence[Envelope]) -> Sequence[Envelope]:
        """Those that wait still, locked until the commit; their try is not among `attempts`."""

    async def forget_tries(self, envelopes: Sequence[Envelope]) -> None:
        """What began and was ended by the surroundings was no try."""

    def savepoint(self) -> AbstractAsyncContextManager[None]:
        """Rolls back to its start when an exception leaves it."""

    async def finish_envelope(self, envelope: Envelope) -> None: ...
    async def postpone_envelope(
        self, envelope: Envelope, error: str, next_try_at: datetime
    ) -> None:
        """A try that counts."""

    async def hold_envelope(self, envelope: Envelope, error: str, next_try_at: datetime) -> None:
        """No try of it: the fault was not its own."""

    async def quarantine_envelope(self, envelope: Envelope, error: str) -> None: ...
    async def file_envelope(self, envelope: Envelope, reason: str, now: datetime) -> None:
        """Among the dismissed at once, by the desk itself: no person need look at it."""

    async def dismiss_envelope(self, envelope_id: int, by: str, now: datetime) -> None:
        """Out of quarantine: kept, with who looked at it, and not counted. Raises NotFound."""

    async def requeue_envelope(self, envelope_id: int, by: str) -> None:
        """Out of quarantine or from the dismissed, to be received again. Raises NotFound."""

    # people
    async def situations(self, messages: Sequence[Message]) -> Sequence[Situation]:
        """Loads or makes the senders, and what each message may touch as things are now.

        Two messages of one person don't know of each other. Raises NotFound.
        """

    async def save_person(self, person: Person) -> None: ...
    async def handles(self, person_id: int) -> Sequence[Handle]:
        """All of a person, which nobody can take from them until the commit."""

    async def set_reachable(self, address: Address, *, is_reachable: bool) -> None: ...
    async def note_heard(self, address: Address, at: datetime) -> None: ...
    async def set_link(self, address: Address, link: str) -> None: ...

    # what people have answered once
    async def recall(self, owners: Iterable[Owner]) -> Mapping[Owner, Sequence[Remembered]]:
        """Of each of them, also where nothing is known."""

    async def remember(self, owner: Owner, news: Sequence[Remembered], at: datetime) -> None:
        """The newest answer wins."""

    async def forget(self, old: Sequence[tuple[Owner, Remembered]]) -> None:
        """As far as these are still what is remembered."""

    # tickets
    async def open_tickets(self, news: Sequence[NewTicket]) -> Sequence[Ticket]: ...
    async def ticket(self, number: int) -> Ticket:
        """For a change: on PostgreSQL the row is locked. Raises NotFound."""

    async def save_ticket(self, ticket: Ticket) -> Ticket:
        """All of it, with version + 1. Raises Conflict when stale, perhaps at the commit."""

    async def add_entry(self, new: NewEntry) -> int:
        """Raises Conflict when its one-time key `once` is known; the transaction stays usable."""

    async def edit_entry(self, entry_id: int, text: str, at: datetime) -> None: ...
    async def erase_entry(self, entry_id: int, at: datetime, words: Sequence[str] = ()) -> None:
        """Its words and files; that it was there stays.

        `words` stood there, and go wherever we have said or noted them again.
        """

    async def add_files(self, entry_id: int, files: Sequence[IncomingFile]) -> None: ...
    async def refuse_file(self, file_id: int, reason: str) -> int:
        """Too big to be fetched, ever; returns the ticket that it belongs to.

        Raises NotFound where its message was taken back meanwhile.
        """

    async def fail_file(self, file_id: int, reason: str) -> int:
        """It could not be fetched; returns the ticket that it belongs to. Raises NotFound."""

    async def retry_file(self, file_id: int) -> int:
        """Failed back to waiting; returns its ticket. Raises NotFound, Conflict."""

    async def lacks_file(self, ticket_id: int) -> bool:
        """Whether a file of it has failed."""

    async def move_entry(self, entry_id: int, ticket_id: int) -> None: ...
    async def note_facts(self, entry_id: int, facts: Mapping[str, str]) -> None:
        """What is known of a message from now on, in the place of what was."""

    async def entry(self, entry_id: int) -> Entry:
        """Raises NotFound."""

    async def last_message_in(self, ticket_id: int, address: Address) -> Entry | None:
        """The requester's newest that an answer can quote there, and thread to."""

    async def thread_of(self, entry_id: int) -> tuple[str, ...]:
        """External ids before that message, newest first (mail's References)."""

    # deliveries
    async def post(self, delivery: NewDelivery) -> int:
        """Into the outbox; returns its id. Also names it as the delivery of its entry."""

    async def replace_waiting_edits(self, edits: Sequence[NewDelivery]) -> None:
        """Like `post` of each, but it takes the place of one that still waits."""

    async def fail_delivery(self, failure: Failure, now: datetime) -> None:
        """It has not arrived; with a lasting failure its address can't be reached any more."""

    async def note_receipt(self, address: Address, receipt: Receipt, by: str) -> None:
        """At the message that it is about; `by` signs what happens to a ticket that lost words.

        Raises Conflict while that message may still be on its way: its id is not known yet.
        """

    # timers
    async def take_timers(self, now: datetime, limit: int) -> Sequence[Timer]:
        """Due ones with their tickets, locked until the commit; none while envelopes wait."""

    async def set_timer(self, new: NewTimer) -> bool:
        """In the place of one that waits for the same; False where it is spent."""

    async def set_timers(self, news: Sequence[NewTimer]) -> int:
        """Like `set_timer` for each; returns how many are not spent."""

    async def postpone_timer(self, timer: Timer, due_at: datetime) -> None: ...
    async def spend_timer(self, timer: Timer) -> None:
        """It has rung and never will again, whatever is set."""

    async def drop_timer(self, timer: Timer) -> None: ...


class Store(Protocol):
    def work(self) -> AbstractAsyncContextManager[Work]:
        """One transaction. Raises Unavailable when the database is away."""


class Outbox(Protocol):
    """Deliveries on their way, in commits of their own."""

    async def claim(
        self,
        account: tuple[str, str],
        now: datetime,
        limit: int,
        resting: Sequence[str] = (),
    ) -> Sequence[Delivery]:
        """Due heads of addresses: the oldest unsettled delivery of each, now `sending`.

        `account` is channel and account; addresses in `resting` (external ids) are left alone.
        """

    async def begin(self, delivery: Delivery, now: datetime) -> None:
        """From now on it may have arrived; durable when this returns.

        Raises Conflict when another process has taken the delivery over meanwhile.
        """

    async def settle(self, delivery: Delivery, result: SendResult, now: datetime) -> None:
        """Store how it ended; RetryAfter puts it back with a back-off (`flow.retrying`)."""

    async def sent_since(
        self, channel: str, account: str, since: datetime
    ) -> Sequence[tuple[str, datetime]]:
        """Where each call went, and when, the oldest first; of the newest thousand deliveries.

        How many a delivery was is told rather too high: it may have had a topic made.
        """

    async def release_stale(
        self, channel: str, account: str, now: datetime, spared: Sequence[int] = ()
    ) -> int:
        """After a crash: sends that had begun become unknown, all others wait again.

        `spared` are ids of those that still are under way, here.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """A file that waits to be brought from its channel."""

    file_id: int
    address: Address
    source: str
    name: str
    size: int | None
    attempts: int  # with this one


class Files(Protocol):
    """Files of timelines: rows here, bytes in the blobs."""

    async def claim(
        self, channel: str, account: str, now: datetime, limit: int
    ) -> Sequence[Fetch]: ...
    async def release(self, channel: str, account: str) -> int:
        """What a crashed predecessor had claimed is due again; returns how many."""

    async def stored(self, file_id: int, sha256: str, size: int, media_type: str) -> None: ...
    async def postponed(self, file_id: int, reason: str, next_try_at: datetime) -> None:
        """A try that counts: this file was not to be had."""

    async def add_upload(self, name: str, media_type: str, size: int, sha256: str) -> int:
        """A file that an agent brings; an entry takes it by its id."""


class Blobs(Protocol):
    """Bytes by their SHA-256, outside the web root."""

    def write(self, content: bytes) -> str:
        """Durable (fsynced) when it returns; returns the SHA-256. Raises Unavailable."""

    def read(self, sha256: str) -> bytes:
        """Raises NotFound, OutOfReach, or Unavailable while nothing can be read."""


class Leases(Protocol):
    """Who serves what, among processes."""

    async def take(self, name: str, owner: str, within: float) -> bool:
        """Take or renew for `within` seconds of the keeper's clock; False while another has it."""

    async def release(self, name: str, owner: str) -> None: ...

    async def owner(self, name: str) -> str: ...  # who took it last, or ""


class FormLinks(Protocol):
    """Addresses of form pages: each opens one ticket for a while, and can't be guessed."""

    def link(self, number: int, label: str, now: datetime) -> Link: ...


class Translate(Protocol):
    """A channel's pure reading of one envelope. Raises Unreadable."""

    def __call__(self, envelope: Envelope) -> Sequence[Message]: ...


Begin = Callable[[], Awaitable[None]]


class Sender(Protocol):
    """A channel's way out for one account."""

    async def send(self, delivery: Delivery, begin: Begin) -> SendResult:
        """Awaits `begin` right before a new message may arrive, and lets through what it raises.

        Until then surely nothing was sent, whatever breaks off.
        """


class Hearing(Protocol):
    """When somebody was last heard at an address, for platforms that take answers for a while."""

    async def last_at(self, address: Address) -> datetime | None: ...


class Nameless(Protocol):
    """People of whom no message has told what they are called."""

    async def people(self, channel: str, account: str, limit: int) -> Sequence[Handle]:
        """Those that write to this account and were never asked about, oldest first."""

    async def call(self, handle: Handle, name: str) -> None:
        """From now on, and wherever they stand without a name; with "" they go on without."""


class Namer(Protocol):
    """A channel's way to ask what somebody is called. "" where nobody tells; raises Away."""

    async def name_of(self, external_id: str) -> str: ...


class Fetcher(Protocol):
    """A channel's way to bring a file. Raises TooBig, Gone or any network error (tried again)."""

    async def fetch(self, source: str) -> bytes: ...
