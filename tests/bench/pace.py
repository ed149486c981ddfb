"""How quick this machine is just now, by the bare handler: looked at before each area.

Scaled by it is whatever was measured or wished for on another day: what other help desks did, and
limits in milliseconds. They stand for a machine on which it answers `BARE_THEN` requests a second.
"""

from tests.bench import load, peers, processes
from tests.bench.figures import Figure

BARE_THEN = 20_000.0  # requests a second on uvloop, 64 connections
CONNECTIONS = 64
WITHIN = 1.0  # seconds


async def look(planned):
    with processes.peer("bare", planned.place()) as process:
        await process.until_served()
        headers = {"X-Telegram-Bot-Api-Secret-Token": peers.SECRET}
        shared = {"port": process.port, "connections": CONNECTIONS, "headers": headers}
        answered = await load.run(load.Load(**shared, within=WITHIN, post_to=peers.PATH))
    planned.measured["bare"] = answered.rate


def rate(then, planned):
    """What so many a second then are here and now."""
    return then * planned.measured["bare"] / BARE_THEN


def within(limit, planned, **shared):
    """A figure that must not be more than a limit, itself scaled: `limit` in the figure's unit."""
    beside = f"{limit:g} {shared['unit']} then, scaled"
    now = limit * BARE_THEN / planned.measured["bare"]
    return Figure(**shared, beside=beside, other=now, target=1.0, is_floor=False)
