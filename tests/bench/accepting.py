"""Accepted updates a second: webhook, journal, fsynced commit, 200.

Beside servers that keep nothing, and the commits that the same database makes at most.
"""

import hashlib
from contextlib import ExitStack

from tests.bench import limits, load, pace, peers, plan, processes
from tests.bench.figures import Figure, median
from tests.bench.processes import TOKEN

AREA = "accept"
ACCOUNT = TOKEN.partition(":")[0]
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
BARE, AIOGRAM = "bare aiohttp", "aiogram's handler"
ENOUGH = {plan.SQLITE: 0.5, plan.POSTGRESQL: 0.4}  # of the bare handler


def webhook_headers(folder):
    """As Telegram sends them; the secret is made of the program's key."""
    key = (folder / "var" / "secret.key").read_bytes()
    return {SECRET_HEADER: hashlib.sha256(b"telegram webhook " + key).hexdigest()}


async def measure(planned):
    """Each contender in turn, several times."""
    with ExitStack() as stack:
        contenders = await _started(planned, stack)
        for name, (process, loads) in contenders.items():
            await _turn(process, loads, 0.3, name)  # warms caches, does not count
        turns = {name: [] for name in contenders}
        disk = {"sqlite": [], "sqlite100": [], "postgresql": []}
        for _ in range(planned.size.rounds):
            for name, (process, loads) in contenders.items():
                turns[name].append(await _turn(process, loads, planned.size.span, name))
            await _note_limits(planned, disk)
    return list(_figures(planned, turns, {name: median(v) for name, v in disk.items() if v}))


async def _started(planned, stack):
    contenders = {}
    folder = planned.place()
    for name, title in (("bare", BARE), ("aiogram", AIOGRAM)):
        process = stack.enter_context(processes.peer(name, folder))
        await process.until_served()
        contenders[title] = (process, _Updates(peers.PATH, {SECRET_HEADER: peers.SECRET}))
    for engine in planned.engines:
        place = planned.place()
        settings, _ = planned.database(engine, place)
        settings |= processes.telegram()
        process = stack.enter_context(processes.program(place, settings, "web"))
        await process.until_served("/healthz", (200,))
        contenders[engine] = (process, _Updates(f"/telegram/{ACCOUNT}", webhook_headers(place)))
    return contenders


class _Updates:
    """Numbers go on from turn to turn: a known one would cost less."""

    def __init__(self, path, headers):
        self._path, self._headers, self._next = path, headers, 1

    def load(self, port, within):
        first, self._next = self._next, self._next + 1_000_000
        return load.Load(
            port=port,
            connections=pace.CONNECTIONS,
            within=within,
            post_to=self._path,
            headers=self._headers,
            first=first,
        )


async def _turn(process, loads, within, name):
    before = process.cpu
    answered = await load.run(loads.load(process.port, within))
    # The warm-up's requests are not counted, its CPU is: both scaled alike.
    share = answered.seconds / (answered.seconds + load.WARM)
    return answered, 1000 * (process.cpu - before) * share / answered.count


async def _note_limits(planned, disk):
    within = planned.size.span / 2
    if plan.SQLITE in planned.engines:
        disk["sqlite"].append(limits.sqlite_commits(planned.folder / "limit.db", within))
        many = limits.sqlite_commits(planned.folder / "limit.db", within, limits.GROUP)
        disk["sqlite100"].append(many)
    if plan.POSTGRESQL in planned.engines:
        url = planned.measured.get("postgresql_url")
        if url is None:
            url = planned.measured["postgresql_url"] = planned.server.create("bench_limit")
        disk["postgresql"].append(await limits.postgresql_commits(url, within))


def _figures(planned, turns, disk):
    rates = {name: median([turn.rate for turn, _ in seen]) for name, seen in turns.items()}
    costs = {name: median([cpu for _, cpu in seen]) for name, seen in turns.items()}
    planned.measured["bare"] = rates[BARE]  # turn by turn with ours: better than one look
    planned.measured |= disk
    for engine in planned.engines:
        spans = {
            f"p{n}_ms": median([getattr(turn, f"p{n}") for turn, _ in turns[engine]])
            for n in (50, 95, 99)
        }
        shared = {
            "area": AREA,
            "what": "accept",
            "engine": engine,
            "unit": "updates/s",
            "ours": rates[engine],
            "cpu": costs[engine],
            "more": spans,
        }
        yield Figure(**shared, beside=BARE, other=rates[BARE], target=ENOUGH[engine])
        goal = 3.0 if engine == plan.SQLITE else None
        yield Figure(**shared, beside=AIOGRAM, other=rates[AIOGRAM], target=goal)
        yield from _besides(shared, disk, engine)
        slow = {**shared, "what": "accept, slowest of a hundred", "unit": "ms"}
        yield pace.within(20.0, planned, **{**slow, "ours": spans["p99_ms"], "cpu": None})
    for name in (BARE, AIOGRAM):
        yield Figure(
            area=AREA, what=name, engine="", ours=rates[name], unit="updates/s", cpu=costs[name]
        )


def _besides(shared, disk, engine):
    if engine == plan.SQLITE:
        yield Figure(**shared, beside="SQLite FULL, a row a commit", other=disk["sqlite"])
        yield Figure(**shared, beside="100 rows a commit", other=disk["sqlite100"])
    else:
        beside = f"asyncpg, a row a commit, {limits.CLIENTS} clients"
        yield Figure(**shared, beside=beside, other=disk["postgresql"])
