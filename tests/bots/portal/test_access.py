"""Who gets in: links forged, old or another's, and what every page tells the browser."""

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest

from desk.wiring import FORM_PATH
from tests.bots.portal.conftest import TOKEN


async def test_a_forged_link_has_a_kind_page(office):
    answer = await office.browser.get(f"{FORM_PATH}/a{'b' * 48}")
    assert answer.status == 404
    assert "<h1>" in await answer.text()


async def test_an_old_link_has_a_kind_page_and_takes_nothing(office):
    then = datetime.now(UTC) - timedelta(days=8)
    path = f"{FORM_PATH}/{office.links.token(1001, then)}"
    for answer in (await office.browser.get(path), await office.browser.post(path)):
        assert answer.status == 410
        assert "принтер" not in await answer.text()


async def test_a_link_to_a_ticket_that_is_not_there_says_no_more_than_a_forged_one(office):
    answer = await office.browser.get(office.link(4711))
    forged = await office.browser.get(f"{FORM_PATH}/a{'b' * 48}")
    assert (answer.status, await answer.text()) == (404, await forged.text())


async def test_pages_do_not_leak_their_address_and_are_kept_by_nobody(office):
    paths = [office.link(), office.link() + "/sent", office.link(purpose="app"), "/form/x"]
    for path in paths:
        answer = await office.browser.get(path)
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors https://web.telegram.org" in policy


async def test_redirects_carry_the_headers_too(office):
    answer = await office.send(await office.open())
    assert answer.status == 303
    assert answer.headers["Referrer-Policy"] == "no-referrer"


async def test_no_link_stands_in_a_log_or_on_the_timeline(office, capsys, caplog):
    page = await office.open()
    token = page.path.removeprefix(f"{FORM_PATH}/")
    await office.fill(page, **{"f-asset": "INV-20418"})
    timeline = " ".join(e.text + e.full_text for e in await office.timeline())
    said = capsys.readouterr()
    assert token not in said.out + said.err + caplog.text + timeline
    assert "/form/" not in said.out + said.err + caplog.text + timeline


async def test_bytes_of_any_kind_are_no_error(office):
    for body, kind in [
        (b"\xff\xfe\0", "application/x-www-form-urlencoded"),
        (b"--x\r\n\r\n", "multipart/form-data; boundary=x"),
        (b"", "multipart/form-data"),
        (b"was=%7B%22category%22%3A1%7D&category=cats&f-fur=grey", "text/plain"),
        (b"was=[]&f-asset=%00&u-=1&d-started=2026-99-99&kept-9-zz=a", "x/y"),
    ]:
        answer = await office.browser.post(
            office.link(), data=body, headers={"Content-Type": kind}, allow_redirects=False
        )
        assert answer.status in (303, 422)
    await office.work()
    assert not (await office.desk.listing.quarantined()).envelopes


async def test_style_is_served_for_good_and_nothing_else_is(office):
    page = await office.open()
    found = page.text.partition('stylesheet" href="')[2].partition('"')[0]
    answer = await office.browser.get(f"{FORM_PATH}/{found}")
    assert answer.status == 200
    assert "immutable" in answer.headers["Cache-Control"]
    missing = await office.browser.get(f"{FORM_PATH}/static/%2e%2e%2freceive.py")
    assert missing.status == 404


# the Mini App


def proof(user=1, age=10, token=TOKEN, **more):
    fields = {
        "auth_date": str(int(datetime.now(UTC).timestamp()) - age),
        "query_id": "AAF0",
        "user": json.dumps({"id": user, "first_name": "Olena"}),
        "signature": "kept-in-the-check",
        **more,
    }
    shown = "\n".join(f"{name}={value}" for name, value in sorted(fields.items()))
    key = hmac.digest(b"WebAppData", token.encode(), "sha256")
    return urlencode(fields | {"hash": hmac.new(key, shown.encode(), hashlib.sha256).hexdigest()})


async def opened(office, said):
    return await office.browser.post(
        office.link(purpose="app"), data={"proof": said}, allow_redirects=False
    )


async def test_a_mini_app_shows_nothing_before_telegram_says_who_looks(office):
    answer = await office.browser.get(office.link(purpose="app"))
    assert answer.status == 200
    assert "принтер" not in await answer.text()


async def test_whoever_has_the_chat_gets_the_form(office):
    answer = await opened(office, proof())
    assert answer.status == 303
    path = FORM_PATH + answer.headers["Location"].removeprefix("..")
    assert (await office.browser.get(path)).status == 200


async def test_a_proof_counts_once(office):
    said = proof()
    first, second = await opened(office, said), await opened(office, said)
    assert (first.status, second.status) == (303, 403)
    await office.work()
    assert not (await office.desk.listing.quarantined()).envelopes


@pytest.mark.parametrize(
    "said",
    [
        lambda: proof(user=2),
        lambda: proof(age=3601),
        lambda: proof(age=-120),
        lambda: proof(token="700:another"),
        lambda: proof() + "&user=%7B%22id%22%3A2%7D",
        lambda: proof(user="x"),
        lambda: proof().replace("hash=", "hash=%C3%A9"),
        lambda: "a=1&" * 99,
        lambda: "",
    ],
)
async def test_anything_else_is_asked_to_open_the_form_again(office, said):
    answer = await opened(office, said())
    assert answer.status == 403
    assert "<h1>" in await answer.text()


class TestWithoutHttps:
    @pytest.fixture
    def address(self):
        return "http://127.0.0.1:8080"

    async def test_there_is_no_mini_app_and_no_frame(self, office):
        (card,) = await office.cards()
        assert card.form.app_url == ""
        answer = await opened(office, proof(token=""))
        assert answer.status == 404
        form = await office.browser.get(office.link())
        assert "frame-ancestors 'none'" in form.headers["Content-Security-Policy"]


class TestWithoutPublicAddress:
    @pytest.fixture
    def address(self):
        return ""

    async def test_cards_have_no_link(self, office):
        (card,) = await office.cards()
        assert card.form is None
