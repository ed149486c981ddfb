"""Under which keys the application and a request keep what pages need."""

from concurrent.futures import Executor
from typing import Final

from aiohttp import web

from inbox.passwords import Passwords
from inbox.ports import InboxServices
from inbox.posting import Form
from intake.ports import Session

SERVICES: Final = web.AppKey("services", InboxServices)
PASSWORDS: Final = web.AppKey("passwords", Passwords)
DISK: Final = web.AppKey("disk", Executor)  # threads for bytes of files

SESSION: Final = web.RequestKey("session", Session)
FORM: Final = web.RequestKey("form", Form)
