"""What machines ask: health, counts, static files."""

import pytest

from inbox.pages.health_count import is_near
from inbox.static_files import StaticFiles


async def test_the_process_is_alive(stranger):
    assert (await stranger.get("/healthz")).status == 200


async def test_it_is_ready_when_the_database_is(stranger, desk):
    assert (await stranger.get("/readyz")).status == 200
    desk.ready = False
    answer = await stranger.get("/readyz")
    assert (answer.status, answer.headers["Retry-After"]) == (503, "5")


async def test_counts_are_by_page_and_name_nobody(agent):
    await agent.get("/tickets/1042")
    counted = await (await agent.get("/metrics")).text()
    assert 'firstline_page_seconds_count{page="ticket_show",status="200"} 1.0' in counted
    assert "1042" not in counted


async def test_counts_are_not_for_the_world(stranger):
    answer = await stranger.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"})
    assert answer.status == 404
    assert not is_near("8.8.8.8")
    assert not is_near("junk")


async def test_static_files_are_kept_until_they_change(stranger):
    static = StaticFiles()
    answer = await stranger.get(static.address("inbox.css"))
    assert "immutable" in answer.headers["Cache-Control"]
    old = await stranger.get("/static/inbox.css?v=old")
    assert old.headers["Cache-Control"] == "no-cache"


async def test_scripts_import_one_another_in_the_same_version(stranger):
    static = StaticFiles()
    answer = await stranger.get(static.address("inbox.js"))
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert f'from "./live.js?v={static.version}"' in await answer.text()


@pytest.mark.parametrize("name", ["nothing.css", "..%2fapp.py", "%2e%2e/app.py"])
async def test_nothing_else_is_served(stranger, name):
    assert (await stranger.get(f"/static/{name}")).status in (303, 404)
