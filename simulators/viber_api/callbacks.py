"""Callbacks to the bot's webhook: signed, and repeated until they are answered with 200."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import orjson

from simulators.pushing import TAKEN, Pushing

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulators.viber_api.chats import Json

SIGNATURE_HEADER = "X-Viber-Content-Signature"
ANSWER_WITHIN = 5.0  # seconds; later answers are repeated


@dataclass(frozen=True, slots=True)
class Attempt:
    """One post: the event's kind and how it was answered (0: not at all)."""

    event: str
    status: int
    answer: bytes = b""


class Callbacks(Pushing[tuple["Json", "asyncio.Future[bytes]"], Attempt]):
    """An event waits with whoever wants to know what it is answered."""

    def __init__(self, token: str, *, pace: float, on_progress: Callable[[], None]) -> None:
        super().__init__(pace=pace, answer_within=ANSWER_WITHIN, on_progress=on_progress)
        self.emitted: list[Json] = []
        self._token = token

    async def check(self, url: str, event: Json) -> bool:
        """The call that comes while a webhook is set: whether it was answered with 200."""
        return (await self._bring(url, event)).status == TAKEN

    def emit(self, event: Json) -> None:
        _ = self._ask(event)

    async def ask(self, event: Json) -> bytes:
        """Emit it, and wait for the body of the answer that accepted it."""
        return await self._ask(event)

    def _ask(self, event: Json) -> asyncio.Future[bytes]:
        self.emitted.append(event)
        answered: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._queue((event, answered))
        return answered

    async def _deliver_first(self) -> None:
        event, answered = self._waiting[0]
        attempt = await self._until_taken(partial(self._bring, self.url, event))
        self._waiting.popleft()
        if not answered.done():
            answered.set_result(attempt.answer)

    async def _bring(self, url: str, event: Json) -> Attempt:
        status, answer = await self._post(url, orjson.dumps(event))
        return self._note(Attempt(event["event"], status, answer))

    def _signature(self, content: bytes) -> dict[str, str]:
        signed = hmac.new(self._token.encode(), content, hashlib.sha256).hexdigest()
        return {SIGNATURE_HEADER: signed}
