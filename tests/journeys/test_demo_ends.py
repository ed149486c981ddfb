"""Whoever changes their mind while the demo starts need not wait for its story."""

import pytest

from tests.journeys.demo import TOLD_WITHIN, Demo, DemoAsTyped
from tests.journeys.program import until

pytestmark = pytest.mark.journey


@pytest.mark.parametrize(
    ("begin", "moment"),
    [(DemoAsTyped, "migrated"), (DemoAsTyped, "lease taken"), (Demo, "serving")],
)
async def test_ctrl_c_ends_a_demo_that_starts(tmp_path, begin, moment):
    demo = begin(tmp_path)
    await demo.begin()
    try:
        await until(lambda: moment in demo.said(), within=TOLD_WITHIN)
    finally:
        code = await demo.stop()
    assert code == 0
    assert "story told" not in demo.said()
    assert "Traceback" not in demo.said()
