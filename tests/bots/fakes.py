"""The things around a channel: journal and files in memory, a standing clock, scripted servers."""

import hashlib
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from aiohttp import web

from intake.errors import NotFound

NOW = datetime(2026, 11, 23, 9, 10, tzinfo=UTC)


class StandingClock:
    def now(self):
        return NOW


class Killed(Exception):
    """The process is gone."""


class Journal:
    """Keeps envelopes by key; `failure` is raised instead of the next commits.

    With `dies` the next commit is made, and then the process is killed.
    """

    def __init__(self):
        self.kept = {}
        self.cursors = {}
        self.failure = None
        self.dies = False

    async def accept(self, envelopes):
        if self.failure is not None:
            raise self.failure
        news = {envelope.key: envelope for envelope in envelopes if envelope.key not in self.kept}
        self.kept |= news
        if self.dies and envelopes:
            self.dies = False
            raise Killed
        return len(news)

    async def cursor(self, name):
        return self.cursors.get(name, "")

    async def accept_with_cursor(self, envelopes, name, cursor):
        count = await self.accept(envelopes)
        self.cursors[name] = cursor
        return count


class Blobs:
    """Files by their hash."""

    def __init__(self):
        self.kept = {}

    def write(self, content):
        sha256 = hashlib.sha256(content).hexdigest()
        self.kept[sha256] = content
        return sha256

    def read(self, sha256):
        if sha256 not in self.kept:
            raise NotFound("no_file")
        return self.kept[sha256]


class Pauses:
    """Notes how long somebody wanted to wait and lets them go on."""

    def __init__(self):
        self.seconds = []

    async def __call__(self, seconds):
        self.seconds.append(seconds)


@asynccontextmanager
async def serving(*routes, apps=None):
    """An aiohttp server with these routes, and applications by their path; gives its address."""
    app = web.Application(client_max_size=1 << 30)
    app.add_routes(routes)
    for path, inner in (apps or {}).items():
        app.add_subapp(path, inner)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
