"""Wakes those who wait for a change of what is simulated."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class Bell:
    def __init__(self) -> None:
        self._waiting: list[asyncio.Future[None]] = []

    def ring(self) -> None:
        waiting, self._waiting = self._waiting, []
        for future in waiting:
            if not future.done():
                future.set_result(None)

    async def until(self, holds: Callable[[], T], *, within: float) -> T:
        """Wait until `holds()` is true, looked at after each change; give what it gave."""
        found = holds()
        if found:
            return found
        async with asyncio.timeout(within):
            while not found:
                future = asyncio.get_running_loop().create_future()
                self._waiting.append(future)
                await future
                found = holds()
        return found
