"""Who comes in, and which posts are believed."""

import asyncio
import io
import re
from dataclasses import replace

import pytest
from aiohttp import FormData, web
from aiohttp.test_utils import TestClient, TestServer
from yarl import URL

from inbox.app import build_app
from inbox.guard import hash_of
from intake.sessions import Session
from tests.inbox.conftest import CSRF, TOKEN
from tests.inbox.fakes import MAREK, NOW

PAGES = ["/tickets", "/tickets/1042", "/quarantine", "/files/1"]
POSTS = [
    "/tickets/1042/reply",
    "/tickets/1042/note",
    "/tickets/1042/take",
    "/tickets/1042/assign",
    "/tickets/1042/status",
    "/tickets/1042/priority",
    "/deliveries/13/retry",
    "/files/3/retry",
    "/quarantine/7/requeue",
    "/quarantine/7/dismiss",
    "/language",
    "/logout",
]


@pytest.mark.parametrize("path", PAGES)
async def test_a_stranger_is_led_to_the_door_and_back(stranger, path):
    answer = await stranger.get(path, allow_redirects=False)
    assert answer.status == 303
    door = URL(answer.headers["Location"])
    assert (door.path, door.query["next"]) == ("/login", path)


@pytest.mark.parametrize("path", POSTS)
async def test_a_post_without_a_session_does_nothing(stranger, desk, path):
    answer = await stranger.post(path, params={}, data={"csrf": CSRF})
    assert answer.status == 401
    assert desk.service.done == []


async def test_words_sent_after_the_session_ended_are_shown_to_be_copied(stranger):
    answer = await stranger.post("/tickets/1042/reply", data={"text": "Long <b>answer</b>"})
    page = await answer.text()
    assert "Long &lt;b&gt;answer&lt;/b&gt;" in page
    assert 'name="next" value="/tickets/1042"' in page


async def test_words_sent_with_the_proof_of_an_earlier_session_are_kept_to_be_sent_again(
    agent, desk
):
    body = FormData(
        {"csrf": "of-an-earlier-session", "once": "a-one-time-key", "text": "my words"}
    )
    answer = await agent.post("/tickets/1042/reply", data=body)
    page = await answer.text()
    assert (answer.status, desk.service.done) == (403, [])
    assert "my words</textarea>" in page
    assert "Please try again; what you wrote is kept." in page
    fresh = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    again = await agent.post("/tickets/1042/reply", data=fresh | {"text": "my words"})
    assert (again.status, len(desk.service.done)) == (200, 1)


async def test_files_sent_with_the_proof_of_an_earlier_session_are_asked_for_again(agent, desk):
    body = FormData({"csrf": "of-an-earlier-session", "text": "my words", "mode": "note"})
    body.add_field("files", io.BytesIO(b"log"), filename="log.txt")
    page = await (await agent.post("/tickets/1042/reply", data=body)).text()
    assert "my words</textarea>" in page
    assert "please choose the files again" in page
    assert re.search(r'value="note" checked', page)
    assert desk.files.uploads == []


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize("proof", [{}, {"csrf": ""}, {"csrf": "wrong"}, {"csrf": "Ж\udce9"}])
async def test_a_post_without_the_right_proof_is_refused(agent, desk, path, proof):
    body = "&".join(f"{k}={v}" for k, v in proof.items()).encode("utf-8", "surrogateescape")
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = await agent.post(path, data=body, headers=kind)
    assert answer.status == 403
    assert desk.service.done == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://[broken"},
    ],
)
@pytest.mark.parametrize("path", ["/login", "/tickets/1042/take"])
async def test_a_post_from_another_site_is_refused(agent, desk, headers, path):
    answer = await agent.post(path, data={"csrf": CSRF}, headers=headers)
    assert answer.status == 403
    assert desk.service.done == []


async def test_a_post_from_our_own_page_is_believed(agent, desk):
    own = {"Origin": str(agent.make_url("/")).rstrip("/"), "Sec-Fetch-Site": "same-origin"}
    answer = await agent.post(
        "/tickets/1042/take", data={"csrf": CSRF}, headers=own, allow_redirects=False
    )
    assert answer.status == 303
    assert desk.service.done == [("take", "marek", 1042)]


async def test_a_session_that_ran_out_opens_nothing(agent, desk):
    desk.clock.moment = NOW.replace(year=2028)
    answer = await agent.get("/tickets", allow_redirects=False)
    assert answer.status == 303


async def test_an_agent_who_left_is_out_at_once(agent, desk):
    desk.agents.rows[1] = replace(MAREK, is_active=False)
    answer = await agent.get("/tickets", allow_redirects=False)
    assert answer.status == 303


async def test_logging_out_ends_the_session_in_the_database(agent, desk):
    await agent.post("/logout", data={"csrf": CSRF}, allow_redirects=False)
    assert desk.agents.sessions == {}


async def test_the_token_itself_is_not_kept(desk):
    session = Session(agent=MAREK, csrf=CSRF, expires_at=NOW)
    desk.agents.sessions[hash_of(TOKEN)] = session
    assert TOKEN not in desk.agents.sessions


JUNK = ["/tickets/%ff", "/tickets/99999999999999999999", "/tickets/%D9%A1", "/files/%00", "/%F0"]


@pytest.mark.parametrize(
    "path", [*JUNK, "/tickets?q=%ff%00%ED%A0%80", "/tickets?older=%ff&view=%"]
)
async def test_junk_in_an_address_is_no_fault_of_ours(agent, path):
    cookie = f"Cookie: firstline={TOKEN}\r\n\r\n"
    status = await ask(agent, f"GET {path} HTTP/1.1\r\nHost: x\r\n{cookie}".encode())
    assert status in (200, 400, 404)


@pytest.mark.parametrize("name", ["Cookie", "Accept-Language", "Origin", "X-Forwarded-For"])
async def test_junk_in_a_header_is_no_fault_of_ours(stranger, name):
    junk = b"firstline=\xff\xfe\xd0;=;\xe9"
    head = b"POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n"
    status = await ask(stranger, head + name.encode() + b": " + junk + b"\r\n\r\n")
    assert status in (400, 401, 403)


async def ask(client, request: bytes) -> int:
    """The status that these very bytes are answered with."""
    reader, writer = await asyncio.open_connection("127.0.0.1", client.port)
    writer.write(request)
    line = await reader.readline()
    writer.close()
    await writer.wait_closed()
    return int(line.split()[1])


async def test_no_answer_may_be_framed_sniffed_or_kept(agent):
    for path in ["/tickets", "/login", "/tickets/9999", "/healthz"]:
        headers = (await agent.get(path)).headers
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("is_route", [True, False])
async def test_what_the_desk_mounts_beside_our_pages_guards_itself(desk, is_route):
    async def take(request):
        if "refuse" in request.query:
            raise web.HTTPUnauthorized(text="no secret")
        return web.Response(text=await request.text())

    app = build_app(desk.services(), desk.passwords())
    if is_route:
        app.router.add_post("/hook/a", take, name="telegram_webhook")
    else:
        inner = web.Application()
        inner.router.add_post("/a", take)
        app.add_subapp("/hook", inner)
    async with TestClient(TestServer(app)) as client:
        answer = await client.post("/hook/a", data=b"{}", headers={"Origin": "https://x.example"})
        assert (answer.status, await answer.text()) == (200, "{}")
        assert "Content-Security-Policy" not in answer.headers
        refused = await client.post("/hook/a?refuse")
        assert (refused.status, await refused.text()) == (401, "no secret")


async def test_no_page_needs_inline_script_or_style(agent):
    for path in ["/tickets", "/tickets/1042", "/quarantine", "/login"]:
        page = await (await agent.get(path)).text()
        assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=", page)
