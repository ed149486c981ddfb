"""A body that does not come as it should costs one line, and nobody a connection for ever."""

import asyncio
import gzip
import logging

import aiohttp
import pytest
from aiohttp import web

from desk import doors
from desk.doors import opened
from desk.logs import in_one_line
from inbox.app import build_app
from tests.inbox.fakes import Desk

PATH = "/telegram/7"
PLACES = [("POST", PATH), ("POST", "/login"), ("POST", "/nowhere"), ("GET", "/login")]


async def take(request):
    return web.Response(text=await request.text())


@pytest.fixture(autouse=True)
def logging_as_it_is_set_up():
    """Only what concerns the server's own log; handlers are the test's."""
    server = logging.getLogger("aiohttp.server")
    server.addFilter(in_one_line)
    yield
    server.removeFilter(in_one_line)


@pytest.fixture
async def port():
    desk = Desk()
    runner = await opened(build_app(desk.services(), desk.passwords()), {PATH: take})
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield runner.addresses[0][1]
    await runner.cleanup()


async def said_to(port, method, path, headers, body):
    """The status, read to the end of the connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = f"{method} {path} HTTP/1.1\r\nHost: desk\r\n{headers}\r\n\r\n"
    writer.write(head.encode() + body)
    async with asyncio.timeout(30):
        answer = await reader.read()
    writer.close()
    return int(answer.split(b" ")[1])


@pytest.mark.parametrize("packed", ["gzip", "deflate", "br", "zstd"])
@pytest.mark.parametrize("place", PLACES)
async def test_a_body_that_is_not_packed_as_it_says_is_refused_without_a_trace(
    port, capfd, caplog, place, packed
):
    headers = f"Content-Encoding: {packed}\r\nContent-Length: 7\r\nConnection: close"
    status = await said_to(port, *place, headers, b"notgzip")
    assert 400 <= status < 500 or (place[0] == "GET" and status == 200)
    assert not [record for record in caplog.records if record.exc_info]
    told = "".join(capfd.readouterr())
    assert "Traceback" not in told
    assert len(told.splitlines()) + len(caplog.records) <= 1


async def test_what_is_no_request_costs_one_line(port, caplog):
    assert await said_to(port, "POST", PATH, "Content-Length: many", b"") == 400
    (record,) = caplog.records
    assert (record.getMessage(), record.exc_info) == ("request refused: BadHttpMessage", None)


@pytest.mark.parametrize(("method", "path"), PLACES[:2])
async def test_a_body_that_is_broken_off_costs_one_line(port, capfd, caplog, method, path):
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(
        f"{method} {path} HTTP/1.1\r\nHost: desk\r\nContent-Length: 200\r\n\r\n{{".encode()
    )
    await writer.drain()
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:
        assert (await session.get("/healthz")).status == 200  # by now it waits for the rest
        writer.close()
        await writer.wait_closed()
        assert (await session.get("/healthz")).status == 200
    assert "broken off" in "".join(capfd.readouterr())
    assert not caplog.records


async def test_a_body_that_is_packed_as_it_says_is_taken(port):
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:
        packed = {"Content-Encoding": "gzip"}
        answer = await session.post(PATH, data=gzip.compress(b"{}"), headers=packed)
        assert (answer.status, await answer.text()) == (200, "{}")


@pytest.mark.parametrize(("method", "path"), PLACES[:2])
async def test_a_body_that_never_ends_is_waited_for_no_longer_than_its_time(
    port, monkeypatch, caplog, method, path
):
    monkeypatch.setattr(doors, "EVENT_WITHIN", 0.1)
    monkeypatch.setattr(doors, "FORM_WITHIN", 0.1)
    assert await said_to(port, method, path, "Content-Length: 200", b"{") == 408
    assert not caplog.records
