"""Who opens the form as a Mini App: what Telegram signs for the page, and how long it counts.

That it counts once is left to `receive`, which writes it down.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import parse_qsl

import orjson

AGE_WITHIN: Final = timedelta(hours=1)
AHEAD_WITHIN: Final = timedelta(minutes=1)  # Telegram's clock may be a little ahead of ours
MOST_FIELDS: Final = 50
LONGEST: Final = 10_000


class NotProven(Exception):
    """Telegram has not signed this, or too long ago."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who looks at the page, and the proof's own mark: the same proof has the same."""

    chat_id: str
    mark: str


def read_proof(text: str, bot_token: str, now: datetime) -> Visitor:
    """Checks what the Bot API calls initData. Raises NotProven."""
    fields = _fields(text)
    given = fields.pop("hash", "")
    shown = "\n".join(f"{name}={value}" for name, value in sorted(fields.items()))
    key = hmac.digest(b"WebAppData", bot_token.encode(), "sha256")
    known = hmac.new(key, shown.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(given.encode("utf-8", "replace"), known.encode()):
        raise NotProven("signature")
    signed = fields.get("auth_date", "")
    age = now.timestamp() - (int(signed) if signed.isdecimal() else 0)
    if not -AHEAD_WITHIN.total_seconds() <= age <= AGE_WITHIN.total_seconds():
        raise NotProven("age")
    return Visitor(chat_id=_user_id(fields.get("user", "")), mark=known)


def _fields(text: str) -> dict[str, str]:
    if len(text) > LONGEST:
        raise NotProven("length")
    try:
        return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError as error:
        raise NotProven("fields") from error


def _user_id(text: str) -> str:
    """In a private chat with the bot the chat has the person's own number."""
    try:
        user = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise NotProven("user") from error
    if not isinstance(user, dict) or not isinstance(user.get("id"), int):
        raise NotProven("user")
    return str(user["id"])
