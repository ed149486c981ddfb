"""What machines post goes past the pages, which stand as they stood."""

import aiohttp
import pytest
from aiohttp import web

from desk.doors import opened
from inbox.app import build_app
from tests.inbox.fakes import Desk

PATH = "/telegram/7"


async def take(request):
    return web.Response(text=await request.text())


@pytest.fixture
async def client():
    desk = Desk()
    runner = await opened(build_app(desk.services(), desk.passwords()), {PATH: take})
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    async with aiohttp.ClientSession(address) as session:
        yield session
    await runner.cleanup()


async def test_a_post_is_answered_without_what_stands_around_pages(client):
    answer = await client.post(PATH, data=b"{}", headers={"Sec-Fetch-Site": "cross-site"})
    assert (answer.status, await answer.text()) == (200, "{}")
    assert "Content-Security-Policy" not in answer.headers


async def test_its_time_is_kept_beside_the_pages(client):
    await client.post(PATH, data=b"{}")
    counted = await (await client.get("/metrics")).text()
    assert 'firstline_page_seconds_count{page="telegram_webhook",status="200"} 1.0' in counted


async def test_a_client_that_asks_before_it_sends_is_told_to_go_on(client):
    answer = await client.post(PATH, data=b"{}", expect100=True)
    assert (answer.status, await answer.text()) == (200, "{}")


async def test_whoever_only_looks_is_told_that_there_is_no_page(client):
    answer = await client.get(PATH)
    assert (answer.status, answer.headers["Allow"]) == (405, "POST")
    assert "Content-Security-Policy" in answer.headers


async def test_pages_keep_their_guard_and_their_headers(client):
    answer = await client.post("/tickets/1042/reply", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status == 403
    assert "Content-Security-Policy" in answer.headers
    beside = await client.post(PATH + "1", data=b"{}")
    assert beside.status == 404
