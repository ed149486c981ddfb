"""What stands around every page of a logged-in agent: tabs with counts, search, their own menu."""

from collections.abc import Mapping
from typing import Any, Final

from aiohttp import web

from inbox.guard import SAFE_METHODS
from inbox.keys import SERVICES, SESSION

CAP: Final = 99
VIEWS: Final = ("new", "mine", "open", "all")


async def frame_of(
    request: web.Request, view: str, *, query: str = "", address: str = ""
) -> dict[str, Any]:
    """`address` is where to have the page again, of one that may be the answer to a post too."""
    session = request[SESSION]
    counts = await request.app[SERVICES].listing.counts(session.agent.id)
    return {
        "agent": session.agent,
        "csrf": session.csrf,
        "counts": shown(counts),
        "quarantined": counts.get("quarantined", 0),
        "has_bot": request.app[SERVICES].companion is not None,
        "view": view,
        "views": VIEWS,
        "query": query,
        "back": address if request.method not in SAFE_METHODS else request.path_qs,
    }


def shown(counts: Mapping[str, int]) -> dict[str, str]:
    """Counts as words; "" where there is nothing to count."""
    return {
        name: "" if count == 0 else str(count) if count <= CAP else f"{CAP}+"
        for name, count in counts.items()
    }


def is_own_path(path: str) -> bool:
    """Whether a redirect there stays with us: "/tickets", never "//elsewhere"."""
    is_plain = path.isascii() and path.isprintable() and "\\" not in path
    return is_plain and path.startswith("/") and not path.startswith("//")
