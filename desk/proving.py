"""Codes, keys and links that nobody can guess. They are hashed with the desk's own key.

A code has so few digits that a bare hash of it could be tried out by whoever reads the database.
"""

import base64
import hmac
import secrets
import struct
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

CODE_DIGITS = 8
KEY_BYTES = 12
BEGINNING = "k-"  # what our deep links begin with
TOKEN_WITHIN = timedelta(days=7)
LAYOUT = struct.Struct(">QI")  # ticket, expiry in seconds
MAC_BYTES = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """Meets `intake.links.Secrets`."""

    own_key: bytes = field(repr=False)

    def code(self) -> str:
        return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"

    def key(self) -> str:
        return secrets.token_urlsafe(KEY_BYTES)

    def hash(self, *told: str) -> str:
        return hmac.digest(self.own_key, repr(told).encode(), "sha256").hex()

    def token(self, ticket: int, now: datetime) -> str:
        body = LAYOUT.pack(ticket, int((now + TOKEN_WITHIN).timestamp()))
        return BEGINNING + base64.urlsafe_b64encode(body + self._mac(body)).decode()

    def is_token(self, payload: str) -> bool:
        return payload.startswith(BEGINNING)

    def read_token(self, token: str, now: datetime) -> int | None:
        """Each has one spelling: another one would be a second use."""
        text = token.removeprefix(BEGINNING)
        try:
            signed = base64.b64decode(text, b"-_", validate=True)
        except ValueError:
            return None
        body, mac = signed[: LAYOUT.size], signed[LAYOUT.size :]
        is_whole = len(body) == LAYOUT.size and base64.urlsafe_b64encode(signed).decode() == text
        if not is_whole or not hmac.compare_digest(mac, self._mac(body)):
            return None
        ticket, expires_at = LAYOUT.unpack(body)
        is_over = now >= datetime.fromtimestamp(expires_at, UTC)
        return None if is_over else int(ticket)

    def _mac(self, body: bytes) -> bytes:
        return hmac.digest(self.own_key, b"deep link." + body, "sha256")[:MAC_BYTES]
