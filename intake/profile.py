"""What the directory says of somebody's new ticket, until they say otherwise. Pure.

It counts for less than anything they have said themselves, now or for an earlier ticket.
"""

from collections.abc import Sequence

from intake.catalogue import Catalogue
from intake.directory import Employee
from intake.memory import Remembered, scope_of


def answers_of(
    catalogue: Catalogue, category: str | None, employee: Employee | None
) -> Sequence[Remembered]:
    """As if they had been remembered, for a ticket of this category."""
    known = catalogue.categories.get(category or "")
    if known is None or employee is None:
        return ()
    phone = employee.phones[0] if employee.phones else ""
    facts = {"place": employee.place, "machine": employee.machine, "phone": phone}
    return [
        Remembered(field=name, category=scope_of(catalogue, category, name) or "", value=value)
        for name, fact in known.directory.items()
        if (value := facts[fact])
    ]
