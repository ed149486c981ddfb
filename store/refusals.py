"""Accounts whose token or login is refused: noted with the send that was, gone with one that goes.

Whoever settles sends says so; pages ask. That an account rests meanwhile is left to the core.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from intake.speech import Accepted, RetryAfter, SendResult, UserGone
from store.moments import to_micros
from store.session import Reader, Session

Account = tuple[str, str]  # channel and account
NOTE = """
    INSERT INTO refusal (name, reason, refused_at) VALUES ($1, $2, $3)
    ON CONFLICT (name) DO UPDATE SET reason = excluded.reason, refused_at = excluded.refused_at
"""
FORGET = "DELETE FROM refusal WHERE name = $1"
REFUSED = "SELECT name FROM refusal"


@dataclass(slots=True)
class Refusals:
    """What is known to be open costs no statement."""

    _open: set[Account] = field(default_factory=set)

    def look_again(self, account: Account) -> None:
        """Another process may have served it meanwhile."""
        self._open.discard(account)

    async def note(
        self, session: Session, account: Account, result: SendResult, now: datetime
    ) -> None:
        match result:
            case RetryAfter(is_refused=True, reason=reason):
                self._open.discard(account)
                await session.execute(NOTE, ":".join(account), reason, to_micros(now))
            case Accepted() | UserGone() if account not in self._open:
                await session.execute(FORGET, ":".join(account))
                self._open.add(account)


async def refused_accounts(reader: Reader) -> Collection[Account]:
    rows = await reader.fetch(REFUSED)
    names = (row["name"].partition(":") for row in rows)
    return frozenset((channel, account) for channel, _, account in names)
