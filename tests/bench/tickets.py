"""Tickets end to end: update accepted, understood, ticket and card committed."""

import time
from contextlib import AsyncExitStack

from bots.telegram.receive import envelope_of
from store.database import Database
from store.journal import Journal
from store.migrating import migrate
from tests.bench import load, mails, moments, others, plan, processes, rows, words
from tests.bench.accepting import ACCOUNT, webhook_headers
from tests.bench.figures import Figure, median

AREA = "tickets"
EVERYBODY = 1_000_000_000  # so many people that none comes twice
ALONE = {"FIRSTLINE_DESK__PARTNER": "false"}  # what is compared is the work of one process
WARMING = 100  # messages to a worker before it counts


async def measure(planned):
    figures = []
    for engine in planned.engines:
        theirs = await others.mail_rates(planned, engine, mails.letters_of(planned))
        rate, cpu = await _one_process(planned, engine)
        planned.measured[f"tickets {engine}"] = rate
        figures.append(_figure(theirs, engine, rate, cpu))
    if plan.POSTGRESQL in planned.engines:
        figures.append(await _two_workers(planned))
    return figures


def _figure(theirs, engine, rate, cpu):
    return Figure(
        area=AREA,
        what="tickets end to end, one process",
        engine=engine,
        ours=rate,
        unit="tickets/s",
        cpu=cpu,
        beside=others.DJANGO,
        other=theirs[others.DJANGO],
        target=5.0,
    )


async def _one_process(planned, engine):
    place = planned.place()
    settings, url = planned.database(engine, place)
    settings |= processes.telegram() | ALONE
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
    """Drains of a full journal by one worker and by two, in turn; no web process runs."""
    place = planned.place()
    settings, url = planned.database(plan.POSTGRESQL, place)
    settings |= processes.telegram() | ALONE
    alone, together = [], []
    async with AsyncExitStack() as stack:
        database = await Database.open(url)
        stack.push_async_callback(database.close)
        await migrate(database)
        backlog = Backlog(database, await stack.enter_async_context(rows.looking(url)))
        first = stack.enter_context(processes.program(place, settings, "worker"))
        await first.until_said("serving")
        await backlog.drain(WARMING)
        for _ in range(planned.size.rounds):
            alone.append(await backlog.drain(planned.size.backlog))
            with processes.program(place, settings, "worker") as second:
                await second.until_said("serving")
                await backlog.drain(2 * WARMING)
                together.append(await backlog.drain(planned.size.backlog))
    return Figure(
        area=AREA,
        what="backlog to tickets, two workers",
        engine=plan.POSTGRESQL,
        ours=median(together),
        unit="tickets/s",
        beside="one worker",
        other=median(alone),
        target=1.5,
    )


class Backlog:
    """Messages of people who were never seen before, in the journal all at once."""

    def __init__(self, database, looking):
        self._journal = Journal(database)
        self._looking = looking
        self._texts = words.texts("telegram")
        self._next = 1

    async def drain(self, count):
        """Tickets a second, from the commit that fills the journal to the last card's."""
        first, self._next = self._next, self._next + count
        updates = [
            load.update(number, EVERYBODY, self._texts) for number in range(first, first + count)
        ]
        opened = await self._looking.number(rows.CARDS)
        await self._journal.accept(
            [envelope_of(ACCOUNT, update, moments.now()) for update in updates]
        )
        started = time.perf_counter()
        await self._looking.until(rows.WAITING, 0)
        spent = time.perf_counter() - started
        return (await self._looking.number(rows.CARDS) - opened) / spent


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
        posted = await load.run(
            load.Load(
                port=self._port,
                connections=16,
                count=self._count,
                post_to=f"/telegram/{ACCOUNT}",
                headers=self._headers,
                first=first,
                people=EVERYBODY,
                texts=self._texts,
            )
        )
        await looking.until(rows.WAITING, 0)
        spent = time.perf_counter() - posted.began
        made = await looking.number(rows.CARDS) - opened
        return made / spent
