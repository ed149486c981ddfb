"""What the core asks of the world about who people are, as Protocols like those of `ports`."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from intake.directory import Employee
from intake.speech import Link
from intake.tickets import Ticket


class Directory(Protocol):
    """Employees by what is theirs alone: what several active ones have finds nobody."""

    async def find(self, employee_id: int) -> Employee | None:
        """Also who has left."""

    async def find_by_phone(self, phone: str) -> Employee | None:
        """`phone` in E.164."""

    async def find_by_mail(self, mail: str) -> Employee | None:
        """`mail` as `directory.plain_mail` gives it."""

    async def is_listed(self, *mails: str) -> bool:
        """Whether anybody has one of them or had it once, who has left as well."""

    async def ids_by_mails(self, mails: Iterable[str]) -> Mapping[str, int]:
        """Of each mail that one active employee alone has."""


async def own_mails(directory: Directory, employee: Employee) -> Sequence[str]:
    """Their mailboxes that nobody shares with them: what is said there, they alone read."""
    owners = await directory.ids_by_mails(employee.mails)
    return [mail for mail in employee.mails if owners.get(mail) == employee.id]


class IdentityWork(Protocol):
    """The side of a unit of work that knows who people are."""

    @property
    def directory(self) -> Directory: ...

    async def hold_directory(self) -> None:
        """Until the commit no list changes it: what it says of a mailbox stays so."""

    async def point_to_employee(self, person_id: int, employee_id: int | None) -> None:
        """Who this person is in the directory; None takes that back."""

    async def employee_of(self, person_id: int) -> Employee | None:
        """Whom the directory knows this person as, while they work here."""

    async def approve(self, person_id: int, by: str, at: datetime) -> None:
        """Let in, whoever they are; who did it is kept."""

    async def held_tickets(self, person_id: int, limit: int) -> Sequence[Ticket]:
        """The first that wait for it, live ones alone, locked and in the order of their numbers.

        Without those that have a timer for it already.
        """

    async def held_numbers(self, person_id: int) -> Sequence[int]:
        """All of these."""


class Ways(Protocol):
    """Addresses of chats where somebody may go on; each names the ticket that it stands with."""

    def ways(self, ticket: Ticket, now: datetime) -> tuple[Link, ...]: ...
