"""Brings the tables up to the models, safely when several processes start at once.

All pending migrations and the notes that they were applied are one transaction: behind an
advisory lock on PostgreSQL, behind SQLite's own write lock there. A backup before is left to
`backup`, the writing of new migrations to `tortoise makemigrations` or `draft`.
"""

import structlog
from tortoise.migrations.autodetector import MigrationAutodetector
from tortoise.migrations.executor import MigrationExecutor

from store.database import APPS, Database
from store.outages import outages_told

LOCK = 7_246_553_168  # any number that nobody else takes
RECORDED = "SELECT name FROM tortoise_migrations WHERE app = 'store' ORDER BY id"

log = structlog.get_logger()


async def migrate(database: Database) -> list[str]:
    """Apply what is pending; returns the names. Raises Unavailable."""
    with outages_told(), database.context:
        async with database.client._in_transaction() as client:  # noqa: SLF001 - the ORM's way in
            if database.dialect.is_postgresql:
                await client.execute_query(f"SELECT pg_advisory_xact_lock({LOCK})")
            executor = MigrationExecutor(client, APPS)
            # Made first: the ORM asks for it and would abort PostgreSQL's transaction otherwise.
            await executor.recorder.ensure_schema(executor._schema_editor(atomic=False))  # noqa: SLF001
            pending = [step.migration.name for step in await executor.plan()]
            if pending:
                await executor.migrate()
    for name in pending:
        log.info("migrated", migration=name)
    return pending


async def is_migrated(database: Database) -> bool:
    """Whether nothing is pending."""
    with outages_told(), database.context:
        async with database.client._in_transaction() as client:  # noqa: SLF001 - the ORM's way in
            executor = MigrationExecutor(client, APPS)
            await executor.recorder.ensure_schema(executor._schema_editor(atomic=False))  # noqa: SLF001
            return not await executor.plan()


async def draft(database: Database) -> list[str]:
    """The migrations that the models still lack, as source text; none when they match."""
    apps = database.context.apps
    if apps is None:
        return []
    with database.context:
        writers = await MigrationAutodetector(apps, APPS).changes()
    return [writer.as_string() for writer in writers]
