"""Links to form pages: each names one ticket, lasts a week, and can't be made by anybody else.

A link is all that opens its page, so it must not leak: pages send no referrer and are kept by
nobody, and no link is logged.
"""

import base64
import hmac
import struct
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from intake.speech import Link

FORM: Final = "form"
APP: Final = "app"  # opens nothing by itself: Telegram must say who taps
LINK_WITHIN: Final = timedelta(days=7)
VERSION: Final = "a"  # of key and layout
LAYOUT: Final = struct.Struct(">QI")  # ticket, expiry in seconds
MAC_BYTES: Final = 18  # with the layout a whole number of letters
LONGEST_TOKEN: Final = 64


class Forged(Exception):
    """No link of ours."""


class Expired(Exception):
    """It was ours, and its time is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormLinks:
    """Meets `intake.ports.FormLinks`. `has_apps`: Telegram opens the page as a Mini App."""

    key: bytes = field(repr=False)
    address: str  # of the portal, without a slash at its end
    has_apps: bool = False

    def link(self, number: int, label: str, now: datetime) -> Link:
        form = f"{self.address}/{self.token(number, now)}"
        app = f"{self.address}/app/{self.token(number, now, APP)}" if self.has_apps else ""
        return Link(label=label, url=form, app_url=app)

    def token(self, number: int, now: datetime, purpose: str = FORM) -> str:
        body = LAYOUT.pack(number, int((now + LINK_WITHIN).timestamp()))
        signed = body + self._mac(purpose, body)
        return VERSION + base64.b32encode(signed).decode("ascii").lower()

    def read(self, token: str, now: datetime, purpose: str = FORM) -> int:
        """The ticket's number. Raises Forged, Expired."""
        if len(token) > LONGEST_TOKEN or not token.isascii() or token[:1] != VERSION:
            raise Forged
        try:
            signed = base64.b32decode(token[1:].upper())
        except ValueError as error:
            raise Forged from error
        body, mac = signed[: LAYOUT.size], signed[LAYOUT.size :]
        if not hmac.compare_digest(mac, self._mac(purpose, body)):
            raise Forged
        number, expires_at = LAYOUT.unpack(body)
        if now >= datetime.fromtimestamp(expires_at, UTC):
            raise Expired
        return int(number)

    def mark(self, number: int, upload_id: int) -> str:
        """Proves that a file was uploaded for this ticket's form."""
        mac = self._mac("upload", f"{number}.{upload_id}".encode())
        return base64.b32encode(mac).decode("ascii").lower().rstrip("=")

    def is_marked(self, number: int, upload_id: int, mark: str) -> bool:
        known = self.mark(number, upload_id)
        return hmac.compare_digest(mark.encode("utf-8", "replace"), known.encode())

    def _mac(self, purpose: str, body: bytes) -> bytes:
        message = f"{purpose}.{VERSION}.".encode() + body
        return hmac.digest(self.key, message, "sha256")[:MAC_BYTES]
