"""Under which keys the application and a request keep what pages need."""

from concurrent.futures import Executor
from typing import Final

from aiohttp import web

from inbox.passwords import Passwords
from inbox.ports import InboxServices
from intake.posted_forms import Form
from intake.sessions import Session

SERVICES: Final = web.AppKey("services", InboxServices)
PASSWORDS: Final = web.AppKey("passwords", Passwords)
OWN_ROUTES: Final = web.AppKey("own_routes", frozenset[str])  # names; others guard themselves
DISK: Final = web.AppKey("disk", Executor)  # threads for bytes of files

SESSION: Final = web.RequestKey("session", Session)
FORM: Final = web.RequestKey("form", Form)


def is_ours(request: web.Request) -> bool:
    """Whether a page of the inbox answers: no webhook or sub-application that `desk` mounts."""
    own = request.app.get(OWN_ROUTES)  # a sub-application has none
    return own is not None and (request.match_info.route.name or "") in own
