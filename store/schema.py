"""The ORM at work: it applies migrations and drafts new ones, safely when processes start at once.

All pending migrations and the notes that they were applied are one transaction: behind an
advisory lock on PostgreSQL, behind SQLite's own write lock there. Nothing else needs the ORM when
it runs, so that only `migrating` imports this, when something is pending.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cached_property
from typing import Any

from tortoise import context as orm
from tortoise.backends.base.executor import EXECUTOR_CACHE
from tortoise.context import TortoiseContext
from tortoise.exceptions import BaseORMException, DBConnectionError
from tortoise.migrations.autodetector import MigrationAutodetector
from tortoise.migrations.executor import MigrationExecutor
from tortoise.migrations.graph import MigrationKey
from tortoise.migrations.schema_generator.state import ModelState, State
from tortoise.migrations.schema_generator.state_apps import StateApps

from intake.errors import Invalid, Unavailable
from store import schema_sqlite
from store.database import CONNECT_WITHIN, postgresql_access, sqlite_path
from store.outages import is_outage

APP = "store"
MODELS = ["store.models", "store.models_work"]
APPS = {APP: {"models": MODELS, "migrations": "store.migrations"}}


async def migrate(url: str, wait: str) -> list[str]:
    """Apply what is pending; returns the names. Raises Unavailable.

    `wait` is what takes the lock on PostgreSQL.
    """
    async with _opened(url) as context, context.db()._in_transaction() as client:  # noqa: SLF001
        if client.capabilities.dialect == "postgres":
            await client.execute_query(wait)
        executor = _Executor(client, APPS)
        # Made first: the ORM asks for it and would abort PostgreSQL's transaction otherwise.
        await executor.recorder.ensure_schema(executor._schema_editor(atomic=False))  # noqa: SLF001
        pending = [step.migration.name for step in await executor.plan()]
        if pending:
            await executor.migrate()
    return pending


async def draft(url: str) -> list[str]:
    """The migrations that the models still lack, as source text; none when they match."""
    async with _opened(url) as context:
        if context.apps is None:
            raise Invalid("database_url")
        writers = await MigrationAutodetector(context.apps, APPS).changes()
    return [writer.as_string() for writer in writers]


class _Tables(StateApps):
    """Between two migrations. The ORM would make each ready for queries, that nobody has."""

    def _build_initial_querysets(self) -> None:
        pass


class _Before(State):
    """What an operation finds. Few look at its tables, and to make them takes most of the time."""

    def __init__(self, models: dict[tuple[str, str], ModelState], after: StateApps) -> None:
        self.models = models
        self._after = after

    @cached_property
    def apps(self) -> StateApps:  # type: ignore[override]
        return self._after.clone(model_states=self.models)


class _State(State):
    def clone(self) -> State:
        return _Before({key: model.clone() for key, model in self.models.items()}, self.apps)


class _Executor(MigrationExecutor):
    async def _project_state(
        self, applied: set[MigrationKey], *, upto: MigrationKey | None = None
    ) -> State:
        del upto
        state = _State(models={}, apps=_Tables(default_connections={APP: "default"}))
        for key in self._full_plan():
            migration = self.loader.graph.nodes[key]
            if key in applied and migration is not None:
                await migration.apply(state, dry_run=True)
        return state


@asynccontextmanager
async def _opened(url: str) -> AsyncIterator[TortoiseContext]:
    """The ORM with connections of its own, closed at the end."""
    EXECUTOR_CACHE.clear()  # SQL of another engine, if another was open before
    config = {"connections": {"default": _connection(url)}, "apps": APPS}
    context = TortoiseContext()
    is_first = orm.get_current_context() is None
    try:
        with context:
            await context.init(config=config, _enable_global_fallback=is_first)
            yield context
    except BaseORMException as error:
        inner = error.__cause__ or error.__context__
        if isinstance(error, DBConnectionError) or (inner is not None and is_outage(inner)):
            raise Unavailable(f"{type(error).__name__}: {error}"[:300]) from error
        raise
    finally:
        await context.close_connections()


def _connection(url: str) -> dict[str, Any]:
    """As the ORM wants to be told where the database is."""
    if url.startswith("sqlite:"):
        path = str(sqlite_path(url))
        return {"engine": schema_sqlite.__name__, "credentials": {"file_path": path}}
    credentials = {**postgresql_access(url), "timeout": CONNECT_WITHIN}
    return {"engine": "tortoise.backends.asyncpg", "credentials": credentials}
