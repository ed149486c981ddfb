"""The way in from Telegram: updates become envelopes, durable before they are acknowledged.

By webhook (any process; needs no library of Telegram's) or by long polling. What the updates mean
is left to `translate`.
"""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

import orjson
import structlog

from bots.shape import Json, as_number, as_object, first, read_json
from bots.telegram.refusals import Refused, Unclear
from bots.telegram.translate import CHANNEL
from bots.webhook import Webhook, as_bytes
from intake.messages import Envelope
from intake.ports import Clock, Journal

if TYPE_CHECKING:
    from bots.telegram.client import Telegram

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
CONFLICT_PAUSE = 15.0
REFUSED_PAUSE = 300.0

log = structlog.get_logger()


def envelope_of(account: str, payload: bytes, received_at: datetime) -> Envelope:
    """Name and place an update, whatever is in it; what is no update is kept by its content."""
    try:
        update = as_object(read_json(payload))
    except ValueError:
        update = {}
    update_id = as_number(update.get("update_id"))
    if update_id is None:
        key, place = f"sha256:{hashlib.sha256(payload).hexdigest()}", "unparsed"
    else:
        key, place = str(update_id), _place_of(update)
    return Envelope(
        channel=CHANNEL,
        account=account,
        key=key,
        conversation=f"{CHANNEL}:{account}:{place}",
        payload=payload,
        received_at=received_at,
    )


def _place_of(update: Json) -> str:
    """The chat an update belongs to: taps come in a queue of their own, yet wait their turn."""
    for kind, content in update.items():
        if kind != "update_id" and isinstance(content, dict):
            return _chat_of(content)
    return "unplaced"


def _chat_of(content: Json) -> str:
    """Of a message its chat, of a tap the chat of the tapped message, else the sender's own."""
    for holder, name in ((content, "chat"), (as_object(content.get("message")), "chat"),
                         (content, "from")):  # fmt: skip
        chat_id = as_number(as_object(holder.get(name)).get("id"))
        if chat_id is not None:
            return str(chat_id)
    return "unplaced"


class TelegramWebhook(Webhook):
    """Answers `POST /telegram/<account>`; Telegram shows a secret with each update."""

    def __init__(
        self,
        *,
        account: str,
        secret: str,
        accept: Callable[[Sequence[Envelope]], Awaitable[int]],
        clock: Clock,
    ) -> None:
        super().__init__(path=f"/{CHANNEL}/{account}", accept=accept, clock=clock)
        self._account = account
        self._secret = secret.encode()

    def is_genuine(self, headers: Mapping[str, str], body: bytes) -> bool:  # noqa: ARG002
        given = as_bytes(headers.get(SECRET_HEADER, ""))
        return bool(self._secret) and hmac.compare_digest(given, self._secret)

    def envelopes(self, body: bytes, received_at: datetime) -> Sequence[Envelope]:
        return [envelope_of(self._account, body, received_at)]


@dataclass(slots=True, kw_only=True)
class Poller:
    """Fetches updates by long polling; asking for the next ones confirms those committed.

    One at a time per bot (a lease, in `desk.runtime`). `commands` is the bot's menu: per language
    what each command is for.
    """

    telegram: "Telegram"
    journal: Journal
    clock: Clock
    commands: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep
    _is_prepared: bool = False

    async def step(self) -> int:
        """Fetch, commit; returns how many came. Waits by itself, may be cut off at any moment.

        Raises CallFailed when Telegram can't be reached, Unavailable when the database can't.
        """
        try:
            if not self._is_prepared:
                await self.telegram.prepare_polling(self.commands)
                self._is_prepared = True
            name = f"{CHANNEL}:{self.telegram.account}"
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
        now, account = self.clock.now(), self.telegram.account
        envelopes = [envelope_of(account, _dump(update), now) for update in updates]
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
