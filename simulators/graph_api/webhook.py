"""Events to the app's webhook: signed, several in one body, repeated until answered with 200."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import time
from dataclasses import dataclass
from functools import partial
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from simulators.pushing import Pushing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from simulators.graph_api.chats import Json

SIGNATURE_HEADER = "X-Hub-Signature-256"
ANSWER_WITHIN = 20.0  # seconds; later answers are repeated
MOST_TOGETHER = 20


@dataclass(frozen=True, slots=True)
class Attempt:
    """One post: how many events it held, and how it was answered (0: not at all)."""

    events: int
    status: int


class Webhook(Pushing[tuple[str, str, "Json"], Attempt]):
    """An event waits with what it is about and its account; what waits together goes together."""

    def __init__(self, secret: str, *, pace: float, on_progress: Callable[[], None]) -> None:
        super().__init__(pace=pace, answer_within=ANSWER_WITHIN, on_progress=on_progress)
        self.emitted: list[Json] = []  # a body for each event
        self._secret = secret
        self._number = 0

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
            self.open(url)
        return is_ours

    def next_number(self) -> int:
        """For ids of messages, over all."""
        self._number += 1
        return self._number

    def emit(self, about: str, account: str, event: Json) -> None:
        self.emitted.append(body_of(about, [(account, event)]))
        self._queue((about, account, event))
        self._on_progress()

    async def _deliver_first(self) -> None:
        about = self._waiting[0][0]
        of_one_object = takewhile(lambda one: one[0] == about, self._waiting)
        events = [(account, event) for _, account, event in islice(of_one_object, MOST_TOGETHER)]
        await self._until_taken(partial(self._bring, body_of(about, events), len(events)))
        for _ in events:
            self._waiting.popleft()

    async def _bring(self, body: Json, count: int) -> Attempt:
        content = json.dumps(body).encode()  # Meta escapes all that is not ASCII
        status, _ = await self._post(self.url, content)
        return self._note(Attempt(count, status))

    def _signature(self, content: bytes) -> dict[str, str]:
        signed = hmac.new(self._secret.encode(), content, hashlib.sha256).hexdigest()
        return {SIGNATURE_HEADER: f"sha256={signed}"}


def body_of(about: str, events: Sequence[tuple[str, Json]]) -> Json:
    now = int(time.time() * 1000)
    entries = [{"id": account, "time": now, "messaging": [event]} for account, event in events]
    return {"object": about, "entry": entries}
