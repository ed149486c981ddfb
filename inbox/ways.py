"""The ways to reach somebody as pages show them: which channel, how it stands, what it takes.

The sentences stand in templates/inbox/ways.html by the state.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from inbox.drawing import Voice
from intake.messages import Address
from intake.people import Handle
from intake.terms import Length, Reaching, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One handle. `until` is when an open window shuts, or when a shut one did; "" for never."""

    id: int
    channel: str
    channel_word: str
    account: tuple[str, str]
    external_id: str
    state: State
    until: str
    until_iso: str
    is_used: bool  # where the ticket was last spoken
    length: Length | None

    @property
    def takes_answers(self) -> bool:
        return self.state is not State.CLOSED


class Ways:
    """Turns handles into ways, in one agent's language and time; `refused` are accounts."""

    def __init__(
        self, voice: Voice, reaching: Reaching, now: datetime, refused: Collection[tuple[str, str]]
    ) -> None:
        self._voice = voice
        self._refused = refused
        self._reaching = reaching
        self._now = now

    def draw(self, handles: Sequence[Handle], used: Address | None = None) -> tuple[Way, ...]:
        """The one that is used comes first, then those that take words."""
        ways = [self._way(handle, used) for handle in handles]
        return tuple(sorted(ways, key=lambda way: (not way.is_used, way.state is not State.OPEN)))

    def _way(self, handle: Handle, used: Address | None) -> Way:
        address, reach = handle.address, self._reaching.of(handle, self._now, self._refused)
        terms = self._reaching.terms.get(address.channel)
        until = reach.until
        return Way(
            id=handle.id,
            channel=address.channel,
            channel_word=self._voice.word("channel", address.channel),
            account=(address.channel, address.account),
            external_id=address.external_id,
            state=reach.state,
            until=self._voice.moments.clock(until, self._now) if until else "",
            until_iso=until.isoformat(timespec="seconds") if until else "",
            is_used=address == used,
            length=terms.length if terms else None,
        )
