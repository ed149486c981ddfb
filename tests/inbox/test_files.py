"""Files: downloads under a strict policy, pictures only where the bytes say so."""

import pytest

from inbox.pages.file_show import disposition, picture_type
from intake.tickets import FileState, StoredFile
from tests.inbox.sample import PIXEL


def keep(desk, content, name="a.bin", media_type="text/html", state=FileState.STORED):
    desk.listing.stored[9] = StoredFile(
        id=9, name=name, media_type=media_type, size=len(content), state=state,
        sha256=desk.blobs.write(content),
    )  # fmt: skip


@pytest.mark.parametrize("path", ["/files/9", "/files/9?inline"])
async def test_a_page_among_the_files_is_only_a_download(agent, desk, path):
    keep(desk, b"<script>alert(1)</script>", "evil.html")
    answer = await agent.get(path)
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="evil.html"')
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert await answer.read() == b"<script>alert(1)</script>"


async def test_a_picture_is_shown_where_the_page_asks_for_it(agent, desk):
    keep(desk, PIXEL, "кришка.png")
    shown = await agent.get("/files/9?inline")
    assert shown.headers["Content-Type"] == "image/png"
    assert shown.headers["Content-Disposition"].startswith("inline")
    saved = await agent.get("/files/9")
    assert saved.headers["Content-Disposition"].startswith("attachment")


async def test_a_mail_can_be_saved_as_it_came(agent, desk):
    raw = b"From: <script>alert(1)</script>\r\n\r\nhello"
    path = f"/originals/{desk.blobs.write(raw)}"
    answer = await agent.get(path)
    assert await answer.read() == raw
    assert answer.headers["Content-Disposition"].startswith("attachment")


async def test_a_file_that_did_not_change_is_not_sent_twice(agent, desk):
    keep(desk, PIXEL)
    tag = (await agent.get("/files/9")).headers["ETag"]
    answer = await agent.get("/files/9", headers={"If-None-Match": tag})
    assert (answer.status, await answer.read()) == (304, b"")


@pytest.mark.parametrize("state", [FileState.WAITING, FileState.TOO_BIG, FileState.FAILED])
async def test_a_file_that_is_not_here_is_not_found(agent, desk, state):
    keep(desk, PIXEL, state=state)
    assert (await agent.get("/files/9")).status == 404


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PIXEL, "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"GIF89a", "image/gif"),
        (b"RIFF1234WEBPVP8 ", "image/webp"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", ""),
        (b"%PDF-1.7", ""),
        (b"", ""),
    ],
)
def test_a_picture_is_known_by_its_bytes(content, kind):
    assert picture_type(content) == kind


def test_a_file_name_can_not_break_out_of_its_header():
    header = disposition('a"; evil=1\r\nX: y\u20ac.pdf', is_inline=False)
    assert "\r" not in header
    assert header.count('"') == 2
    assert header.endswith("%E2%82%AC.pdf")


async def test_a_mail_as_it_came_is_for_agents_only(stranger, desk):
    path = f"/originals/{desk.blobs.write(b'From: olena')}"
    assert (await stranger.get(path, allow_redirects=False)).status == 303
