"""Where everything is kept: opened so that what stops the start names the setting at fault."""

from collections.abc import Iterator
from contextlib import contextmanager

from desk.settings import Settings
from intake.errors import Unavailable
from store.database import Database


async def open_database(settings: Settings) -> Database:
    """Raises Unavailable that names the setting at fault, Invalid for an address that is none."""
    with blamed(settings):
        return await Database.open(settings.database_url)


@contextmanager
def blamed(settings: Settings) -> Iterator[None]:
    """When the database is away, its setting is; SQLite's is the folder it lies in."""
    try:
        yield
    except Unavailable as error:
        if settings.database:
            raise Unavailable("database_away", reason=error.code) from error
        folder = str(settings.folder.resolve())
        raise Unavailable("folder_refused", folder=folder, reason=error.code) from error
