# ruff: noqa: S608 - made of constants
"""Fills a database with many tickets by bulk statements, straight into the store's tables.

About one ticket in eight is live, one in twenty new. Words to search: `printer` stands in one of
five, `case1000<nnn>` in twenty tickets and both in four of them, whatever the size.
"""

import secrets
from dataclasses import dataclass

from inbox.guard import hash_of
from store.agents import Agents
from store.database import Database
from store.migrating import migrate
from tests.bench import moments

BATCH = 50_000
PEOPLE = 2_000
ENTRIES = 30  # of the one long ticket
FIRST_TICKET = 1_001
NUMBERS = """WITH RECURSIVE n (i) AS (
    SELECT CAST($1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < CAST($2 AS BIGINT))"""
SUBJECT = """CASE i % 5 WHEN 0 THEN 'printer prints nothing' WHEN 1 THEN 'принтер не друкує'
    WHEN 2 THEN 'vpn drops every hour' WHEN 3 THEN 'tlačiareň netlačí'
    ELSE 'password forgotten' END || ' case' || (1000000 + i / 20)"""
PERSON = f"""{NUMBERS} INSERT INTO person (id, name, language, created_at)
    SELECT i, 'Person ' || i, 'en', 0 FROM n"""
HANDLE = f"""{NUMBERS} INSERT INTO handle (id, person_id, channel, account, address, created_at)
    SELECT i, i, 'telegram', '700800900', '' || i, 0 FROM n"""
TICKET = f"""{NUMBERS} INSERT INTO ticket (id, person_id, requester, channel, account, address,
        language, subject, status, kind, category, priority, created_at, updated_at, answers,
        declined, asked, assignee_id, assignee, preview, is_dirty)
    SELECT i + 1000, i % {PEOPLE} + 1, 'Person ' || (i % {PEOPLE} + 1), 'telegram', '700800900',
        '' || (i % {PEOPLE} + 1), 'en', {SUBJECT},
        CASE WHEN i % 20 = 0 THEN 'new' WHEN i % 13 = 0 THEN 'open' ELSE 'closed' END,
        'incident', 'printer', 'medium',
        CAST($3 AS BIGINT) + i * 1000000, CAST($3 AS BIGINT) + i * 1000000,
        '{{"asset": "INV-20418"}}', '[]', '["location"]',
        CASE WHEN i % 13 = 0 THEN 1 END, CASE WHEN i % 13 = 0 THEN 'Marek' ELSE '' END,
        {SUBJECT}, false
    FROM n"""
ENTRY = f"""{NUMBERS} INSERT INTO entry (ticket_id, kind, author, author_name, happened_at, text,
        full_text, channel, account, address, external_id, thread, facts)
    SELECT i + 1000, 'message', 'requester', 'Person ' || (i % {PEOPLE} + 1),
        CAST($3 AS BIGINT) + i * 1000000, {SUBJECT}, '', 'telegram', '700800900',
        '' || (i % {PEOPLE} + 1), '' || i, '[]', '{{}}'
    FROM n"""
LONG = f"""{NUMBERS} INSERT INTO entry (ticket_id, kind, author, author_name, agent_id,
        happened_at, text, full_text, thread, facts)
    SELECT {FIRST_TICKET}, 'message', CASE i % 2 WHEN 0 THEN 'agent' ELSE 'requester' END, 'Marek',
        CASE i % 2 WHEN 0 THEN 1 END, CAST($3 AS BIGINT) + i * 1000000,
        'The printer on the third floor prints nothing since this morning, INV-20418. '
        || 'We have seen it, the colleague comes at ten and brings a new cartridge. Line ' || i,
        '', '[]', '{{}}' FROM n"""
WORDS_SQLITE = f"""{NUMBERS} INSERT INTO ticket_words (rowid, words)
    SELECT i + 1000, {SUBJECT} FROM n"""
WORDS_POSTGRESQL = f"""{NUMBERS} INSERT INTO ticket_words (ticket_id, words)
    SELECT i + 1000, array_to_tsvector(string_to_array({SUBJECT}, ' ')) FROM n"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeded:
    """A database with tickets, and the cookie of an agent who is signed in."""

    tickets: int
    cookie: str
    csrf: str

    @property
    def headers(self):
        return {"Cookie": f"firstline={self.cookie}"}


async def seed(url, tickets):
    database = await Database.open(url)
    try:
        await migrate(database)
        cookie, csrf = await sign_in(database)
        if tickets:
            await _fill(database, tickets)
    finally:
        await database.close()
    return Seeded(tickets=tickets, cookie=cookie, csrf=csrf)


async def sign_in(database):
    """An agent with a session, without the slow password."""
    agents, cookie, csrf = Agents(database), secrets.token_urlsafe(), secrets.token_urlsafe()
    agent = await agents.add("marek", "Marek", "no password opens this", "en")
    await agents.open_session(agent.id, hash_of(cookie), csrf, moments.now(), 86_400.0)
    return cookie, csrf


async def _fill(database, tickets):
    is_postgresql = database.dialect.is_postgresql
    start = moments.micros() - (tickets + 60) * 1_000_000  # the newest was a minute ago
    words = WORDS_POSTGRESQL if is_postgresql else WORDS_SQLITE
    async with database.transaction() as session:
        await session.execute(PERSON, 1, PEOPLE)
        await session.execute(HANDLE, 1, PEOPLE)
    for first in range(1, tickets + 1, BATCH):
        last = min(first + BATCH - 1, tickets)
        async with database.transaction() as session:
            await session.execute(TICKET, first, last, start)
            await session.execute(ENTRY, first, last, start)
            await session.execute(words, first, last)
    async with database.transaction() as session:
        await session.execute(LONG, 1, ENTRIES - 1, start)
    if is_postgresql:  # as its own housekeeping would after a while
        await database.fetch("VACUUM ANALYZE")
