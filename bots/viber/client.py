"""Calls Viber's API: viberbot builds what is said, aiohttp carries it.

viberbot's own transport is not used: it blocks, waits for ever and writes the token into logs.
Here the token stands in a header and in no text. What failures mean is left to the callers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
import structlog
from aiohttp import ClientTimeout
from viberbot.api.bot_configuration import BotConfiguration
from viberbot.api.message_sender import MessageSender
from viberbot.api.messages.message import Message

from bots.calls import BROKEN, CONNECT_WITHIN, Line, download, failure_of
from bots.failures import Unclear
from bots.shape import Json, as_number, as_object, as_text, read_json
from bots.viber.refusals import Refused

PUBLIC_SERVER = "https://chatapi.viber.com"
TOKEN_HEADER = "X-Viber-Auth-Token"  # noqa: S105 - a header's name
ANSWER_WITHIN = 30.0  # seconds
DOWNLOAD_WITHIN = 120.0
LARGEST_REQUEST = 30_000  # bytes
LONGEST_SENDER = 28
EVENTS = ("delivered", "seen", "failed", "subscribed", "unsubscribed", "conversation_started")

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What Viber answered to a message: its id, and whether it is charged for."""

    token: str
    billing_status: int


class _Payloads(MessageSender):  # type: ignore[misc]
    """viberbot's way from a message to what the API takes."""

    def __init__(self, sender_name: str) -> None:
        # Without a token: it goes into a header, and viberbot leaves empty fields out.
        super().__init__(None, None, BotConfiguration(None, sender_name, None))
        self._sender_name = sender_name

    def payload(self, message: Message, receiver: str | None) -> Json:
        prepared: Json = self._prepare_payload(message, self._sender_name, None, receiver=receiver)
        prepared["sender"] = {"name": self._sender_name}
        return prepared


class Viber:
    """One bot. Every method raises CallFailed."""

    def __init__(
        self, token: str, *, account: str, sender_name: str, server: str = PUBLIC_SERVER
    ) -> None:
        self.account = account
        self.timeout = ANSWER_WITHIN
        self._headers = {TOKEN_HEADER: token}
        self._server = server.rstrip("/")
        self._payloads = _Payloads(sender_name[:LONGEST_SENDER])
        self._line = Line()

    async def close(self) -> None:
        await self._line.close()

    def said_in_answer(self, message: Message) -> bytes:
        """A message for the body of our answer to a callback."""
        return orjson.dumps(self._payloads.payload(message, None))

    async def say(self, receiver: str, message: Message) -> Sent:
        answer = await self._call("send_message", self._payloads.payload(message, receiver))
        token = as_number(answer.get("message_token"))
        if token is None:
            raise Unclear("the answer names no message")
        return Sent(token=str(token), billing_status=as_number(answer.get("billing_status")) or 0)

    async def introduce(self) -> tuple[str, str]:
        """Check the token; the bot's name, and where Viber brings its events."""
        account = await self._call("get_account_info", {})
        return as_text(account.get("name")), as_text(account.get("webhook"))

    async def set_webhook(self, url: str) -> Sequence[str]:
        """Viber calls `url` before it answers. Which events will come there."""
        wish = {"url": url, "event_types": EVENTS, "send_name": True, "send_photo": False}
        answer = await self._call("set_webhook", wish)
        events = answer.get("event_types")
        return [as_text(event) for event in events] if isinstance(events, list) else []

    async def download(self, url: str, limit: int) -> bytes:
        """Bring a file. Raises TooBig as soon as it is larger than `limit` bytes, or Gone."""
        return await download(self._line.session, url, limit, DOWNLOAD_WITHIN)

    async def _call(self, method: str, wish: Mapping[str, Any]) -> Json:
        body = orjson.dumps(wish)
        if len(body) > LARGEST_REQUEST:
            raise Refused(3, "larger than Viber takes")
        within = ClientTimeout(total=self.timeout, sock_connect=CONNECT_WITHIN)
        url = f"{self._server}/pa/{method}"
        headers = {**self._headers, "Content-Type": "application/json"}
        try:
            session = self._line.session
            async with session.post(url, data=body, headers=headers, timeout=within) as answer:
                status, content = answer.status, await answer.read()
                retry_after = answer.headers.get("Retry-After", "")
        except BROKEN as error:
            raise failure_of(error) from None
        if status != 200:  # noqa: PLR2004 - Viber itself says 200 to everything
            seconds = float(retry_after) if retry_after.isdecimal() else 0.0
            raise Refused(status, "", is_http=True, retry_after=seconds)
        return _result_of(content)


def _result_of(content: bytes) -> Json:
    try:
        answer = as_object(read_json(content))
    except ValueError:
        raise Unclear("the answer is no JSON") from None
    status = as_number(answer.get("status"))
    if status is None:
        raise Unclear("the answer has no status")
    if status != 0:
        raise Refused(status, as_text(answer.get("status_message"))[:100])
    return answer
