"""The door: right and wrong passwords, throttling, and alike for known and unknown logins."""

from dataclasses import replace
from datetime import timedelta

import pytest
from aiohttp import CookieJar
from aiohttp.test_utils import TestClient, TestServer, make_mocked_request
from argon2 import PasswordHasher

from inbox.app import build_app
from inbox.passwords import Passwords
from inbox.ports import InboxSettings
from inbox.throttle import peer_of
from tests.inbox.fakes import MAREK, PASSWORD, QUICK


async def log_in(client, login="marek", password=PASSWORD, **more):
    form = {"login": login, "password": password, **more}
    return await client.post("/login", data=form, allow_redirects=False)


async def test_the_right_password_opens_the_inbox(stranger):
    answer = await log_in(stranger)
    assert (answer.status, answer.headers["Location"]) == (303, "/")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert (await stranger.get("/tickets")).status == 200


async def test_behind_https_the_cookie_is_bound_to_this_host(desk):
    desk.settings = InboxSettings(public_address="https://desk.example.org")
    app = build_app(desk.services(), desk.passwords())
    async with TestClient(TestServer(app), cookie_jar=CookieJar(unsafe=True)) as client:
        answer = await log_in(client)
        assert answer.headers["Set-Cookie"].startswith("__Host-firstline=")
        assert "Secure" in answer.headers["Set-Cookie"]
        assert "Strict-Transport-Security" in answer.headers


@pytest.mark.parametrize(
    ("wanted", "led"),
    [
        ("/tickets/1042", "/tickets/1042"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("/\r\nSet-Cookie: a=b", "/"),
        ("/\t/evil.example", "/"),
    ],
)
async def test_after_login_only_our_own_pages_are_led_to(stranger, wanted, led):
    assert (await log_in(stranger, next=wanted)).headers["Location"] == led


@pytest.mark.parametrize(
    ("login", "password"),
    [("marek", "wrong"), ("nobody", PASSWORD), ("", ""), ("Ж\x00", "é" * 5000), ("marek", "")],
)
async def test_a_wrong_pair_is_refused_in_the_same_words(stranger, desk, login, password):
    answer = await log_in(stranger, login, password)
    assert answer.status == 401
    assert "Login and password don't match" in await answer.text()
    assert desk.agents.sessions == {}


async def test_an_agent_who_left_is_refused(stranger, desk):
    desk.agents.rows[1] = replace(MAREK, is_active=False)
    assert (await log_in(stranger)).status == 401


async def test_after_five_wrong_passwords_even_the_right_one_waits(stranger, desk):
    for _ in range(5):
        assert (await log_in(stranger, password="wrong")).status == 401
    answer = await log_in(stranger)
    assert answer.status == 429
    assert answer.headers["Retry-After"] == "900"
    desk.clock.moment += timedelta(minutes=16)
    assert (await log_in(stranger)).status == 303


async def test_many_logins_from_one_address_are_throttled_too(stranger):
    for number in range(20):
        assert (await log_in(stranger, login=f"guess{number}")).status == 401
    assert (await log_in(stranger)).status == 429


async def test_a_login_is_counted_however_it_is_written(stranger):
    for login in ("marek", "MAREK", " Marek ", "mareK", "MaReK"):
        await log_in(stranger, login=login, password="wrong")
    assert (await log_in(stranger)).status == 429


async def test_the_typed_login_is_kept_and_the_password_is_not(stranger):
    page = await (await log_in(stranger, login="marek", password="sesame-street")).text()
    assert 'value="marek"' in page
    assert "sesame-street" not in page


class CountingHasher(PasswordHasher):
    verified = 0

    def verify(self, password_hash, password):
        self.verified += 1
        return super().verify(password_hash, password)


async def test_an_unknown_login_costs_a_verification_like_a_known_one():
    hasher = CountingHasher(time_cost=1, memory_cost=8, parallelism=1)
    passwords = Passwords(hasher)
    assert not await passwords.is_right(None, PASSWORD)
    assert hasher.verified == 1
    assert not await passwords.is_right("no hash at all", PASSWORD)
    passwords.close()


async def test_a_hash_of_weaker_days_is_made_anew_at_login(stranger, desk):
    weak = PasswordHasher(time_cost=1, memory_cost=16, parallelism=1).hash(PASSWORD)
    desk.agents.hashes["marek"] = weak
    assert (await log_in(stranger)).status == 303
    assert desk.agents.hashes["marek"] != weak
    assert QUICK.verify(desk.agents.hashes["marek"], PASSWORD)


@pytest.mark.parametrize(
    ("header", "trusts", "peer"),
    [
        ("1.2.3.4, 5.6.7.8", True, "5.6.7.8"),
        ("1.2.3.4", False, "unknown"),
        ("2001:db8:1:2:3:4:5:6", True, "2001:0db8:0001:0002"),
        ("::ffff:9.9.9.9", True, "9.9.9.9"),
        ("junk", True, "unknown"),
    ],
)
def test_only_our_own_proxy_says_who_calls(header, trusts, peer):
    request = make_mocked_request("GET", "/", headers={"X-Forwarded-For": header})
    assert peer_of(request, trusts_proxy=trusts) == peer
