"""Memory and start: everything in one process, without and with Telegram."""

import asyncio

from simulators.telegram_api import TelegramApi
from tests.bench import load, plan, processes
from tests.bench.accepting import ACCOUNT, webhook_headers
from tests.bench.figures import Figure, median

AREA = "house"
CALM = 3.0  # seconds after the start until memory is read
REQUESTS = 5_000


async def measure(planned):
    async with TelegramApi() as api:
        variants = {
            "without Telegram": ({}, 80.0, 1.5),
            "with Telegram": (processes.telegram(api.url, by_webhook=False), 240.0, 5.0),
        }
        starts = {name: [] for name in variants}
        memory, cpu = {}, {name: [] for name in variants}
        for _ in range(planned.size.rounds):
            for name, (settings, _, _) in variants.items():
                place = planned.place()
                with processes.program(place, settings) as ours:
                    starts[name].append(await ours.until_served("/login", (200,)))
                    await asyncio.sleep(CALM)
                    memory[name], spent = ours.memory, ours.cpu
                    cpu[name].append(spent)
    figures = []
    for name, (_, megabytes, seconds) in variants.items():
        shared = {"area": AREA, "engine": plan.SQLITE, "is_floor": False}
        figures += [
            Figure(**shared, what=f"idle memory, {name}", ours=memory[name], unit="MB",
                   target=megabytes),  # fmt: skip
            Figure(**shared, what=f"start to first page, {name}", ours=median(starts[name]),
                   unit="s", target=seconds, cpu=1000 * median(cpu[name])),  # fmt: skip
        ]
    figures += [await _loaded(planned, engine) for engine in planned.engines]
    return figures


async def _loaded(planned, engine):
    """Memory after some thousand updates became tickets' messages, webhook, all but sending."""
    place = planned.place()
    settings, _ = planned.database(engine, place)
    settings |= processes.telegram()
    with processes.program(place, settings, "web", "worker") as ours:
        await ours.until_served("/healthz", (200,))
        await load.run(
            load.Load(port=ours.port, connections=64, count=REQUESTS,
                      post_to=f"/telegram/{ACCOUNT}", headers=webhook_headers(place))
        )  # fmt: skip
        await asyncio.sleep(CALM)
        loaded = ours.memory
    return Figure(area=AREA, engine=engine, ours=loaded, unit="MB",
                  what="memory under load, web and worker")  # fmt: skip
