"""What journeys share. Processes cost seconds to start, so that a whole module uses one."""

import os
import secrets

import pytest
import pytest_asyncio

from tests.journeys.demo import Demo
from tests.journeys.people import Desk

PATIENCE = 10_000  # milliseconds that any page may take, on a busy machine


@pytest.fixture
def seed():
    """Printed with a failure; CRASH_SEED repeats it."""
    chosen = int(os.environ.get("CRASH_SEED") or secrets.randbits(32))
    print(f"CRASH_SEED={chosen}")  # noqa: T201 - pytest shows it with a failure
    return chosen


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def demo(tmp_path_factory):
    demo = Demo(tmp_path_factory.mktemp("demo"))
    try:
        await demo.start()
        yield demo
    finally:
        await demo.stop()


@pytest_asyncio.fixture(loop_scope="module")
async def open_page(demo, chromium):
    """Opens a page in a window of its own. What it reports as an error fails the test."""
    contexts, complaints = [], []

    async def open_one(path, **options):
        context = await chromium.new_context(
            base_url=demo.url,
            locale="en-GB",
            viewport={"width": 1440, "height": 900},
            reduced_motion="reduce",
            **options,
        )
        contexts.append(context)
        page = await context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: complaints.append(error.message))
        await page.goto(path)
        return page

    yield open_one
    for context in contexts:
        await context.close()
    assert complaints == []


@pytest_asyncio.fixture(loop_scope="module")
async def desk(open_page, demo):
    """The inbox, in which Marek has signed in."""
    return await Desk(await open_page("/")).sign_in(demo.password)
