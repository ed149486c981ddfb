"""On which terms a channel takes what an agent writes: how long, until when, for money or not.

Pure. Each channel tells its own (`bots/<channel>/terms.py`), `desk` brings them together. That
what can't go is not sent is left to the senders; here stands what an agent is told before.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from intake.people import Handle
from intake.speech import Text


class Unit(StrEnum):
    """In what a platform counts the length of a text."""

    CHARACTERS = "characters"
    UTF16 = "utf16"
    BYTES = "bytes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """How long one message may be. A text that is longer goes as several."""

    longest: int
    unit: Unit
    most_bytes: int = 0  # of one message besides; 0: as many as it likes
    most_parts: int  # beyond, a text goes as a file

    def of(self, text: str) -> int:
        """How long the platform finds a text."""
        if text.isascii():
            return len(text)
        size = len(text.encode("utf-8", "surrogatepass"))
        match self.unit:
            case Unit.BYTES:
                return size
            case Unit.UTF16:
                return len(text.encode("utf-16-le", "surrogatepass")) // 2
            case Unit.CHARACTERS:
                weighed = -(-size * self.longest // self.most_bytes) if self.most_bytes else 0
                return max(len(text), weighed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What one channel asks of an agent's words."""

    length: Length | None = None  # None: any
    messages: Callable[[Text], int] = lambda _: 1  # that a text becomes; 0: it goes as a file
    takes_within: timedelta | None = None  # after the person's last words; None: always
    sends_paid: bool = False  # also after that, for money


class State(StrEnum):
    """Of a way to reach somebody, as an agent is told it."""

    OPEN = "open"
    PAID = "paid"  # takes words, and charges for them
    CLOSED = "closed"  # takes none until the person writes
    BLOCKED = "blocked"  # by the person, or the address gives mails back: words may not arrive
    REFUSED = "refused"  # the account's token or login is: words wait until that is mended
    UNSERVED = "unserved"  # nobody sends from that account: words wait


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How it stands with one handle."""

    handle: Handle
    state: State
    until: datetime | None = None  # when an open window shuts, or when a shut one did

    @property
    def is_open(self) -> bool:
        return self.state is State.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaching:
    """The terms of this desk's channels, and which accounts it serves."""

    terms: Mapping[str, Terms]
    is_served: Callable[[tuple[str, str]], bool]

    def of(
        self, handle: Handle, now: datetime, refused: Collection[tuple[str, str]] = ()
    ) -> Reach:
        """`refused` are accounts, by channel, that are not let in just now."""
        address = handle.address
        terms = self.terms.get(address.channel)
        if terms is None or not self.is_served((address.channel, address.account)):
            return Reach(handle=handle, state=State.UNSERVED)
        until = _until(terms, handle)
        is_open = terms.takes_within is None or (until is not None and now < until)
        if not (is_open or terms.sends_paid):  # whoever has blocked us as well
            return Reach(handle=handle, state=State.CLOSED, until=until)
        if not handle.is_reachable:
            return Reach(handle=handle, state=State.BLOCKED)
        if (address.channel, address.account) in refused:
            return Reach(handle=handle, state=State.REFUSED, until=until)
        return Reach(handle=handle, state=State.OPEN if is_open else State.PAID, until=until)


def _until(terms: Terms, handle: Handle) -> datetime | None:
    if terms.takes_within is None or handle.heard_at is None:
        return None
    return handle.heard_at + terms.takes_within
