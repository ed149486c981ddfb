"""How often somebody may try to log in: counted by login and by where they call from."""

from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address, ip_address

from aiohttp import web

from inbox.ports import InboxServices

WINDOW = timedelta(minutes=15)
TRIES_BY_LOGIN = 5
TRIES_BY_PEER = 20  # an office behind one address types more than one password wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try, as the counters know it."""

    login: str
    peer: str


def attempt_of(request: web.Request, login: str, services: InboxServices) -> Attempt:
    peer = peer_of(request, trusts_proxy=services.settings.trusts_proxy)
    return Attempt(login=f"login:{login}", peer=f"peer:{peer}")


def peer_of(request: web.Request, *, trusts_proxy: bool) -> str:
    """The caller's address; of IPv6 the network, since one caller owns all of it."""
    forwarded = request.headers.get("X-Forwarded-For", "") if trusts_proxy else ""
    # The last one was written by our own proxy; those before it anybody can claim.
    named = forwarded.rpartition(",")[2].strip() or request.remote or ""
    try:
        address = ip_address(named)
    except ValueError:
        return "unknown"
    if not isinstance(address, IPv6Address):
        return str(address)
    return str(address.ipv4_mapped or address.exploded[:19])


async def is_throttled(attempt: Attempt, services: InboxServices) -> bool:
    since = services.clock.now() - WINDOW
    if await services.agents.failed_logins(attempt.login, since) >= TRIES_BY_LOGIN:
        return True
    return await services.agents.failed_logins(attempt.peer, since) >= TRIES_BY_PEER


async def note_failure(attempt: Attempt, services: InboxServices) -> None:
    now = services.clock.now()
    await services.agents.note_failed_login(attempt.login, now)
    await services.agents.note_failed_login(attempt.peer, now)
