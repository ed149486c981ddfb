"""Who may come in: the session of each request, and proof that a post comes from our own pages.

How a session starts is left to `pages.login_submit`, what a refusal looks like to `errors`.
"""

import hashlib
import hmac
import secrets
from urllib.parse import urlencode, urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler

from inbox.keys import FORM, SERVICES, SESSION, is_ours
from inbox.ports import InboxServices
from inbox.posted_forms import REPLY_LIMIT, read_form
from intake.errors import NotAllowed
from intake.posted_forms import FORM_LIMIT, Form
from intake.sessions import Session

OPEN_ROUTES = frozenset(
    {"login_show", "login_submit", "static_show", "health_live", "health_ready", "health_count"}
)
LIMITS = {"ticket_reply": REPLY_LIMIT, "ticket_note": REPLY_LIMIT}
SAFE_METHODS = ("GET", "HEAD")
TOKEN_BYTES = 32


class SignedOut(Exception):
    """A post without a session. `text` is what was typed, so that it is not lost."""

    def __init__(self, text: str) -> None:
        super().__init__("signed_out")
        self.text = text


class StaleForm(NotAllowed):
    """A form of a session that is over, posted in another: nothing is done, what was typed stays.

    `files` among the values says whether some were chosen: a page can't choose them again.
    """


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Lets in whom it knows. What `desk` mounts beside our pages proves itself."""
    if not is_ours(request):
        await _recognise(request)
        return await handler(request)
    services = request.app[SERVICES]
    is_post = request.method not in SAFE_METHODS
    if is_post:
        require_own_page(request, services)
    name = request.match_info.route.name or ""
    if name in OPEN_ROUTES:
        if is_post:
            await keep_form(request, FORM_LIMIT)
        return await handler(request)
    session = await find_session(request, services)
    if session is None:
        return await _turn_away(request, is_post=is_post)
    request[SESSION] = session
    if is_post:
        await keep_form(request, LIMITS.get(name, FORM_LIMIT))
        if not is_same(request[FORM].text("csrf"), session.csrf):
            raise StaleForm("stale_form", files="yes" if request[FORM].uploads else "")
    return await handler(request)


async def _recognise(request: web.Request) -> None:
    """An agent who asks for an address that leads nowhere is told so in their own language."""
    services = request.app.get(SERVICES)
    if services is None or request.match_info.http_exception is None:
        return
    session = await find_session(request, services)
    if session is not None:
        request[SESSION] = session


async def keep_form(request: web.Request, limit: int) -> Form:
    request[FORM] = await read_form(request.clone(client_max_size=limit))
    return request[FORM]


async def _turn_away(request: web.Request, *, is_post: bool) -> web.StreamResponse:
    if is_post:
        raise SignedOut((await keep_form(request, FORM_LIMIT)).text("text"))
    if request.path == "/live":
        raise NotAllowed("signed_out")
    asked = "" if request.path == "/" else "?" + urlencode({"next": request.path_qs})
    raise web.HTTPSeeOther(f"/login{asked}")


def require_own_page(request: web.Request, services: InboxServices) -> None:
    """Browsers say where a post comes from; only our own pages may send one."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        if site not in ("same-origin", "none"):
            raise NotAllowed("foreign_page")
        return
    origin = request.headers.get("Origin")
    if origin is None:
        return  # no browser; where there is a session its token is asked for anyway
    own = {request.host, urlsplit(services.settings.public_address).netloc}
    if _host_of(origin) not in own - {""}:
        raise NotAllowed("foreign_page")


def _host_of(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


def is_same(given: str, known: str) -> bool:
    """Compares in constant time, also what is no ASCII."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), known.encode())


# The cookie. Only its hash is kept, so that a stolen database opens no session.


def cookie_name(services: InboxServices) -> str:
    return "__Host-firstline" if services.settings.is_secure else "firstline"


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


async def find_session(request: web.Request, services: InboxServices) -> Session | None:
    token = request.cookies.get(cookie_name(services), "")
    if not token:
        return None
    session = await services.agents.session(hash_of(token), services.clock.now())
    return session if session is not None and session.agent.is_active else None


async def start_session(
    response: web.StreamResponse, agent_id: int, services: InboxServices
) -> None:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    within = services.settings.session_within
    csrf = secrets.token_urlsafe(TOKEN_BYTES)
    await services.agents.open_session(
        agent_id, hash_of(token), csrf, services.clock.now(), within
    )
    response.set_cookie(
        cookie_name(services),
        token,
        max_age=int(within),
        httponly=True,
        samesite="Lax",
        secure=services.settings.is_secure,
    )


async def end_session(
    request: web.Request, response: web.StreamResponse, services: InboxServices
) -> None:
    token = request.cookies.get(cookie_name(services), "")
    await services.agents.close_session(hash_of(token))
    response.del_cookie(
        cookie_name(services),
        httponly=True,
        samesite="Lax",
        secure=services.settings.is_secure,
    )
