"""Files that platforms fetch from us: their links, and the door that opens to them."""

import hmac

from aiohttp import web

from bots.files import PATH, FileDoor, FileLinks, file_app
from desk.settings import Settings
from desk.wiring import Desk
from intake.ports import Clock


def links(settings: Settings, clock: Clock) -> FileLinks:
    key = hmac.digest(settings.secret(), b"file links", "sha256")
    return FileLinks(key=key, address=settings.web.public_url, clock=clock)


def mount(desk: Desk, app: web.Application) -> None:
    door = FileDoor(links=links(desk.settings, desk.clock), read_blob=desk.blobs.read)
    app.add_subapp(PATH, file_app(door))
