"""How fast one account may speak: a bucket for the whole account and a pause per address.

Kept in the memory of the one process that holds the account's lease: after a crash it starts full,
and the platform's own refusal (`RetryAfter`) corrects it; only what groups have had, whose minute
is long, is noted anew. Where the clock is put back, what was noted goes back with it: it would
hold the account up until the clock says again what it said.
"""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """So many sends within a span."""

    count: int
    within: timedelta


@dataclass(slots=True, kw_only=True)
class Pace:
    """Which sends may go now."""

    account: Rate
    address: Rate
    group: Rate | None = None  # of an address with a negative number: Telegram's groups
    _sent: deque[datetime] = field(default_factory=deque)
    _by_address: dict[str, deque[datetime]] = field(default_factory=dict)
    _paused_until: datetime | None = None
    _seen_at: datetime | None = None  # when it was last asked for room

    def is_paused(self, now: datetime) -> bool:
        return self._paused_until is not None and now < self._paused_until

    def room(self, now: datetime) -> int:
        """How many may go at this moment over the whole account."""
        self._follow_clock(now)
        if self.is_paused(now):
            return 0
        _forget(self._sent, now - self.account.within)
        return max(0, self.account.count - len(self._sent))

    def wait(self, now: datetime) -> float:
        """Seconds until the account has room again; 0 when it has."""
        if self.room(now) > 0:
            return 0
        opens_at = self._sent[0] + self.account.within if self._sent else now
        return (max(opens_at, self._paused_until or opens_at) - now).total_seconds()

    def resting(self, now: datetime) -> tuple[str, ...]:
        """Addresses that have had their share for now."""
        for external_id in list(self._by_address):
            sent = self._by_address[external_id]
            _forget(sent, now - self._rate(external_id).within)
            if not sent:
                del self._by_address[external_id]
        return tuple(
            external_id
            for external_id, sent in self._by_address.items()
            if len(sent) >= self._rate(external_id).count
        )

    def is_group(self, external_id: str) -> bool:
        return self.group is not None and external_id.startswith("-")

    def _rate(self, external_id: str) -> Rate:
        if self.group is not None and self.is_group(external_id):
            return self.group
        return self.address

    def noted(self, external_id: str, now: datetime) -> int:
        """How many have gone to this address within its span."""
        sent = self._by_address.get(external_id, deque())
        _forget(sent, now - self._rate(external_id).within)
        return len(sent)

    def note(self, external_id: str, now: datetime) -> None:
        """A send goes out."""
        self._sent.append(now)
        self._by_address.setdefault(external_id, deque()).append(now)

    def pause(self, until: datetime) -> None:
        """The platform asked the whole account to wait."""
        self._paused_until = until

    def _follow_clock(self, now: datetime) -> None:
        """No time has passed while a clock is put back."""
        back = (self._seen_at or now) - now
        self._seen_at = now
        if back <= timedelta():
            return
        self._sent = _earlier(self._sent, back)
        for external_id, sent in self._by_address.items():
            self._by_address[external_id] = _earlier(sent, back)
        if self._paused_until is not None:
            self._paused_until -= back


def _earlier(moments: deque[datetime], by: timedelta) -> deque[datetime]:
    return deque(moment - by for moment in moments)


def _forget(moments: deque[datetime], until: datetime) -> None:
    while moments and moments[0] <= until:
        moments.popleft()
