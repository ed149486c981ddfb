"""Events to the app's webhook: signed, several in one body, repeated until answered with 200."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import secrets
import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiohttp import ClientError, ClientSession, ClientTimeout

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from simulators.graph_api.chats import Json

SIGNATURE_HEADER = "X-Hub-Signature-256"
ANSWER_WITHIN = 20.0  # seconds; later answers are repeated
LONGEST_DELAY = 60.0
MOST_TOGETHER = 20


@dataclass(frozen=True, slots=True)
class Attempt:
    """One post: how many events it held, and how it was answered (0: not at all)."""

    events: int
    status: int


class Webhook:
    """Delivers events from `subscribe` to `close`; what waits together goes together."""

    def __init__(self, secret: str, *, pace: float, on_progress: Callable[[], None]) -> None:
        self.url = ""
        self.attempts: list[Attempt] = []
        self.emitted: list[Json] = []  # a body for each event
        self._secret = secret
        self._pace = pace
        self._on_progress = on_progress
        self._waiting: deque[tuple[str, str, Json]] = deque()
        self._to_come = 0
        self._news = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._session: ClientSession | None = None
        self._number = 0

    @property
    def unconfirmed(self) -> int:
        return len(self._waiting) + self._to_come

    async def subscribe(self, url: str, verify_token: str) -> bool:
        """As the app's page does it: the address must say the challenge back."""
        challenge = str(secrets.randbelow(10**9))
        query = {
            "hub.mode": "subscribe",
            "hub.challenge": challenge,
            "hub.verify_token": verify_token,
        }
        async with self._opened().get(url, params=query) as answer:
            is_ours = answer.ok and await answer.text() == challenge
        if is_ours:
            self.url = url
            if self._task is None:
                self._task = asyncio.create_task(self._deliver())
        return is_ours

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None
        if self._session is not None:
            await self._session.close()
            self._session = None

    def next_number(self) -> int:
        """For ids of messages, over all."""
        self._number += 1
        return self._number

    def emit(self, about: str, account: str, event: Json) -> None:
        self.emitted.append(body_of(about, [(account, event)]))
        self._waiting.append((about, account, event))
        self._news.set()
        self._on_progress()

    def later(self, seconds: float, emit: Callable[[], None]) -> None:
        """For an event that is yet to come, and unconfirmed from now on."""
        self._to_come += 1

        def come() -> None:
            self._to_come -= 1
            emit()

        asyncio.get_running_loop().call_later(seconds, come)

    async def _deliver(self) -> None:
        while True:
            while self._waiting:
                together = self._together()
                about = together[0][0]
                events = [(account, event) for _, account, event in together]
                await self._until_taken(body_of(about, events), len(events))
                for _ in together:
                    self._waiting.popleft()
                self._on_progress()
            self._news.clear()
            await self._news.wait()

    def _together(self) -> list[tuple[str, str, Json]]:
        """The first ones of one object."""
        found: list[tuple[str, str, Json]] = []
        for one in self._waiting:
            if len(found) == MOST_TOGETHER or (found and one[0] != found[0][0]):
                break
            found.append(one)
        return found

    async def _until_taken(self, body: Json, count: int) -> None:
        delay = 1.0
        while await self._post(body, count) != 200:  # noqa: PLR2004 - the one that Meta takes
            await asyncio.sleep(delay * self._pace)
            delay = min(delay * 2, LONGEST_DELAY)

    async def _post(self, body: Json, count: int) -> int:
        content = json.dumps(body).encode()  # Meta escapes all that is not ASCII
        signed = "sha256=" + hmac.new(self._secret.encode(), content, hashlib.sha256).hexdigest()
        headers = {SIGNATURE_HEADER: signed, "Content-Type": "application/json"}
        try:
            async with self._opened().post(self.url, data=content, headers=headers) as answer:
                await answer.read()
                status = answer.status
        except (ClientError, TimeoutError, ValueError):
            status = 0
        self.attempts.append(Attempt(count, status))
        self._on_progress()
        return status

    def _opened(self) -> ClientSession:
        if self._session is None:
            self._session = ClientSession(timeout=ClientTimeout(total=ANSWER_WITHIN))
        return self._session


def body_of(about: str, events: Sequence[tuple[str, Json]]) -> Json:
    now = int(time.time() * 1000)
    entries = [{"id": account, "time": now, "messaging": [event]} for account, event in events]
    return {"object": about, "entry": entries}
