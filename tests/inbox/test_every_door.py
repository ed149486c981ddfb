"""Each address of the inbox, by the list of routes itself: who is let in, and who never is."""

from dataclasses import replace

import pytest

from inbox.guard import OPEN_ROUTES
from inbox.routes import routes
from inbox.static_files import StaticFiles
from tests.inbox.conftest import CSRF
from tests.inbox.fakes import MAREK, NOW

VALUES = {
    "{ticket:[0-9]+}": "1042",
    "{delivery:[0-9]+}": "13",
    "{entry:[0-9]+}": "13",
    "{file:[0-9]+}": "1",
    "{person:[0-9]+}": "1",
    "{link:[0-9]+}": "5",
    "{sha256:[0-9a-f]{64}}": "a" * 64,
    "{envelope:[0-9]+}": "7",
}


def test_each_page_is_the_file_that_its_route_is_called_after():
    called = {route.kwargs["name"]: route.handler.__module__ for route in routes(StaticFiles())}
    pages = {name: file for name, file in called.items() if file.startswith("inbox.pages.")}
    assert len(pages) == len(called) - 2  # streams and static files are no pages
    assert all(file == f"inbox.pages.{name}" for name, file in pages.items())


def path_of(route):
    path = route.path
    for pattern, value in VALUES.items():
        path = path.replace(pattern, value)
    return path


GUARDED = [route for route in routes(StaticFiles()) if route.kwargs["name"] not in OPEN_ROUTES]
SHOWN = [path_of(route) for route in GUARDED if route.method == "GET"]
POSTED = [path_of(route) for route in GUARDED if route.method == "POST"]


def gone(desk):
    desk.agents.rows[1] = replace(MAREK, is_active=False)


def expired(desk):
    desk.clock.moment = NOW.replace(year=2028)


def ended(desk):
    desk.agents.sessions.clear()


OVER = [gone, expired, ended]


def test_no_address_is_left_out():
    assert not any("{" in path for path in (*SHOWN, *POSTED))
    assert len(SHOWN) + len(POSTED) == len(GUARDED)
    assert {
        "login_show", "login_submit", "static_show", "health_live", "health_ready", "health_count",
    } == OPEN_ROUTES  # fmt: skip


@pytest.mark.parametrize("path", SHOWN)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_nothing_is_shown_without_a_session(stranger, method, path):
    answer = await stranger.request(method, path, allow_redirects=False)
    assert answer.status == (403 if path == "/live" else 303)
    assert answer.headers.get("Location", "/login").startswith("/login")
    assert "1042" not in await answer.text()


@pytest.mark.parametrize("path", SHOWN)
@pytest.mark.parametrize("over", OVER)
async def test_nothing_is_shown_in_a_session_that_is_over(agent, desk, over, path):
    over(desk)
    answer = await agent.get(path, allow_redirects=False)
    assert answer.status == (403 if path == "/live" else 303)


@pytest.mark.parametrize("path", POSTED)
@pytest.mark.parametrize("over", OVER)
async def test_nothing_is_done_in_a_session_that_is_over(agent, desk, over, path):
    over(desk)
    answer = await agent.post(path, data={"csrf": CSRF, "once": "a-one-time-key", "text": "hi"})
    assert (answer.status, desk.service.done, desk.files.uploads) == (401, [], [])


@pytest.mark.parametrize("path", POSTED)
@pytest.mark.parametrize("proof", ["", "wrong", CSRF + "x", CSRF[:-1], CSRF.upper()])
async def test_nothing_is_done_without_the_proof_of_this_very_session(agent, desk, proof, path):
    answer = await agent.post(path, data={"csrf": proof, "once": "a-one-time-key", "text": "hi"})
    assert (answer.status, desk.service.done, desk.files.uploads) == (403, [], [])
    assert desk.agents.sessions


@pytest.mark.parametrize("path", POSTED)
async def test_the_proof_counts_in_the_body_alone(agent, desk, path):
    answer = await agent.post(path, params={"csrf": CSRF}, headers={"X-CSRF-Token": CSRF})
    assert (answer.status, desk.service.done) == (403, [])


@pytest.mark.parametrize("path", POSTED)
async def test_what_is_done_is_done_by_posts_alone(agent, desk, path):
    for method in ("GET", "PUT", "DELETE", "PATCH"):
        answer = await agent.request(method, path, params={"csrf": CSRF}, allow_redirects=False)
        assert answer.status in (403, 404, 405), method
    assert desk.service.done == []


@pytest.mark.parametrize(
    "path",
    ["/files/2147483648", "/files/0", "/files/99999999999999999999", "/originals/" + "0" * 64,
     "/originals/..%2f..%2fetc%2fpasswd", "/originals/" + "A" * 64, "/static/..%2fapp.py",
     "/static/../app.py", "/files/../static", "/tickets/99999999", "/tickets/0"],
)  # fmt: skip
async def test_a_guessed_address_is_not_found(agent, path):
    answer = await agent.get(path, allow_redirects=False)
    assert answer.status == 404
