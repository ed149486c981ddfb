"""What each role runs, from `web` to a channel's own, together in one process or apart.

Whatever two processes must not do at once is done under a lease, so that a second process waits
and takes over.
"""

import asyncio
import gc
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import structlog

from desk.garbage import tidy_up
from desk.owners import own_name
from desk.places import blamed
from desk.runtime import Runtime, Step, aside, together
from desk.settings import Settings, load
from desk.wiring import Desk, build_desk
from intake.flow.fetching import Fetching
from intake.flow.outward import Outward
from store.occupancy import occupied
from store.search import INDEXED_TOGETHER
from store.stranded import Stranded

if TYPE_CHECKING:
    from aiohttp import web

    from bots.telegram.client import Telegram

POLL_WITHIN = 1.0  # seconds until a loop looks without being rung
SLOW_POLL_WITHIN = 15.0
SWEEP_WITHIN = 3600.0
STRANDED_WITHIN = 600.0
SEE_OFF_WITHIN = 1.0
INDEX_AFTER = 0.5  # seconds that changed tickets gather for before they are indexed

Close = Callable[[], Awaitable[None]]

log = structlog.get_logger()


async def serve(roles: frozenset[str]) -> None:
    """Run these roles until SIGINT or SIGTERM. Raises Conflict where SQLite is served already."""
    settings = load()
    with ExitStack() as stack:
        with blamed(settings):
            stack.enter_context(occupied(settings.database_url))
        stack.callback(gc.enable)
        gc.disable()  # hardly anything of a start is garbage, and looking takes a fifth of it
        await _serve_until_stopped(settings, roles)


async def _serve_until_stopped(settings: Settings, roles: frozenset[str]) -> None:
    desk = await build_desk(settings)
    runtime = Runtime(desk.database.bell, desk.leases, own_name())
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    served = Served()
    try:
        served = await start(desk, runtime, roles)
        tidy_up()
        await stopped.wait()
    finally:
        await runtime.stop()
        await served.cleanup()
        await desk.close()
        await see_off()


async def see_off() -> None:
    """What the closed database has let go of ends now.

    What still waits, for a server that hangs, is left behind: nobody would see its end.
    """
    left = asyncio.all_tasks() - {asyncio.current_task()}
    if not left:
        return
    _, stuck = await asyncio.wait(left, timeout=SEE_OFF_WITHIN)
    if stuck:
        log.warning("left behind", count=len(stuck))
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)


@dataclass(slots=True, kw_only=True)
class Served:
    """What must be closed at the end, and the port of the web pages if there are any."""

    port: int = 0
    closing: list[Close] = field(default_factory=list)

    async def cleanup(self) -> None:
        for close in self.closing:
            await close()


async def start(
    desk: Desk,
    runtime: Runtime,
    roles: frozenset[str],
    mount: Callable[["web.Application"], None] = lambda _app: None,
) -> Served:
    """Start the loops of `roles`; `mount` may add to the web application."""
    runtime.start("bell", desk.database.bell.run)
    runtime.start("lag", runtime.lag.watch)
    served = Served()
    if "web" in roles:
        from desk.pages import serve_web

        runner, served.port = await serve_web(desk, runtime, mount)
        served.closing.append(runner.cleanup)
    if "worker" in roles:
        _start_worker(desk, runtime)
    if "mail" in roles and desk.settings.email.is_on:
        _start_mail(desk, runtime)
    if "viber" in roles and desk.settings.viber.is_on:
        served.closing.append(_start_viber(desk, runtime))
    if "meta" in roles and desk.settings.meta.is_on:
        served.closing += _start_meta(desk, runtime)
    if "telegram" in roles and desk.settings.telegram.is_on:
        from desk import telegram as parts

        # Its library's import takes seconds: all others go on meanwhile.
        telegram = await aside(partial(parts.client, desk.settings))
        served.closing.append(telegram.close)
        _start_telegram(desk, runtime, telegram)
    if "agents" in roles and desk.settings.agents_bot.is_on:
        served.closing.append(await _start_agents(desk, runtime))
    log.info("serving", roles=",".join(sorted(roles)))
    return served


# worker


def _start_worker(desk: Desk, runtime: Runtime) -> None:
    desk.reader.warm_up()
    receive = partial(runtime.repeat, desk.inward.step, topic="inward", poll_within=POLL_WITHIN)
    for number in range(desk.database.side_by_side):
        runtime.start(f"inward {number}", receive)
    runtime.start("timers", partial(_ring, desk, runtime))
    runtime.start("search", partial(runtime.hold, "search", partial(_index, desk, runtime)))
    runtime.start(
        "stranded", partial(runtime.hold, "stranded", partial(_end_stranded, desk, runtime))
    )
    if desk.settings.desk.keeps_raw_days:
        runtime.start("sweep", partial(runtime.hold, "sweep", partial(_sweep, desk, runtime)))


async def _ring(desk: Desk, runtime: Runtime) -> None:
    """What was written while nobody listened comes in first."""
    await desk.database.bell.wait("timers", SLOW_POLL_WITHIN)
    await runtime.repeat(desk.ringing.step, topic="timers", poll_within=SLOW_POLL_WITHIN)


async def _index(desk: Desk, runtime: Runtime) -> None:
    await runtime.repeat(
        partial(_index_many, desk),
        topic="tickets",
        poll_within=SLOW_POLL_WITHIN,
        gathering=INDEX_AFTER,
    )


async def _index_many(desk: Desk) -> int:
    """What is left over goes with what comes next: an index of many small parts is a slow one."""
    count = await desk.search.reindex()
    return count if count == INDEXED_TOGETHER else 0


async def _end_stranded(desk: Desk, runtime: Runtime) -> None:
    """By then everybody who serves an account has taken its lease, and tried what was left."""
    await desk.database.bell.wait("stranded", STRANDED_WITHIN)
    stranded = Stranded(database=desk.database, clock=desk.clock, bot_name=desk.settings.desk.name)
    await runtime.repeat(stranded.step, topic="stranded", poll_within=STRANDED_WITHIN)


async def _sweep(desk: Desk, runtime: Runtime) -> None:
    await runtime.repeat(desk.sweeping().step, topic="sweep", poll_within=SWEEP_WITHIN)


# channels


def _start_telegram(desk: Desk, runtime: Runtime, telegram: "Telegram") -> None:
    """Polling and sending hold a lease each, so that two processes may share the work."""
    from desk import telegram as parts

    account = telegram.account
    outward = desk.outward("telegram", account, parts.sender(desk, telegram))
    _start_sending(runtime, outward, desk.fetching("telegram", account, parts.fetcher(telegram)))
    if desk.settings.telegram.receives_by == "webhook":
        runtime.start("telegram webhook", partial(_set_webhook, desk, runtime, telegram))
    else:
        _start_polling(runtime, f"telegram:{account}", parts.poller(desk, telegram).step)


async def _set_webhook(desk: Desk, runtime: Runtime, telegram: "Telegram") -> None:
    from desk.telegram import webhook_secret

    url = f"{desk.settings.web.public_url.rstrip('/')}/telegram/{telegram.account}"

    async def tell() -> None:
        await telegram.prepare_webhook(url, webhook_secret(desk.settings), desk.commands())

    await runtime.until_done(tell, name="telegram webhook")


async def _start_agents(desk: Desk, runtime: Runtime) -> Close:
    """Polls, hears, shows and sends; gives what closes it."""
    from desk import agents

    bot = agents.build(desk)
    account = f"agents:{desk.settings.agents_bot.account}"
    _start_polling(runtime, account, bot.poller.step)
    hear = partial(runtime.repeat, bot.hearing.step, topic="inward", poll_within=POLL_WITHIN)
    runtime.start("agents hearing", partial(runtime.hold, f"{account}:hearing", hear))
    show = partial(runtime.repeat, bot.relaying.step, topic="tickets", poll_within=POLL_WITHIN)
    runtime.start("agents showing", partial(runtime.hold, f"{account}:showing", show))
    _start_sending(runtime, bot.outward, bot.fetching)
    return bot.telegram.close


def _start_viber(desk: Desk, runtime: Runtime) -> Close:
    """Sends and brings files; gives what closes it. Events come by the webhook."""
    from desk import viber as parts

    viber = parts.client(desk.settings)
    outward = desk.outward("viber", viber.account, parts.sender(desk, viber))
    _start_sending(runtime, outward, desk.fetching("viber", viber.account, parts.fetcher(viber)))
    return viber.close


def _start_meta(desk: Desk, runtime: Runtime) -> list[Close]:
    """The same for each platform of Meta's that is served."""
    from desk import meta as parts

    graphs = parts.clients(desk.settings)
    for graph in graphs:
        channel, account = graph.channel, graph.account
        outward = desk.outward(channel, account, parts.sender(desk, graph))
        _start_sending(runtime, outward, desk.fetching(channel, account, parts.fetcher(graph)))
        step = parts.naming(desk, graph).step
        name = partial(runtime.repeat, step, topic="tickets", poll_within=SLOW_POLL_WITHIN)
        runtime.start(
            f"{channel} names", partial(runtime.hold, f"{channel}:{account}:names", name)
        )
    return [graph.close for graph in graphs]


def _start_mail(desk: Desk, runtime: Runtime) -> None:
    from desk import mailbox as parts

    account = desk.mail_account
    executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mailbox")
    _start_polling(runtime, f"email:{account}", parts.poller(desk, executor).step)
    outward = desk.outward("email", account, parts.sender(desk))
    _start_sending(runtime, outward, desk.fetching("email", account, parts.fetcher(desk)))


def _start_polling(runtime: Runtime, account: str, step: Step) -> None:
    """Under a lease; `account` is named with its channel, "telegram:123"."""
    name = f"{account.partition(':')[0]} in"
    poll = partial(runtime.repeat_interruptible, step, name=name)
    runtime.start(name, partial(runtime.hold, f"{account}:in", poll))


def _start_sending(runtime: Runtime, outward: Outward, fetching: Fetching) -> None:
    """What goes out of an account and the files that it brings, under one lease."""
    send = partial(_send, runtime, outward, fetching)
    lease = f"{outward.channel}:{outward.account}:out"
    runtime.start(f"{outward.channel} out", partial(runtime.hold, lease, send))


async def _send(runtime: Runtime, outward: Outward, fetching: Fetching) -> None:
    """The lease is ours: what a predecessor left half sent is settled first."""
    await runtime.until_done(outward.resume, name="recovery")
    await runtime.until_done(fetching.recover, name="recovery")
    try:
        await together(
            runtime.repeat(outward.step, topic="outward", poll_within=POLL_WITHIN),
            runtime.repeat(fetching.step, topic="files", poll_within=POLL_WITHIN),
        )
    finally:
        await outward.finish()
