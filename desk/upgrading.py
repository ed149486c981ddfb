"""Brings the tables up to date before a start, in a child process.

What applies migrations, the ORM, is of no use afterwards and weighs more than all else; with the
child its memory is free again. Where it can't be done so, or fails, whoever serves does it and
tells what is wrong.
"""

import asyncio
import os
import sys
from contextlib import ExitStack

from desk.places import blamed, open_database
from desk.settings import Settings, load
from desk.wiring import load_catalogue
from store.migrating import is_migrated, migrate
from store.occupancy import occupied


async def is_behind() -> bool:
    """Raises Conflict where SQLite is served already, Invalid for a wrong catalogue."""
    settings = load()
    load_catalogue(settings)
    with ExitStack() as stack:
        with blamed(settings):
            stack.enter_context(occupied(settings.database_url))
        database = await open_database(settings)
        try:
            return not await is_migrated(database)
        finally:
            await database.close()


def upgrade() -> None:
    """Wait for a child that does it. No loop may be running."""
    if not hasattr(os, "fork"):
        return
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:
        _upgrade_and_end()
    os.waitpid(child, 0)


def _upgrade_and_end() -> None:
    """However it goes: a child that went on would be a second program."""
    try:
        asyncio.run(_migrate(load()))
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)


async def _migrate(settings: Settings) -> None:
    with occupied(settings.database_url):
        database = await open_database(settings)
        try:
            await migrate(database)
        finally:
            await database.close()
