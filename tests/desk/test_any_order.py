"""Lists, codes, links, slips of agents and mailboxes that change hands, in any order."""

import random

import pytest

from tests.desk.town import a_town
from tests.desk.walk import Walk

STEPS = 60


@pytest.mark.parametrize("seed", range(4))
async def test_whatever_happens_nobody_is_told_anothers_words(store_url, tmp_path, clock, seed):
    chance = random.Random(seed)  # noqa: S311 - to be repeated
    async with a_town(tmp_path / "var", store_url, clock) as town:
        walk = Walk(town, chance, await town.desk.agents.add("marek", "Marek", "-", "en"))
        for _ in range(STEPS):
            await walk.step()
        assert walk.owners
