"""What a person's earlier answers say of a new ticket, until the person says otherwise.

Only own answers are remembered, by where they were said and by the name that was written with
them, so that whoever shares an address does not read the other's. Rows are left to `store`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from intake.catalogue import Catalogue
from intake.people import Handle
from intake.tickets import ANSWER, Change, Ticket

MACHINE = ("asset", "os")  # one machine's: where one of them differs the others are another's


SHARED = frozenset({"email"})  # channels where several people may write from one address


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Whose answers these are: a person, where they write, and the name that stands there."""

    person_id: int
    handle_id: int
    name: str
    is_shared: bool  # perhaps others write from there as well

    @staticmethod
    def of(person_id: int, name: str, handle: Handle) -> "Owner":
        return Owner(
            person_id=person_id,
            handle_id=handle.id,
            name=" ".join(name.casefold().split()),
            is_shared=handle.address.channel in SHARED,
        )

    def is_called(self, name: str, *, is_shared: bool) -> bool:
        """Whether what was said at another handle of the person's, by this name, is theirs.

        A chat is one person's, who is called there as they like: "Olena" is Olena Kovalenko.
        """
        if self.is_shared and is_shared:
            return name == self.name
        own, other = set(self.name.split()), set(name.split())
        return own <= other or other <= own


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """One answer. `category` is "" where it holds in every one."""

    field: str
    category: str
    value: str


def memorable(
    catalogue: Catalogue, category: str | None, answers: Mapping[str, str]
) -> list[Remembered]:
    """What of these answers holds for later tickets."""
    return [
        Remembered(field=name, category=scope, value=value)
        for name, value in answers.items()
        if (scope := scope_of(catalogue, category, name)) is not None
    ]


def scope_of(catalogue: Catalogue, category: str | None, name: str) -> str | None:
    """Where an answer of this category is looked for again; None where nowhere."""
    field = catalogue.fields.get(name)
    if field is None or category is None or not field.remembered:
        return None
    own = catalogue.categories[category].own if category in catalogue.categories else ()
    return category if field.remembered == "category" or name in own else ""


def assume(
    catalogue: Catalogue, ticket: Ticket, memory: Iterable[Remembered]
) -> tuple[Ticket, tuple[Change, ...]]:
    """The ticket with what nobody has said of it yet, and one change for each."""
    known = {(one.field, one.category): one.value for one in memory}
    fits = {
        name: value
        for name in catalogue.fields_of(ticket.category)
        if (value := _known(known, name, scope_of(catalogue, ticket.category, name)))
    }
    is_other = any(ticket.answers.get(name, fits.get(name)) != fits.get(name) for name in MACHINE)
    taken = {
        name: value
        for name, value in fits.items()
        if name not in ticket.answers
        and name not in ticket.declined
        and not (is_other and name in MACHINE)
    }
    changes = tuple(Change(what=f"assumed:{name}", after=taken[name]) for name in taken)
    answers = dict(ticket.answers) | taken
    return replace(ticket, answers=answers, assumed=ticket.assumed | taken.keys()), changes


def _known(known: Mapping[tuple[str, str], str], name: str, scope: str | None) -> str | None:
    """A printer is likely near its user, but not the user near a printer."""
    return known.get((name, scope or "")) or known.get((name, ""))


def confirm(ticket: Ticket, names: Iterable[str]) -> tuple[Ticket, tuple[Change, ...]]:
    """The person says that what was assumed is so."""
    sure = sorted(ticket.assumed.intersection(names))
    changes = tuple(Change(what=f"confirmed:{name}", after=ticket.answers[name]) for name in sure)
    return replace(ticket, assumed=ticket.assumed.difference(sure)), changes


def without_assumed(ticket: Ticket) -> Ticket:
    """Only what was said."""
    said = {name: value for name, value in ticket.answers.items() if name not in ticket.assumed}
    return replace(ticket, answers=said, assumed=frozenset())


def learned(ticket: Ticket, changes: Sequence[Change]) -> dict[str, str]:
    """What the person has said or confirmed with these changes."""
    names = [change.field for change in changes if change.kind in (ANSWER, "confirmed")]
    return {name: ticket.answers[name] for name in names if name in ticket.answers}


def doubted(changes: Sequence[Change]) -> dict[str, str]:
    """What is no longer so."""
    return {change.field: change.before for change in changes if change.kind == "doubted"}
