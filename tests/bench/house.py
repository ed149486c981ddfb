"""Memory and start: everything in one process, mail included, without and with Telegram.

The start that counts is one on a database that is there; the very first one makes its tables.
"""

import asyncio

from simulators.mail_server import MailServer
from simulators.telegram_api import TelegramApi
from tests.bench import load, mails, pace, plan, processes
from tests.bench.accepting import ACCOUNT, webhook_headers
from tests.bench.figures import Figure, median

AREA = "house"
CALM = 3.0  # seconds after the start until memory is read
REQUESTS = 5_000
WITHOUT, WITH = "without Telegram", "with Telegram"
MEGABYTES = {WITHOUT: 80.0, WITH: 240.0}
SECONDS = {WITHOUT: 1.5, WITH: 5.0}


async def measure(planned):
    server = MailServer(support=mails.SUPPORT)
    await server.start()
    try:
        async with TelegramApi() as api:
            settings = {WITHOUT: mails.mailbox(server)}
            settings[WITH] = settings[WITHOUT] | processes.telegram(api.url, by_webhook=False)
            figures = [one for name in settings for one in await _idle(planned, name, settings)]
    finally:
        await mails.mailbox_closed(server)
    return figures + [await _loaded(planned, engine) for engine in planned.engines]


async def _idle(planned, name, settings):
    place, starts, memory, cpu = planned.place(), [], [], []
    for _ in range(planned.size.rounds + 1):
        with processes.program(place, settings[name]) as ours:
            starts.append(await ours.until_served("/login", (200,)))
            cpu.append(1000 * ours.cpu)
            await asyncio.sleep(CALM)
            memory.append(ours.memory)
    shared = {"area": AREA, "engine": plan.SQLITE}
    return [
        Figure(
            **shared,
            is_floor=False,
            what=f"idle memory, {name}",
            ours=median(memory[1:]),
            unit="MB",
            target=MEGABYTES[name],
            more={"after_first_start_mb": memory[0]},
        ),
        pace.within(
            SECONDS[name],
            planned,
            **shared,
            what=f"start to first page, {name}",
            ours=median(starts[1:]),
            unit="s",
            cpu=median(cpu[1:]),
            more={"first_start_s": starts[0]},
        ),
    ]


async def _loaded(planned, engine):
    """Memory after some thousand updates became tickets' messages, webhook, all but sending."""
    place = planned.place()
    settings, _ = planned.database(engine, place)
    settings |= processes.telegram()
    with processes.program(place, settings, "web", "worker") as ours:
        await ours.until_served("/healthz", (200,))
        await load.run(
            load.Load(
                port=ours.port,
                connections=64,
                count=REQUESTS,
                post_to=f"/telegram/{ACCOUNT}",
                headers=webhook_headers(place),
            )
        )
        await asyncio.sleep(CALM)
        loaded = ours.memory
    what = "memory after a load, web and worker"
    return Figure(area=AREA, engine=engine, ours=loaded, unit="MB", what=what)
