"""What the parts of the unit of work share: the session, the clock, what to tell at the commit."""

from collections import Counter

from intake.errors import NotFound
from intake.ports import Clock
from intake.tickets import Ticket
from store.moments import to_micros
from store.numbers import Numbers
from store.session import Session

LARGEST_ID = 2**63 - 1


class WorkPart:
    """One transaction, seen from one side; `work` puts the sides together."""

    def __init__(self, session: Session, clock: Clock) -> None:
        self._session = session
        self._clock = clock
        self._numbers = Numbers(session)
        self._dirty: set[int] = set()  # tickets whose words are to be indexed again
        self._clean: set[int] = set()  # those that are marked already
        self._positions: Counter[int] = Counter()  # entries so far, by envelope

    def _now(self) -> int:
        return to_micros(self._clock.now())

    def _touch(self, ticket_id: int) -> None:
        self._dirty.add(ticket_id)
        self._session.rings |= {f"ticket:{ticket_id}", "tickets"}

    async def _lock_ticket(self, number: int) -> Ticket:
        raise NotImplementedError


def checked_id(number: int, what: str) -> int:
    """Numbers come out of addresses and buttons. Raises NotFound for what no row can have."""
    if not 0 < number <= LARGEST_ID:
        raise NotFound(what)
    return number
