"""Calls the Graph API for one account: a Page, or an account of Instagram.

The token stands in a header and in no text. What failures mean is left to the callers.
"""

import hashlib
import hmac
import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import orjson
from aiohttp import ClientResponse, ClientTimeout

from bots.calls import BROKEN, CONNECT_WITHIN, Line, download, failure_of
from bots.failures import NotSent, Unclear
from bots.meta.events import BEGIN, CHANNELS, INSTAGRAM, MESSENGER
from bots.meta.refusals import PROOF, Refused
from bots.shape import Json, as_number, as_object, as_text, read_json

PUBLIC_SERVER = "https://graph.facebook.com"
ANSWER_WITHIN = 30.0  # seconds
DOWNLOAD_WITHIN = 120.0
USAGE_HEADER = "X-Business-Use-Case-Usage"
LONGEST_REASON = 100
OBJECTS = {channel: name for name, channel in CHANNELS.items()}
# What is to be brought; Instagram brings echoes and deletions with the messages.
FIELDS = {
    MESSENGER: [
        "messages",
        "message_echoes",
        "message_edits",
        "message_deliveries",
        "message_reads",
        "messaging_postbacks",
        "messaging_referrals",
        "messaging_policy_enforcement",
    ],
    INSTAGRAM: ["messages", "messaging_postbacks", "messaging_seen", "messaging_referral"],
}
_REFUSALS = range(400, 500)


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """One account, and where its API is: a server and the version of the Graph API."""

    channel: str
    account: str
    token: str = field(repr=False)
    server: str = PUBLIC_SERVER
    version: str
    secret: str = field(default="", repr=False)  # the app's, where it is to stand for the token

    @property
    def proof(self) -> dict[str, str]:
        """What goes with each call: that whoever makes it knows the secret of the app as well."""
        if not self.secret:
            return {}
        made = hmac.new(self.secret.encode(), self.token.encode(), hashlib.sha256)
        return {PROOF: made.hexdigest()}


class Graph:
    """One account. Every method raises CallFailed."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self.channel = access.channel
        self.account = access.account
        self.timeout = ANSWER_WITHIN
        self._headers = {"Authorization": f"Bearer {access.token}"}
        self._proof = access.proof
        self._address = f"{access.server.rstrip('/')}/{access.version}"
        self._line = Line()

    def with_token(self, token: str) -> "Graph":
        """The same account's API, spoken to as the app itself, whose token holds its secret."""
        return Graph(replace(self._access, token=token, secret=""))

    async def close(self) -> None:
        await self._line.close()

    async def say(self, wish: Json) -> str:
        """Send a message; Meta's id of it."""
        answer = await self._call("POST", "me/messages", wish)
        mid = as_text(answer.get("message_id"))
        if not mid:
            raise Unclear("the answer names no message")
        return mid

    async def introduce(self) -> tuple[str, str]:
        """Check the token; whose it is: an id and a name."""
        found = await self._call("GET", "me?fields=id,name")
        return as_text(found.get("id")), as_text(found.get("name"))

    async def subscribe(self) -> None:
        """Have this account's events brought; a chat of Messenger begins by a button."""
        fields = FIELDS[self.channel]
        await self._call("POST", "me/subscribed_apps", {"subscribed_fields": fields})
        if self.channel == MESSENGER:
            wish = {"get_started": {"payload": BEGIN}}
            await self._call("POST", "me/messenger_profile", wish)

    async def break_ice(self, questions: Mapping[str, str]) -> None:
        """What a new chat of Instagram offers to ask, by Meta's locale; each opens the chat.

        Without one Instagram tells of no link that somebody new has come by.
        """
        offered = [
            {"call_to_actions": [{"question": asked, "payload": BEGIN}], "locale": locale}
            for locale, asked in questions.items()
        ]
        wish = {"platform": self.channel, "ice_breakers": offered}
        await self._call("POST", f"me/messenger_profile?platform={self.channel}", wish)

    async def set_webhook(self, app_id: str, address: str, verify_token: str) -> None:
        """With the token of the app itself. Meta calls `address` before it answers."""
        wish = {
            "object": OBJECTS[self.channel],
            "callback_url": address,
            "verify_token": verify_token,
            "fields": FIELDS[self.channel],
        }
        await self._call("POST", f"{app_id}/subscriptions", wish)

    async def name_of(self, external_id: str) -> str:
        """What the person of this number is called."""
        return as_text((await self._call("GET", f"{external_id}?fields=name")).get("name"))

    async def download(self, url: str, limit: int) -> bytes:
        """Bring a file. Raises TooBig as soon as it is larger than `limit` bytes, or Gone."""
        return await download(self._line.session, url, limit, DOWNLOAD_WITHIN)

    async def _call(self, verb: str, path: str, wish: Mapping[str, Any] | None = None) -> Json:
        within = ClientTimeout(total=self.timeout, sock_connect=CONNECT_WITHIN)
        headers = {**self._headers, "Content-Type": "application/json"}
        body = None if wish is None else orjson.dumps(wish)
        address = f"{self._address}/{path}"
        try:
            async with self._line.session.request(
                verb, address, params=self._proof, data=body, headers=headers, timeout=within
            ) as answer:
                return _result_of(answer, await answer.read())
        except BROKEN as error:
            raise failure_of(error) from None


def _result_of(answer: ClientResponse, content: bytes) -> Json:
    """What Meta itself has answered: anything else may come from a server in between."""
    try:
        found = read_json(content)
    except ValueError:
        found = None
    error = as_object(as_object(found).get("error"))
    if error:
        raise _refusal(error, answer)
    if answer.status in _REFUSALS:
        raise NotSent(f"{answer.status} of a proxy")
    if not answer.ok or not isinstance(found, dict):
        raise Unclear(f"HTTP {answer.status}, no answer of Meta's")
    return found


def _refusal(error: Json, answer: ClientResponse) -> Refused:
    return Refused(
        as_number(error.get("code")) or 0,
        as_number(error.get("error_subcode")) or 0,
        as_text(error.get("message"))[:LONGEST_REASON],
        is_passing=error.get("is_transient") is True,
        retry_after=_told_pause(answer),
    )


def _told_pause(answer: ClientResponse) -> float:
    """Seconds until the account may speak again: Meta tells minutes, by kind of use."""
    after = answer.headers.get("Retry-After", "")
    if after.isdecimal():
        return float(after)
    try:
        usage = as_object(read_json(answer.headers.get(USAGE_HEADER, "{}").encode()))
    except ValueError:
        return 0.0
    told = [
        as_object(one).get("estimated_time_to_regain_access")
        for uses in usage.values()
        for one in (uses if isinstance(uses, list) else [])
    ]
    minutes = [float(one) for one in told if isinstance(one, int | float) and math.isfinite(one)]
    return 60 * max(minutes, default=0.0)
