"""Server-sent events: news arrive, hearts beat, streams end when they should."""

import asyncio

import pytest
from aiohttp import CookieJar, web
from aiohttp.test_utils import TestClient, TestServer

from inbox.app import build_app
from inbox.ports import InboxSettings
from intake.sessions import Session
from tests.inbox.conftest import CSRF, TOKEN
from tests.inbox.fakes import MAREK, NOW

SOON = 3


async def next_event(stream) -> str:
    async with asyncio.timeout(SOON):
        return (await stream.content.readuntil(b"\n\n")).decode()


async def test_a_ring_reaches_the_page(agent, desk):
    stream = await agent.get("/live", params={"topics": "tickets,ticket:1042"})
    assert stream.headers["Content-Type"] == "text/event-stream; charset=utf-8"
    assert await next_event(stream) == "retry: 2000\n\n"
    desk.bell.ring("ticket:1042")
    assert await next_event(stream) == "event: ring\ndata: ticket:1042\n\n"
    assert desk.bell.listened == [["tickets", "ticket:1042"]]
    stream.close()


@pytest.mark.parametrize(
    "topics",
    ["", "inward", "ticket:", "*", "ticket:1*", "quarantine", "tickets,x\r\n", "tickets," * 9],
)
async def test_only_topics_of_pages_can_be_listened_to(agent, topics):
    assert (await agent.get("/live", params={"topics": topics})).status == 422


async def test_who_asks_for_the_head_alone_gets_no_stream(agent, desk):
    assert (await agent.head("/live", params={"topics": "tickets"})).status == 200
    assert desk.bell.listened == []


async def test_a_stranger_hears_nothing(stranger):
    assert (await stranger.get("/live?topics=tickets")).status == 403


@pytest.fixture
async def hasty(desk, agent):
    """Marek's browser at a desk where hearts beat fast."""

    async def build(**settings):
        desk.settings = InboxSettings(**settings)
        app = build_app(desk.services(), desk.passwords())
        client = TestClient(TestServer(app), cookie_jar=CookieJar(unsafe=True))
        await client.start_server()
        client.session.cookie_jar.update_cookies({"firstline": TOKEN})
        clients.append(client)
        return client

    clients = []
    yield build
    for client in clients:
        await client.close()


async def test_rings_arrive_after_heartbeats_too(hasty, desk):
    client = await hasty(beat_within=0.01)
    stream = await client.get("/live?topics=tickets")
    await next_event(stream)
    assert await next_event(stream) == ": beat\n\n"
    assert await next_event(stream) == ": beat\n\n"
    desk.bell.ring("tickets")
    events = {await next_event(stream) for _ in range(3)}
    assert "event: ring\ndata: tickets\n\n" in events


async def test_a_stream_ends_so_that_its_session_is_looked_at_again(hasty):
    client = await hasty(stream_within=0.05)
    stream = await client.get("/live?topics=tickets")
    async with asyncio.timeout(SOON):
        assert (await stream.read()).startswith(b"retry")


async def test_streams_end_at_shutdown(hasty):
    client = await hasty()
    stream = await client.get("/live?topics=tickets")
    await next_event(stream)
    async with asyncio.timeout(SOON):
        await client.server.app.shutdown()
        assert await stream.read() == b""


async def test_a_page_that_is_left_while_its_stream_opens_is_no_error(desk, caplog):
    async def leave(_token_hash, _now):
        writer.close()
        (connection,) = runner.server.connections
        while connection.transport is not None:  # noqa: ASYNC110 - nothing rings when it goes
            await asyncio.sleep(0)
        left.set()
        return Session(agent=MAREK, csrf=CSRF, expires_at=NOW.replace(year=2027))

    left, desk.agents.session = asyncio.Event(), leave
    runner = web.AppRunner(build_app(desk.services(), desk.passwords()))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    _, writer = await asyncio.open_connection(*runner.addresses[0])
    writer.write(b"GET /live?topics=tickets HTTP/1.1\r\nHost: a\r\nCookie: firstline=x\r\n\r\n")
    async with asyncio.timeout(SOON):
        await left.wait()
    await runner.cleanup()
    assert "Error handling request" not in caplog.text
