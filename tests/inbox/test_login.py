"""The door: right and wrong passwords, throttling, and alike for known and unknown logins."""

from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta

import pytest
from aiohttp import CookieJar
from aiohttp.test_utils import TestClient, TestServer, make_mocked_request
from argon2 import PasswordHasher
from multidict import CIMultiDict

from inbox.app import build_app
from inbox.passwords import PASSWORD_LIMIT, Passwords
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


@pytest.fixture
async def world(desk):
    """Browsers anywhere: each with its network, and with cookies of its own."""
    desk.settings = InboxSettings(trusts_proxy=True)
    app = build_app(desk.services(), desk.passwords())
    async with TestServer(app) as server, AsyncExitStack() as stack:

        async def browser(network):
            headers = {"X-Forwarded-For": network}
            jar = CookieJar(unsafe=True)
            client = TestClient(server, cookie_jar=jar, headers=headers)
            await stack.enter_async_context(client.session)
            return client

        yield browser


async def guess(client, times, login="marek"):
    answers = [await log_in(client, login, password=f"guess {n}") for n in range(times)]
    return [answer.status for answer in answers]


async def test_a_stranger_locks_only_themselves_out(world):
    stranger, marek = await world("203.0.113.9"), await world("192.0.2.1")
    assert await guess(stranger, 8) == [401] * 5 + [429] * 3
    assert (await log_in(marek)).status == 303


async def test_a_browser_that_is_known_is_let_in_whatever_its_neighbours_do(world):
    marek, neighbour = await world("192.0.2.1"), await world("192.0.2.1")
    await log_in(marek)
    for login in ("marek", "sofia", "nobody", "olena", "ivan"):
        await guess(neighbour, 5, login)
    assert (await log_in(neighbour)).status == 429
    assert (await log_in(marek)).status == 303


async def test_a_known_browser_guesses_no_more_than_others(world, desk):
    marek = await world("192.0.2.1")
    await log_in(marek)
    assert await guess(marek, 6) == [401] * 5 + [429]
    assert (await log_in(marek)).status == 429
    desk.clock.moment += timedelta(minutes=16)
    assert (await log_in(marek)).status == 303


async def test_a_browser_is_known_for_its_own_login_and_only_by_our_mark(world):
    sofia = await world("192.0.2.1")
    await log_in(sofia, "sofia")
    assert await guess(sofia, 6) == [401] * 5 + [429]
    forger = await world("192.0.2.2")
    forger.session.cookie_jar.update_cookies({"firstline-browser": "mark.0000"})
    assert await guess(forger, 6) == [401] * 5 + [429]


async def test_whoever_guesses_from_many_networks_gets_one_try_a_minute(world, desk):
    known = await world("192.0.2.1")
    await log_in(known)
    for number in range(4):
        assert await guess(await world(f"203.0.113.{number}"), 5) == [401] * 5
    tried = 0
    for number in range(60):
        tried += (await guess(await world(f"198.51.100.{number}"), 1)).count(401)
        desk.clock.moment += timedelta(seconds=10)
    assert tried <= 10
    answer = await log_in(await world("192.0.2.7"))
    assert (answer.status, answer.headers["Retry-After"]) == (429, "60")
    assert "Please wait a minute" in await answer.text()
    assert (await log_in(known)).status == 303
    desk.clock.moment += timedelta(minutes=1)
    assert (await log_in(await world("192.0.2.7"))).status == 303


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


async def test_a_very_long_password_is_right_when_it_is_typed_again():
    passwords = Passwords(QUICK)
    long = "x" * (PASSWORD_LIMIT + 1)
    assert await passwords.is_right(passwords.hash(long), long)
    passwords.close()


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


def test_of_several_lines_only_the_last_is_our_own_proxys():
    headers = CIMultiDict([("X-Forwarded-For", "1.2.3.4"), ("X-Forwarded-For", "5.6.7.8")])
    request = make_mocked_request("GET", "/", headers=headers)
    assert peer_of(request, trusts_proxy=True) == "5.6.7.8"
