"""Flood control: a group takes only so many calls of a bot within a minute.

Telegram names no exact numbers; some twenty a minute is what bots report. All that a bot does to
a group counts, edits included; asking about it does not.
"""

from __future__ import annotations

import math
import time
from collections import defaultdict, deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulators.telegram_api.calls import Call

MOST = 20
MINUTE = 60.0


class Clock:
    """The time that passes, and what a test lets pass at once."""

    def __init__(self) -> None:
        self._moved = 0.0

    def now(self) -> float:
        return time.monotonic() + self._moved

    def move(self, seconds: float) -> None:
        self._moved += seconds


class Flood:
    """`most` calls in any `span` seconds; None lets everything pass, and still counts."""

    def __init__(self, most: int | None = MOST, span: float = MINUTE) -> None:
        self.clock = Clock()
        self.most = most
        self.span = span
        self._taken: defaultdict[int, list[float]] = defaultdict(list)  # by group

    def admit(self, call: Call) -> int | None:
        """Count a call; how many seconds the bot has to wait when it is one too many."""
        group = call.number("chat_id")
        if group >= 0 or call.method.startswith("get"):
            return None
        now, taken = self.clock.now(), self._taken[group]
        items = _items(call)
        if self.most is not None:
            recent = [at for at in taken[-self.most :] if at > now - self.span]
            too_many = len(recent) + items - self.most
            if too_many > 0:
                first = recent[min(too_many, len(recent)) - 1] if recent else now
                return max(1, math.ceil(first + self.span - now))
        taken.extend([now] * items)
        return None

    def busiest(self, group: int) -> int:
        """Give how many calls a group took at most within any span."""
        most, window = 0, deque[float]()
        for at in self._taken[group]:
            window.append(at)
            while window[0] <= at - self.span:
                window.popleft()
            most = max(most, len(window))
        return most


def _items(call: Call) -> int:
    media = call.params.get("media")
    return len(media) if call.method == "sendMediaGroup" and isinstance(media, list) else 1
