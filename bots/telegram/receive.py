"""The way in from Telegram: updates become envelopes, durable before they are acknowledged.

By webhook (any process; needs no library of Telegram's) or by long polling. What the updates mean
is left to `translate`.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime

from bots.bot_polling import BotPoller, envelope_in
from bots.shape import Json, as_number, as_object
from bots.telegram.translate import CHANNEL
from bots.webhook import Webhook, is_same
from intake.messages import Envelope
from intake.ports import Clock

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name


def envelope_of(account: str, payload: bytes, received_at: datetime) -> Envelope:
    return envelope_in(payload, received_at, channel=CHANNEL, account=account, place_of=_place_of)


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
        self._secret = secret

    def is_genuine(self, headers: Mapping[str, str], body: bytes) -> bool:  # noqa: ARG002
        return bool(self._secret) and is_same(headers.get(SECRET_HEADER, ""), self._secret)

    def envelopes(self, body: bytes, received_at: datetime) -> Sequence[Envelope]:
        return [envelope_of(self._account, body, received_at)]


class Poller(BotPoller):
    """Fetches what people write to the employees' bot."""

    channel = CHANNEL

    def envelope(self, payload: bytes, received_at: datetime) -> Envelope:
        return envelope_of(self.telegram.account, payload, received_at)
