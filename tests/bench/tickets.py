"""Tickets end to end: update accepted, understood, ticket and card committed."""

import time
from contextlib import ExitStack

from tests.bench import load, others, plan, processes, rows, words
from tests.bench.accepting import ACCOUNT, webhook_headers
from tests.bench.figures import Figure, median

AREA = "tickets"
SECOND = 1_000_000


async def measure(planned):
    figures = []
    for engine in planned.engines:
        rate, cpu = await _one_process(planned, engine)
        planned.measured[f"tickets {engine}"] = rate
        figures.append(_figure(planned, engine, rate, cpu))
    if plan.POSTGRESQL in planned.engines:
        figures.append(await _two_workers(planned))
    return figures


def _figure(planned, engine, rate, cpu):
    return Figure(
        area=AREA,
        what="tickets end to end, one process",
        engine=engine,
        ours=rate,
        unit="tickets/s",
        cpu=cpu,
        beside=others.DJANGO,
        other=others.scaled(others.DJANGO_HELPDESK, planned),
        target=5.0,
    )


async def _one_process(planned, engine):
    place = planned.place()
    settings, url = planned.database(engine, place)
    settings |= processes.telegram()
    with processes.program(place, settings, "web", "worker") as ours:
        await ours.until_served("/healthz", (200,))
        line = Line(planned, place, ours.port)
        async with rows.looking(url) as looking:
            await line.pass_through(looking)
            before = ours.cpu
            rates = [await line.pass_through(looking) for _ in range(planned.size.rounds)]
            cpu = (ours.cpu - before) / (planned.size.rounds * planned.size.tickets)
    return median(rates), 1000 * cpu


async def _two_workers(planned):
    """Rounds with one worker and with two, in turn."""
    place = planned.place()
    settings, url = planned.database(plan.POSTGRESQL, place)
    settings |= processes.telegram()
    alone, together = [], []
    with ExitStack() as stack:
        web = stack.enter_context(processes.program(place, settings, "web"))
        await web.until_served("/healthz", (200,))
        worker = stack.enter_context(processes.program(place, settings, "worker"))
        await worker.until_said("serving")
        line = Line(planned, place, web.port)
        async with rows.looking(url) as looking:
            await line.pass_through(looking)
            for _ in range(planned.size.rounds):
                alone.append(await line.pass_through(looking))
                with processes.program(place, settings, "worker") as second:
                    await second.until_said("serving")
                    together.append(await line.pass_through(looking))
    return Figure(
        area=AREA,
        what="tickets end to end, two workers",
        engine=plan.POSTGRESQL,
        ours=median(together),
        unit="tickets/s",
        beside="one worker",
        other=median(alone),
        target=1.5,
    )


class Line:
    """Messages of people who were never seen before, each of which opens a ticket."""

    def __init__(self, planned, place, port):
        self._count = planned.size.tickets
        self._port = port
        self._headers = webhook_headers(place)
        self._texts = words.texts("telegram")
        self._next = 1

    async def pass_through(self, looking):
        """Tickets a second, from the first request to the last card's commit."""
        first, self._next = self._next, self._next + self._count
        opened = await looking.number(rows.CARDS)
        started = time.perf_counter()
        await load.run(
            load.Load(
                port=self._port,
                connections=16,
                count=self._count,
                post_to=f"/telegram/{ACCOUNT}",
                headers=self._headers,
                first=first,
                people=1_000_000_000,
                texts=self._texts,
            )
        )
        await looking.until(rows.WAITING, 0)
        spent = time.perf_counter() - started
        made = await looking.number(rows.CARDS) - opened
        return made / spent
