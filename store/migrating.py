"""Whether the tables are those of the models, and bringing them there, but never back.

Names of migrations are compared by a query; the ORM, which knows how to apply them, is imported
only when one is pending. A backup before is left to `backup`.
"""

from pathlib import Path

import structlog

from intake.errors import Conflict
from store import migrations
from store.database import Database
from store.finishing import to_the_end

LOCK = 7_246_553_168  # any number that nobody else takes
WAIT = f"SELECT pg_advisory_xact_lock({LOCK})"
RECORDED = "SELECT name FROM tortoise_migrations WHERE app = 'store' ORDER BY id"
HAS_RECORDS = {
    True: "SELECT 1 AS found WHERE to_regclass('tortoise_migrations') IS NOT NULL",
    False: "SELECT 1 AS found FROM sqlite_master WHERE name = 'tortoise_migrations'",
}

log = structlog.get_logger()


async def migrate(database: Database) -> list[str]:
    """Apply what is pending; returns the names.

    Raises Unavailable, and Conflict for tables of a later version: what it has changed there may
    mean something else to this one.
    """
    await _wait_for_whoever_holds_the_lock(database)
    recorded, known = await _recorded(database), known_migrations()
    if later := sorted(recorded - known):
        raise Conflict("database_newer", name=later[-1])
    if known <= recorded:
        return []
    from store import schema

    applied = await to_the_end(schema.migrate(database.url, WAIT))
    for name in applied:
        log.info("migrated", migration=name)
    return applied


async def is_migrated(database: Database) -> bool:
    """Whether nothing is pending."""
    return known_migrations() <= await _recorded(database)


async def later_migrations(database: Database) -> list[str]:
    """What a later version has done to tables that this one knows nothing of."""
    return sorted(await _recorded(database) - known_migrations())


async def _wait_for_whoever_holds_the_lock(database: Database) -> None:
    """On PostgreSQL another process may be migrating, or bringing a backup back (`occupancy`)."""
    if database.dialect.is_postgresql:
        async with database.transaction() as session:
            await session.fetch(WAIT)


async def _recorded(database: Database) -> set[str]:
    if not await database.fetch(HAS_RECORDS[database.dialect.is_postgresql]):
        return set()
    return {str(row["name"]) for row in await database.fetch(RECORDED)}


def known_migrations() -> set[str]:
    """The migrations that this version has."""
    return {path.stem for folder in migrations.__path__ for path in Path(folder).glob("[0-9]*.py")}
