"""Where everything is kept: opened so that what stops the start names the setting at fault."""

from collections.abc import Iterator
from contextlib import contextmanager

from desk.settings import Settings
from intake.errors import Damaged, Invalid, Unavailable
from store.database import Database, sqlite_path


async def open_database(settings: Settings) -> Database:
    """Raises Unavailable that names the setting at fault, Invalid for an address that is none."""
    with blamed(settings):
        return await Database.open(settings.database_url)


@contextmanager
def blamed(settings: Settings) -> Iterator[None]:
    """When the database is away, its setting is; SQLite's is the folder it lies in."""
    try:
        with damage_told(settings):
            yield
    except Unavailable as error:
        if settings.database:
            raise Unavailable("database_away", reason=error.code) from error
        folder = str(settings.folder.resolve())
        raise Unavailable("folder_refused", folder=folder, reason=error.code) from error


@contextmanager
def damage_told(settings: Settings) -> Iterator[None]:
    """A file of SQLite's that is damaged is no matter of the folder's."""
    try:
        yield
    except Damaged as error:
        path = str(sqlite_path(settings.database_url).resolve())
        raise Invalid("database_damaged", path=path, reason=error.code) from error
