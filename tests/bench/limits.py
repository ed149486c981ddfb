"""What the databases can do at most here: commits of one row, and of a hundred."""

import asyncio
import sqlite3
import time

import asyncpg

from store.database import postgresql_credentials

CLIENTS = 32
GROUP = 100
PAYLOAD = b"x" * 400


def sqlite_commits(path, within, group=1):
    """Rows a second, `group` rows a commit, WAL with synchronous=FULL."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE IF NOT EXISTS kept (id INTEGER PRIMARY KEY, row BLOB)")
        count, started = 0, time.perf_counter()
        while (now := time.perf_counter()) - started < within:
            connection.execute("BEGIN IMMEDIATE")
            for _ in range(group):
                connection.execute("INSERT INTO kept (row) VALUES (?)", (PAYLOAD,))
            connection.execute("COMMIT")
            count += group
        return count / (now - started)
    finally:
        connection.close()


async def postgresql_commits(url, within, clients=CLIENTS):
    """Commits a second of one row each, from `clients` connections."""
    credentials = postgresql_credentials(url)
    pool = await asyncpg.create_pool(min_size=clients, max_size=clients, **credentials)
    try:
        await pool.execute("CREATE TABLE IF NOT EXISTS kept (id BIGSERIAL PRIMARY KEY, row BYTEA)")
        ends_at = time.perf_counter() + within

        async def commit():
            count = 0
            async with pool.acquire() as connection:
                while time.perf_counter() < ends_at:
                    await connection.execute("INSERT INTO kept (row) VALUES ($1)", PAYLOAD)
                    count += 1
            return count

        started = time.perf_counter()
        counts = await asyncio.gather(*(commit() for _ in range(clients)))
        return sum(counts) / (time.perf_counter() - started)
    finally:
        await pool.close()
