"""What tests of every folder may ask for: a database on each engine, a clock, a browser."""

import asyncio
import gc
import os
import secrets
import shutil
from datetime import UTC, datetime, timedelta
from itertools import chain, groupby
from pathlib import Path

import hypothesis
import pytest
import pytest_asyncio

from tests.tools.camp import Camp, camp, once
from tests.tools.memory import memory
from tests.tools.postgresql import shared_server

# How long one example takes says how busy the machine is, not whether the promise is kept.
hypothesis.settings.register_profile("firstline", deadline=None)
hypothesis.settings.load_profile("firstline")
GARBAGE = 20_000  # objects that may come to be between two looks
CAMP = Camp()


def pytest_configure(config):
    """What tests write lies in memory, too: a desk waits until the disk has each mail."""
    place = memory()
    if place is not None:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(place))
    if not hasattr(config, "workerinput"):
        CAMP.pitch()


def pytest_unconfigure():
    CAMP.strike()


@pytest.hookimpl(wrapper=True, optionalhook=True)
def pytest_xdist_auto_num_workers():
    """Half as many again as cores: journeys wait for most of their time, and so would a core."""
    cores = yield
    return cores + cores // 2


def pytest_collection_modifyitems(items):
    """Every other worker begins with journeys: they wait, and leave room for who reckons.

    Workers begin with equal runs of tests and take over each other's ends, where a module of
    journeys would be torn apart and start its desk twice.
    """
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    journeys = [item for item in items if "journeys" in item.path.parts]
    others = [item for item in items if "journeys" not in item.path.parts]
    modules = [list(module) for _, module in groupby(journeys, key=lambda item: item.path)]
    travelling = (workers + 1) // 2
    spread = []
    for nth in range(workers):
        size = (len(items) - len(spread)) // (workers - nth)
        is_travelling = nth % 2 == 0
        share = list(chain.from_iterable(modules[nth // 2 :: travelling])) if is_travelling else []
        beside = max(0, size - len(share))
        spread += [*share, *others[:beside]]
        del others[:beside]
    items[:] = [*spread, *others]


def pytest_collection_finish():
    """What was imported stays, and tests leave little: looking for garbage took a sixth."""
    gc.freeze()
    gc.set_threshold(GARBAGE)


async def begun():
    """A send may begin, and nobody keeps a record of it."""


class Clock:
    """Stands still until told otherwise."""

    def __init__(self):
        self.moment = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

    def now(self):
        return self.moment

    def advance(self, seconds):
        self.moment += timedelta(seconds=seconds)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(scope="session", autouse=True)
def durability():
    """Gives how SQLite is opened. No test cuts the power, so that here nothing waits for the disk:
    a thousand tests commit ten thousand times.
    """
    from store import sqlite_engine

    with pytest.MonkeyPatch.context() as patch:
        as_served = dict(sqlite_engine.PRAGMAS)
        patch.setitem(sqlite_engine.PRAGMAS, "synchronous", "OFF")
        yield as_served


@pytest.fixture(scope="session")
def postgresql():
    server = shared_server()
    yield server
    server.hang_up()


async def migrated(url):
    from store.database import Database
    from store.migrating import migrate

    database = await Database.open(url)
    try:
        await migrate(database)
    finally:
        await database.close()


@pytest.fixture(scope="session")
def sqlite_template():
    path = camp() / "template" / "desk.db"

    def make():
        path.parent.mkdir()
        asyncio.run(migrated(f"sqlite:///{path}"))
        return str(path)

    return Path(once("sqlite_template", make))


@pytest.fixture
def folder(sqlite_template, tmp_path):
    """A desk's, in which it has run before: to make the tables takes a second of a core."""
    folder = tmp_path / "var"
    folder.mkdir()
    shutil.copy(sqlite_template, folder / "firstline.db")
    return folder


@pytest.fixture(scope="session")
def postgresql_template(postgresql):
    def make():
        asyncio.run(migrated(postgresql.create("template_desk")))
        return "template_desk"

    return once("postgresql_template", make)


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)],
)
def store_url(request, tmp_path):
    """The address of a migrated, empty database, on each engine in turn."""
    if request.param == "sqlite":
        path = tmp_path / "desk.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    server = request.getfixturevalue("postgresql")
    name = f"desk_{secrets.token_hex(4)}"
    yield server.create(name, request.getfixturevalue("postgresql_template"))
    server.drop(name)


@pytest.fixture
def sqlite_url(sqlite_template, tmp_path):
    """The same on SQLite alone, for what does not depend on the engine."""
    shutil.copy(sqlite_template, tmp_path / "desk.db")
    return f"sqlite:///{tmp_path / 'desk.db'}"


@pytest.fixture
async def database(store_url):
    from store.database import Database

    opened = await Database.open(store_url)
    try:
        yield opened
    finally:
        await opened.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def chromium():
    """Its start takes a moment: a module's tests share one, each with its context.

    The shell is Chromium without the windows of a desktop, each of which took a second of a core.
    """
    from playwright.async_api import async_playwright

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path="/usr/bin/chromium-headless-shell", args=["--no-sandbox"]
        )
        yield browser
        await browser.close()
