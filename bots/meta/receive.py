"""The way in from Meta: one body becomes an envelope for each of its events, in one commit.

What the events mean is left to `translate`, durability to `bots.webhook`.
"""

import hashlib
import hmac
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime

from aiohttp import web

from bots.meta.events import MESSENGER, bodies, read_event
from bots.webhook import Webhook, is_same, key_of, place_of
from intake.messages import Envelope
from intake.ports import Clock

SIGNATURE_HEADER = "X-Hub-Signature-256"
RECEIPTS = ("delivery", "read", "echo")
LONGEST_CHALLENGE = 200


def signature(secret: str, body: bytes) -> str:
    """As Meta makes it with the app's secret, over the bytes as they came."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def envelopes_of(payload: bytes, received_at: datetime) -> list[Envelope]:
    """Name and place each event, whatever is in it; what is none is kept by its content."""
    return [_envelope(body, received_at) for body in bodies(payload)]


def _envelope(body: bytes, received_at: datetime) -> Envelope:
    try:
        event = read_event(body)
    except ValueError:
        event = None
    if event is None:
        channel, account, place = MESSENGER, "", "unplaced"
        key = key_of(body)
    else:
        channel, account = event.channel or MESSENGER, event.account
        key = event.key
        place = place_of(event.user_id, is_receipt=event.kind in RECEIPTS)
    return Envelope(
        channel=channel,
        account=account,
        key=key,
        conversation=f"{channel}:{account}:{place}",
        payload=body,
        received_at=received_at,
    )


class MetaWebhook(Webhook):
    """Answers `/meta/<app>`: a post brings events, a get proves that the address is ours."""

    def __init__(
        self,
        *,
        app_id: str,
        app_secret: str,
        verify_token: str,
        accept: Callable[[Sequence[Envelope]], Awaitable[int]],
        clock: Clock,
    ) -> None:
        super().__init__(path=f"/meta/{app_id}", accept=accept, clock=clock)
        self._secret = app_secret
        self._verify_token = verify_token

    def is_genuine(self, headers: Mapping[str, str], body: bytes) -> bool:
        given = headers.get(SIGNATURE_HEADER, "")
        return bool(self._secret) and is_same(given, signature(self._secret, body))

    def envelopes(self, body: bytes, received_at: datetime) -> Sequence[Envelope]:
        return envelopes_of(body, received_at)

    async def verify(self, request: web.Request) -> web.Response:
        """Says the challenge back to whoever knows the word that was agreed upon."""
        query = request.query
        challenge = query.get("hub.challenge", "")
        given = query.get("hub.verify_token", "")
        is_known = bool(self._verify_token) and is_same(given, self._verify_token)
        if query.get("hub.mode") != "subscribe" or not is_known:
            return web.Response(status=403)
        return web.Response(text=challenge[:LONGEST_CHALLENGE], content_type="text/plain")
