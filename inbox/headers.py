"""Headers of every answer: what a browser may do with our pages, and that nobody keeps them."""

from typing import Final

from aiohttp import web

from inbox.keys import SERVICES, is_ours

POLICY: Final = "; ".join(
    [
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    # Not "no-referrer": browsers would then say "Origin: null" when our own forms are sent.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}
STRICT_TRANSPORT: Final = "max-age=31536000"


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """A page that needs other ones has set them before; what `desk` mounts sets its own."""
    if not is_ours(request) and request.match_info.http_exception is None:
        return
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.config_dict[SERVICES].settings.is_secure:
        response.headers.setdefault("Strict-Transport-Security", STRICT_TRANSPORT)
