"""Looks into the database of a program that runs, and waits for what must appear there."""

import asyncio
import sqlite3
from contextlib import asynccontextmanager

import asyncpg

from store.database import postgresql_credentials, sqlite_path
from tests.bench.processes import LOOK

WAITING = "SELECT count(*) FROM (SELECT 1 FROM envelope WHERE state = 'waiting' LIMIT 1) AS one"
TICKETS = "SELECT count(*) FROM ticket"
CARDS = "SELECT count(*) FROM ticket WHERE card_id IS NOT NULL"


class Looking:
    """One connection that only reads."""

    def __init__(self, fetch):
        self._fetch = fetch

    async def number(self, sql):
        return await self._fetch(sql)

    async def until(self, sql, wanted, within=120.0):
        async with asyncio.timeout(within):
            while await self._fetch(sql) != wanted:  # noqa: ASYNC110 - another process can't ring
                await asyncio.sleep(2 * LOOK)


@asynccontextmanager
async def looking(url):
    if url.startswith("sqlite"):
        connection = sqlite3.connect(f"file:{sqlite_path(url)}?mode=ro", uri=True, timeout=10)

        async def fetch(sql):
            return connection.execute(sql).fetchone()[0]

        try:
            yield Looking(fetch)
        finally:
            connection.close()
        return
    connection = await asyncpg.connect(**postgresql_credentials(url))
    try:
        yield Looking(connection.fetchval)
    finally:
        await connection.close()
