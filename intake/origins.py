"""Where an agent's words were written, if not on a page of the inbox."""

from dataclasses import dataclass, replace

from intake.messages import Address
from intake.tickets import NewEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """There it is found again by its id."""

    address: Address
    external_id: str


def placed(entry: NewEntry, origin: Origin | None) -> NewEntry:
    if origin is None:
        return entry
    return replace(entry, address=origin.address, external_id=origin.external_id)
