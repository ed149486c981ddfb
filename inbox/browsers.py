"""Browsers in which an agent has logged in before: a signed mark for one login; it opens nothing.

What such a browser is spared is left to `throttle`.
"""

import hashlib
import hmac
import secrets
from datetime import timedelta
from typing import Final

from aiohttp import web

from inbox.ports import InboxServices

KNOWN_WITHIN: Final = timedelta(days=180)  # since the last login there
MARK_BYTES: Final = 12


def known_browser(request: web.Request, login: str, services: InboxServices) -> str:
    """Its mark, "" where it is not known for this login."""
    mark, _, proof = request.cookies.get(_name(services), "").partition(".")
    given = proof.encode("utf-8", "replace")
    is_known = bool(mark) and hmac.compare_digest(given, _proof(mark, login, services).encode())
    return mark if is_known else ""


def remember_browser(response: web.StreamResponse, login: str, services: InboxServices) -> None:
    """For its next logins."""
    mark = secrets.token_urlsafe(MARK_BYTES)
    response.set_cookie(
        _name(services),
        f"{mark}.{_proof(mark, login, services)}",
        max_age=int(KNOWN_WITHIN.total_seconds()),
        httponly=True,
        samesite="Strict",
        secure=services.settings.is_secure,
    )


def _name(services: InboxServices) -> str:
    return "__Host-firstline-browser" if services.settings.is_secure else "firstline-browser"


def _proof(mark: str, login: str, services: InboxServices) -> str:
    told = f"{mark} {login}".encode("utf-8", "replace")
    return hmac.new(services.settings.browser_key, told, hashlib.sha256).hexdigest()
