"""Pages of the inbox over real HTTP: list, ticket, search; alone and with eight agents at once.

The same pages are asked for at each size in turn: what grows with the number of tickets shows.
"""

from contextlib import ExitStack
from dataclasses import dataclass, field

from tests.bench import load, others, pace, plan, processes, seeding
from tests.bench.figures import Figure, median

AREA = "pages"
AGENTS = 8
LIST, TICKET = "/tickets?view=open", f"/tickets/{seeding.FIRST_TICKET}"
SEARCH = "search, "
FLAT = {  # what must cost the same however many tickets there are
    "list, open": (LIST,),
    "list, all": ("/tickets?view=all",),
    "list, mine": ("/tickets?view=mine",),
    f"{SEARCH}rare word": tuple(f"/tickets?q=case{1_000_000 + n}" for n in range(3, 43)),
    f"{SEARCH}common word": ("/tickets?q=printer",),
    f"{SEARCH}beginning of a word": ("/tickets?q=print",),
    f"{SEARCH}two words": tuple(f"/tickets?q=printer+case{1_000_000 + n}" for n in range(3, 43)),
}


@dataclass(slots=True, kw_only=True)
class Desk:
    """The program over one seeded database."""

    process: processes.Process
    seeded: seeding.Seeded
    spans: dict[str, list[load.Answered]] = field(default_factory=dict)
    cpu: list[float] = field(default_factory=list)

    async def ask(self, name, paths, connections, within):
        answered = await load.run(
            load.Load(
                port=self.process.port,
                connections=connections,
                within=within,
                paths=paths,
                headers=self.seeded.headers,
            )
        )
        self.spans.setdefault(name, []).append(answered)
        return answered

    def median(self, name, what):
        return median([getattr(answered, what) for answered in self.spans[name]])


async def measure(planned):
    figures = []
    for engine in planned.engines:
        with ExitStack() as stack:
            desks = {}
            for size in planned.size.lists:
                desks[size] = await _started(planned, engine, size, stack)
            await _ask_all(planned, desks)
            figures += _figures(planned, engine, desks)
    return figures


async def _started(planned, engine, size, stack):
    place = planned.place()
    settings, url = planned.database(engine, place)
    seeded = await seeding.seed(url, size)
    process = stack.enter_context(processes.program(place, settings, "web"))
    await process.until_served("/healthz", (200,))
    return Desk(process=process, seeded=seeded)


async def _ask_all(planned, desks):
    span = planned.size.span
    for _ in range(planned.size.rounds):
        for desk in desks.values():
            await desk.ask("list", (LIST,), 1, span / 2)
            before = desk.process.cpu
            many = await desk.ask("lists", (LIST,), AGENTS, span)
            share = many.seconds / (many.seconds + load.WARM)
            desk.cpu.append(1000 * (desk.process.cpu - before) * share / many.count)
            await desk.ask("ticket", (TICKET,), 1, span / 2)
            await desk.ask("tickets", (TICKET,), AGENTS, span / 2)
        for name, paths in FLAT.items():
            for desk in desks.values():
                await desk.ask(name, paths, 1, span / 3)


def _figures(planned, engine, desks):
    """Of the largest, and how it compares with the smaller ones."""
    for size, desk in desks.items():
        yield from _of_size(planned, engine, size, desk)
    sizes = sorted(desks)
    small = sizes[-2] if len(sizes) < 3 else sizes[1]
    for name in FLAT:
        yield Figure(
            area=AREA,
            engine=engine,
            what=f"{name}, at {sizes[-1]:,} tickets",
            unit="ms",
            ours=desks[sizes[-1]].median(name, "p50"),
            beside=f"at {small:,}",
            other=desks[small].median(name, "p50"),
            target=1.3,
            is_floor=False,
        )
        yield Figure(
            area=AREA,
            engine=engine,
            what=f"{name}, p95",
            unit="ms",
            ours=desks[sizes[-1]].median(name, "p95"),
            target=50.0,
            is_floor=False,
        )


def _of_size(planned, engine, size, desk):
    shared = {"area": AREA, "engine": engine}
    is_judged = size == 100_000 or len(planned.size.lists) < 3
    at = f"at {size:,} tickets"
    for name, what, limit in (("list", "list page", 4.0), ("ticket", "ticket page", 8.0)):
        alone = {**shared, "what": f"{what} alone, {at}", "unit": "ms"}
        alone["ours"], p95 = desk.median(name, "p50"), desk.median(name, "p95")
        yield pace.within(limit, planned, **alone) if is_judged else Figure(**alone)
        yield Figure(**shared, what=f"{what} alone, p95", ours=p95, unit="ms")
    if not is_judged:
        return
    rate = {
        **shared,
        "what": f"list pages, {AGENTS} agents, {at}",
        "unit": "pages/s",
        "ours": desk.median("lists", "rate"),
        "cpu": median(desk.cpu),
    }
    theirs = pace.rate(others.ROUNDUP_LIST, planned)
    goal = 50.0 if engine == plan.SQLITE else None
    yield Figure(**rate, beside=others.LIST_OF_ROUNDUP, other=theirs, target=goal)
    yield Figure(**rate, beside="bare aiohttp", other=planned.measured["bare"])
    yield Figure(
        **shared,
        what=f"ticket pages, {AGENTS} agents",
        unit="pages/s",
        ours=desk.median("tickets", "rate"),
    )
