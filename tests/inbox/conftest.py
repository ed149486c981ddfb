"""A desk of fakes behind the real pages, reached through a real socket."""

from contextlib import asynccontextmanager

import pytest
from aiohttp import CookieJar
from aiohttp.test_utils import TestClient, TestServer

from inbox.app import build_app
from inbox.guard import hash_of
from intake.sessions import Session
from tests.inbox.fakes import MAREK, NOW, Desk
from tests.inbox.sample import fill

TOKEN, CSRF = "a-session-of-marek", "a-proof-of-ours"


@pytest.fixture
def desk() -> Desk:
    return fill(Desk())


@asynccontextmanager
async def browser_of_a_stranger(desk):
    """A browser that nobody knows."""
    app = build_app(desk.services(), desk.passwords())
    async with TestClient(TestServer(app), cookie_jar=CookieJar(unsafe=True)) as client:
        yield client


def sign_in(desk, browser):
    """It is Marek's from now on."""
    desk.agents.sessions[hash_of(TOKEN)] = Session(
        agent=MAREK, csrf=CSRF, expires_at=NOW.replace(year=2027)
    )
    browser.session.cookie_jar.update_cookies({"firstline": TOKEN})
    return browser


@pytest.fixture
async def stranger(desk):
    async with browser_of_a_stranger(desk) as browser:
        yield browser


@pytest.fixture
async def agent(desk, stranger):
    return sign_in(desk, stranger)
