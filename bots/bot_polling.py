"""Long polling of the Bot API, for each bot that has no webhook: stored, committed, confirmed.

How an update is placed, and what it means, is left to the channels.
"""

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Protocol

import orjson
import structlog

from bots.bot_refusals import Refused
from bots.failures import Unclear
from bots.shape import Json, as_number, as_object, first, read_json
from intake.messages import Envelope
from intake.ports import Clock, Journal

CONFLICT_PAUSE = 15.0
REFUSED_PAUSE = 300.0

log = structlog.get_logger()


class Updates(Protocol):
    """A bot that is polled."""

    @property
    def account(self) -> str: ...
    async def prepare_polling(self, commands: Mapping[str, Mapping[str, str]]) -> None: ...
    async def updates(self, offset: int | None) -> list[Any]: ...


def envelope_in(
    payload: bytes,
    received_at: datetime,
    *,
    channel: str,
    account: str,
    place_of: Callable[[Json], str],
) -> Envelope:
    """Name and place an update, whatever is in it; what is no update is kept by its content."""
    key, update = _keyed(payload)
    place = place_of(update) if update else "unparsed"
    return Envelope(
        channel=channel,
        account=account,
        key=key,
        conversation=f"{channel}:{account}:{place}",
        payload=payload,
        received_at=received_at,
    )


def _keyed(payload: bytes) -> tuple[str, Json]:
    """The key of an update, and what is in it; what is no update is keyed by its content."""
    try:
        update = as_object(read_json(payload))
    except ValueError:
        update = {}
    update_id = as_number(update.get("update_id"))
    if update_id is None:
        return f"sha256:{hashlib.sha256(payload).hexdigest()}", {}
    return str(update_id), update


@dataclass(slots=True, kw_only=True)
class BotPoller:
    """Fetches updates by long polling; asking for the next ones confirms those committed.

    One at a time per bot (a lease, in `desk.runtime`). `commands` is the bot's menu: per language
    what each command is for.
    """

    telegram: Updates
    journal: Journal
    clock: Clock
    commands: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep
    _is_prepared: bool = False
    channel: ClassVar[str]

    def envelope(self, payload: bytes, received_at: datetime) -> Envelope:
        """Name and place an update, whatever is in it."""
        raise NotImplementedError

    async def step(self) -> int:
        """Fetch, commit; returns how many came. Waits by itself, may be cut off at any moment.

        Raises CallFailed when Telegram can't be reached, Unavailable when the database can't.
        """
        try:
            if not self._is_prepared:
                await self.telegram.prepare_polling(self.commands)
                self._is_prepared = True
            name = f"{self.channel}:{self.telegram.account}"
            cursor = await self.journal.cursor(name)
            updates = await self.telegram.updates(int(cursor) if cursor else None)
        except Refused as refusal:
            await self._wait_out(refusal)
            return 0
        if updates:
            await self._commit(updates, name, cursor)
        return len(updates)

    async def _commit(self, updates: Sequence[Any], name: str, cursor: str) -> None:
        """All of a batch at once, and the place after it.

        That place is taken from the batch and never compared with the former: after a quiet week
        Telegram starts again from any number, and gives all it has when asked beyond its end.
        """
        now = self.clock.now()
        envelopes = [self.envelope(_dump(update), now) for update in updates]
        ids = [as_number(as_object(update).get("update_id")) for update in updates]
        last = first(*reversed(ids))
        cursor = cursor if last is None else str(last + 1)
        await self.journal.accept_with_cursor(envelopes, name, cursor)
        if last is None:
            raise Unclear("updates came without numbers: they are kept, but can't be confirmed")

    async def _wait_out(self, refusal: Refused) -> None:
        match refusal.status:
            case 409 if "webhook" in refusal.description.lower():
                log.error(
                    "another program set a webhook for this bot; polling can't go on until it is "
                    "removed or Firstline starts again",
                    account=self.telegram.account,
                )
                await self.pause(CONFLICT_PAUSE)
            case 409:
                log.error("another program polls this bot", account=self.telegram.account)
                await self.pause(CONFLICT_PAUSE)
            case 401 | 404:
                log.error("Telegram refuses the token", account=self.telegram.account)
                self._is_prepared = False
                await self.pause(REFUSED_PAUSE)
            case 429:
                await self.pause(max(1.0, refusal.retry_after))
            case _:
                raise refusal


def _dump(update: Any) -> bytes:
    try:
        return orjson.dumps(update)
    except TypeError:  # half a surrogate pair, which only the standard library writes
        return json.dumps(update).encode("ascii")
