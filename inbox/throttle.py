"""How often somebody may try to log in: guessing is hopeless, and yet no agent is shut out.

Wrong passwords lock the browser that an agent is known by, or else the network they came from,
for this login alone. Whoever guesses from many networks is slowed down, with everybody whose
browser is not known yet: as long as that goes on, only an agent's own browser surely gets in.
"""

from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address, ip_address

from aiohttp import web

from inbox.browsers import known_browser
from inbox.ports import InboxServices

WINDOW = timedelta(minutes=15)
TRIES = 5  # of one login, in one browser or from one network
TRIES_BY_PEER = 20  # an office behind one address types more than one password wrong
TRIES_BEFORE_SLOW = 20  # of one login, from all networks together
SLOW_PAUSE = timedelta(minutes=1)  # from one try to the next, then


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try, as the counters know it."""

    own: str
    others: tuple[str, str] | None  # by peer and by login, where the browser is not known


def attempt_of(request: web.Request, login: str, services: InboxServices) -> Attempt:
    if browser := known_browser(request, login, services):
        return Attempt(own=f"browser:{browser}", others=None)
    peer = peer_of(request, trusts_proxy=services.settings.trusts_proxy)
    return Attempt(own=f"login:{login} peer:{peer}", others=(f"peer:{peer}", f"login:{login}"))


def peer_of(request: web.Request, *, trusts_proxy: bool) -> str:
    """The caller's address; of IPv6 the network, since one caller owns all of it."""
    lines = request.headers.getall("X-Forwarded-For", []) if trusts_proxy else []
    # The last one was written by our own proxy; those before it, lines too, anybody can claim.
    named = ",".join(lines).rpartition(",")[2].strip() or request.remote or ""
    try:
        address = ip_address(named)
    except ValueError:
        return "unknown"
    if not isinstance(address, IPv6Address):
        return str(address)
    return str(address.ipv4_mapped or address.exploded[:19])


async def pause_before(attempt: Attempt, services: InboxServices) -> timedelta:
    """How long this one has to wait; nothing where it may be tried now."""
    failures, now = services.agents.failed_logins, services.clock.now()
    if await failures(attempt.own, now - WINDOW, now) >= TRIES:
        return WINDOW
    if attempt.others is None:
        return timedelta()
    peer, login = attempt.others
    if await failures(peer, now - WINDOW, now) >= TRIES_BY_PEER:
        return WINDOW
    is_guessed = await failures(login, now - WINDOW, now) >= TRIES_BEFORE_SLOW
    if is_guessed and await failures(login, now - SLOW_PAUSE, now):
        return SLOW_PAUSE
    return timedelta()


async def note_failure(attempt: Attempt, services: InboxServices) -> None:
    now = services.clock.now()
    for subject in (attempt.own, *(attempt.others or ())):
        await services.agents.note_failed_login(subject, now)
