"""What is accepted is acknowledged in the fewest bytes, whatever becomes of the connection."""

import asyncio
from datetime import UTC, datetime

import pytest
from aiohttp import web

from bots.acknowledgement import Acknowledgement

AT = datetime(2026, 11, 27, 9, 0, 5, 400_000, tzinfo=UTC)
ON_THE_WIRE = (
    b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nDate: Fri, 27 Nov 2026 09:00:05 GMT\r\n\r\n"
)


@pytest.fixture
async def port():
    async def take(request):
        await request.read()
        return Acknowledgement(AT)

    async def take_with_header(_request):
        answer = Acknowledgement(AT)
        answer.headers["X-Said"] = "beside"
        return answer

    app = web.Application()
    app.router.add_post("/", take)
    app.router.add_post("/headed", take_with_header)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield runner.addresses[0][1]
    await runner.cleanup()


async def said_to(port, request):
    """All that comes until the server hangs up."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request)
    async with asyncio.timeout(30):
        answer = await reader.read()
    writer.close()
    return answer


async def test_a_connection_is_kept_for_the_next_event(port):
    event = b"POST / HTTP/1.1\r\nHost: desk\r\nContent-Length: 2\r\n\r\n{}"
    last = event.replace(b"Host: desk", b"Host: desk\r\nConnection: close")
    answers = await said_to(port, event + event + last)
    assert answers.startswith(ON_THE_WIRE * 2)
    assert answers.count(b"HTTP/1.1 200 OK") == 3
    assert b"Connection: close" in answers


async def test_an_old_client_is_answered_and_let_go(port):
    answer = await said_to(port, b"POST / HTTP/1.0\r\nHost: desk\r\nContent-Length: 2\r\n\r\n{}")
    assert answer.startswith(b"HTTP/1.0 200 OK")


async def test_what_was_added_to_it_is_said_too(port):
    event = b"POST /headed HTTP/1.1\r\nHost: desk\r\nContent-Length: 0\r\n\r\n"
    last = event.replace(b"Host: desk", b"Host: desk\r\nConnection: close")
    assert (await said_to(port, event + last)).count(b"X-Said: beside") == 2
