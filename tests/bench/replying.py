"""From an agent's click to the platform: reply posted in the inbox, until the Bot API has it."""

import asyncio
import secrets
import time

import aiohttp

from simulators.people import crowd
from simulators.telegram_api import TelegramApi
from store.database import Database
from tests.bench import processes, rows, seeding
from tests.bench.figures import Figure, median

AREA = "reply"
PATIENCE = 30.0
APART = 0.07  # seconds between replies: the platform takes 25 a second and no more


async def measure(planned):
    return [await _replied(planned, engine) for engine in planned.engines]


async def _replied(planned, engine):
    place = planned.place()
    settings, url = planned.database(engine, place)
    async with TelegramApi() as api:
        settings |= processes.telegram(api.url, by_webhook=False)
        with processes.program(place, settings) as ours:
            await ours.until_served("/login", (200,))
            async with rows.looking(url) as looking:
                people = crowd(planned.size.replies)
                for person in people:
                    api.write(person, "The printer on the third floor prints nothing")
                await looking.until(rows.CARDS, len(people), PATIENCE)
                waits = "SELECT count(*) FROM delivery WHERE state <> 'accepted'"
                await looking.until(waits, 0, PATIENCE)
            spans = await _spans(api, ours.port, url, len(people))
    spans.sort()
    return Figure(
        area=AREA,
        engine=engine,
        what="reply in the inbox to the wire, p95",
        unit="ms",
        ours=spans[len(spans) * 95 // 100],
        target=300.0,
        is_floor=False,
        more={"p50_ms": median(spans)},
    )


async def _spans(api, port, url, count):
    database = await Database.open(url)
    try:
        cookie, csrf = await seeding.sign_in(database)
    finally:
        await database.close()
    spans = []
    async with aiohttp.ClientSession(headers={"Cookie": f"firstline={cookie}"}) as session:
        for number in range(seeding.FIRST_TICKET, seeding.FIRST_TICKET + count):
            words = f"We have seen it, a colleague comes {number}"
            form = {
                "csrf": csrf,
                "once": secrets.token_urlsafe(16),
                "text": words,
                "mode": "reply",
            }
            address = f"http://127.0.0.1:{port}/tickets/{number}/reply"
            await asyncio.sleep(APART)
            started = time.perf_counter()
            async with session.post(address, data=form, allow_redirects=False) as answer:
                if answer.status != 303:
                    raise RuntimeError(await answer.text())
            await api.until(lambda words=words: _is_out(api, words), within=PATIENCE)
            spans.append(1000 * (time.perf_counter() - started))
    return spans


def _is_out(api, words):
    return any(words in str(call.params.get("text", "")) for call in api.requests[-20:])
