"""Olena's phone, Marek, and a whole desk between them, on each engine in turn."""

import pytest

from desk.settings import Settings
from desk.wiring import build_desk
from tests.desk.crew import a_crew
from tests.desk.phone import Exchange


@pytest.fixture
async def exchange(store_url, tmp_path):
    desk = await build_desk(Settings(folder=tmp_path / "var", database=store_url))
    try:
        yield Exchange(desk)
    finally:
        await desk.close()


@pytest.fixture
async def marek(exchange):
    return await exchange.desk.agents.add("marek", "Marek Novák", "-", "en")


@pytest.fixture
async def crew(store_url, tmp_path, clock):
    async with a_crew(store_url, tmp_path / "var", clock) as crew:
        yield crew
