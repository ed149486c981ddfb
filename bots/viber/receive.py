"""The way in from Viber: callbacks become envelopes, and who opens the chat is welcomed at once.

What the events mean is left to `translate`, durability to `bots.webhook`.
"""

import hashlib
import hmac
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime

from aiohttp import web

from bots.viber.events import RECEIPTS, read_event
from bots.viber.translate import CHANNEL, language_of
from bots.webhook import Webhook, is_same, key_of, place_of
from intake.messages import Envelope
from intake.ports import Clock

SIGNATURE_HEADER = "X-Viber-Content-Signature"


def signature(token: str, body: bytes) -> str:
    """As Viber makes it, over the bytes as they came."""
    return hmac.new(token.encode(), body, hashlib.sha256).hexdigest()


def envelope_of(account: str, payload: bytes, received_at: datetime) -> Envelope:
    """Name and place an event, whatever is in it; what is none is kept by its content."""
    try:
        event = read_event(payload)
    except ValueError:
        event = None
    if event is None or not event.token:
        key, place = key_of(payload), "unplaced"
    else:
        key = f"{event.kind}:{event.token}:{event.user_id}"
        place = place_of(event.user_id, is_receipt=event.kind in RECEIPTS)
    return Envelope(
        channel=CHANNEL,
        account=account,
        key=key,
        conversation=f"{CHANNEL}:{account}:{place}",
        payload=payload,
        received_at=received_at,
    )


class ViberWebhook(Webhook):
    """Answers `POST /viber/<account>`. `welcome` gives the first message in a language."""

    def __init__(
        self,
        *,
        account: str,
        token: str,
        accept: Callable[[Sequence[Envelope]], Awaitable[int]],
        clock: Clock,
        welcome: Callable[[str], bytes],
    ) -> None:
        super().__init__(path=f"/{CHANNEL}/{account}", accept=accept, clock=clock)
        self._account = account
        self._token = token
        self._welcome = welcome

    def is_genuine(self, headers: Mapping[str, str], body: bytes) -> bool:
        given = headers.get(SIGNATURE_HEADER, "").lower()
        return bool(self._token) and is_same(given, signature(self._token, body))

    def envelopes(self, body: bytes, received_at: datetime) -> Sequence[Envelope]:
        return [envelope_of(self._account, body, received_at)]

    def answer(self, body: bytes) -> web.Response | None:
        """The one event whose answer is shown: who has opened the chat, and not written yet."""
        try:
            event = read_event(body)
        except ValueError:
            return None
        if event.kind != "conversation_started" or event.raw.get("subscribed") is True:
            return None
        welcome = self._welcome(language_of(event.user))
        return web.Response(body=welcome, content_type="application/json")
