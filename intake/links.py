"""Who is behind a handle, and how that was shown: the shapes of linking, and what it asks for.

A link says that a handle belongs to a person; it is on the record and can be undone. A proof is
what somebody is asked to show first. What a message wants is read by `linking.wishes`, and done by
`linking.joining`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from intake.directory import Employee
from intake.messages import Address
from intake.people import Handle, Person

MOST_TRIES = 5  # of one code


class Way(StrEnum):
    """What has shown that a handle is a person's. A name never does."""

    CONTACT = "contact"  # their own number, vouched for by the platform
    CODE = "code"  # typed in the chat, read in the work mailbox
    LINK = "link"  # the same, begun by a link of ours
    AGENT = "agent"  # an agent has proposed it, the person has agreed
    MAIL = "mail"  # our own server vouches for a mail from a work mailbox that is theirs alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One linking. `key` is known to whoever was told of it: with it they answer or undo it."""

    id: int
    key: str
    handle: Handle  # as it is now
    from_person_id: int
    to_person_id: int
    way: Way
    by: str  # the agent who has proposed it
    asked_at: datetime
    linked_at: datetime | None = None
    undone_at: datetime | None = None
    undone_by: str = ""

    @property
    def is_live(self) -> bool:
        """Whether the handle is with the person because of it."""
        is_there = self.handle.person_id == self.to_person_id
        return self.linked_at is not None and self.undone_at is None and is_there

    @property
    def is_asked(self) -> bool:
        """Whether it waits for the person's yes."""
        return self.linked_at is None and self.undone_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProof:
    """What is asked of whoever writes from a handle; without a hash a mail address is.

    `subject` names what it is about without telling it: it is counted, and never read.
    """

    handle_id: int
    way: Way
    asked_at: datetime
    expires_at: datetime
    subject: str = ""
    token: str = ""  # hash of the deep link's that is followed
    code_hash: str = ""
    employee_id: int | None = None  # whose mailbox the code has gone to
    known_id: int | None = None  # the handle that it has gone to


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof(NewProof):
    """The newest that a handle was asked for."""

    id: int
    tries: int = 0
    is_spent: bool = False

    @property
    def asks_for_code(self) -> bool:
        return bool(self.code_hash)

    def is_open(self, now: datetime) -> bool:
        return not self.is_spent and self.tries < MOST_TRIES and now < self.expires_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Somebody that a search has found: a person, or an employee who has not written yet."""

    name: str
    person_id: int | None = None
    employee_id: int | None = None
    reached_by: str = ""  # a mail or another address, to tell namesakes apart


# What a message may want.


@dataclass(frozen=True, slots=True, kw_only=True)
class Asks:
    """To be linked, and does not say with whom."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesMail:
    """To be linked with whoever reads this mailbox."""

    mail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowsPhone:
    """`is_proven`: their own number, the platform says; anybody can send a card."""

    phone: str
    is_proven: bool
    is_aside: bool = False  # it answers a card: nothing need be said of what it does not link


@dataclass(frozen=True, slots=True, kw_only=True)
class TypesCode:
    code: str
    proof: Proof


@dataclass(frozen=True, slots=True, kw_only=True)
class Follows:
    """A link of ours, which names the ticket that it came with; None where it is over."""

    token: str
    ticket: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """A button of a link: that it is so, or that it is not."""

    link_id: int
    key: str
    is_so: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WritesFrom:
    """Not asked for: a mail that is surely from the mailbox of this employee alone."""

    employee_id: int


Wish = Asks | NamesMail | ShowsPhone | TypesCode | Follows | Answers | WritesFrom


class Secrets(Protocol):
    """What nobody can guess, and what only we can have made."""

    def code(self) -> str:
        """Eight digits."""

    def key(self) -> str: ...
    def hash(self, *told: str) -> str:
        """The same words give the same hash; nobody else can make it."""

    def token(self, ticket: int, now: datetime) -> str:
        """For a deep link, at most 64 letters, digits, `-` and `_`."""

    def is_token(self, payload: str) -> bool:
        """Whether it looks like one."""

    def read_token(self, token: str, now: datetime) -> int | None:
        """The ticket that it names; None where it is forged or over."""


def hash_of_code(secrets: Secrets, handle: Handle, code: str) -> str:
    """It is good for the handle alone that asked for it."""
    return secrets.hash("code", str(handle.id), code)


class LinkWork(Protocol):
    """The side of a unit of work that links."""

    async def ask_proof(self, new: NewProof) -> None:
        """In the place of what this handle was asked for before."""

    async def count_proofs(self, handle_id: int, since: datetime) -> int: ...
    async def count_follows(self, token: str, since: datetime) -> int:
        """Of a deep link, in whatever chats."""

    async def count_proofs_of(
        self, subject: str, since: datetime, handle_id: int, settled: datetime
    ) -> int:
        """Of a handle that is older than `settled` only by such."""

    async def try_proof(self, proof: Proof) -> int:
        """Counts a try before it is made; returns how many are left, -1 where it was none."""

    async def use_proof(self, proof: Proof) -> None:
        """It has proven something, once."""

    async def is_used(self, token: str) -> bool:
        """Whether a proof with this token has proven something."""

    async def handle(self, handle_id: int) -> Handle | None: ...
    async def handle_at(self, address: Address) -> Handle | None: ...
    async def handles_of(self, person_id: int) -> Sequence[Handle]:
        """Oldest first."""

    async def person(self, person_id: int) -> Person:
        """Raises NotFound."""

    async def person_of(self, employee_id: int) -> Person | None:
        """Who writes as this employee; until the commit nobody else becomes so."""

    async def make_person(self, employee: Employee, language: str) -> Person: ...

    async def propose_link(
        self, handle: Handle, to_person_id: int, way: Way, *, by: str, key: str
    ) -> Link:
        """On the record; nothing moves before `make_link`."""

    async def make_link(self, link: Link, to: Person) -> tuple[Link, Sequence[int]]:
        """The handle and its tickets are the person's now; returns these tickets' numbers too."""

    async def undo_link(self, link: Link, back_to: Person, by: str) -> Sequence[int]:
        """All that came from the handle goes back with it; returns these tickets' numbers.

        A link that was only proposed is over.
        """

    async def has_undone(self, handle_id: int, to_person_id: int) -> bool:
        """Whether somebody has said that this handle is not that person's."""

    async def link(self, link_id: int) -> Link:
        """For a change: its row is locked. Raises NotFound."""

    async def links_of(self, person_id: int) -> Sequence[Link]:
        """To or from this person, live or asked, newest first."""

    async def find_people(self, words: str) -> Sequence[Found]:
        """By a part of their name or address; at most 20 of each kind."""
