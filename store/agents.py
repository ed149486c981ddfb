"""Agents, their sessions and failed logins.

Hashing and the throttle's rules are left to `inbox`. The look-up of a session, which every page
makes, is one query.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from intake.errors import Conflict, NotFound
from intake.people import Agent
from intake.sessions import Session
from store import mapping
from store.database import Database
from store.keys import keyed
from store.listing import LIVE
from store.moments import from_micros, to_micros
from store.part import checked_id

FAILURES_KEPT = timedelta(days=1)
# Of processes; what was noted further ahead was before the clock was put back.
CLOCKS_DIFFER = timedelta(minutes=1)

ADD = """
    INSERT INTO agent (login, name, password_hash, language) VALUES ($1, $2, $3, $4)
    ON CONFLICT (login) DO UPDATE SET name = excluded.name, language = excluded.language,
        password_hash = excluded.password_hash, is_active = true
    WHERE NOT agent.is_active RETURNING id
"""
REMOVE = "UPDATE agent SET is_active = false WHERE login = $1 AND is_active RETURNING id"
LEFT = f"assignee_id = $1 AND {LIVE}"
NOTE_LEFT = f"""
    INSERT INTO entry (ticket_id, kind, author, author_name, happened_at, text, full_text,
        change_what, change_before, change_after, thread, facts)
    SELECT id, 'change', 'bot', $2, $3, '', '', 'assignee', assignee, '', '[]', '{{}}'
    FROM ticket WHERE {LEFT}
"""  # noqa: S608 - made of constants
LEAVE = f"""
    UPDATE ticket SET assignee_id = NULL, assignee = '', version = version + 1, is_told = false
    WHERE {LEFT}
    RETURNING id
"""  # noqa: S608 - made of constants
SET_HASH = "UPDATE agent SET password_hash = $2 WHERE login = $1 RETURNING id"
RENEW_HASH = "UPDATE agent SET password_hash = $3 WHERE login = $1 AND password_hash = $2"
SET_LANGUAGE = "UPDATE agent SET language = $2 WHERE id = $1"
# A code, and chats with the agents' bot: whoever comes back is linked anew.
UNLINK = (
    "UPDATE agent SET link_hash = '', link_until = NULL WHERE id = $1",
    "DELETE FROM agent_chat WHERE agent_id = $1",
    "DELETE FROM showing WHERE agent_id = $1",
)
END_SESSIONS = "DELETE FROM session WHERE agent_id = $1"
CLOSE_SESSION = "DELETE FROM session WHERE token_hash = $1"
FORGET_SESSIONS = "DELETE FROM session WHERE expires_at <= $1"
OPEN_SESSION = """
    INSERT INTO session (token_hash, agent_id, csrf, expires_at) VALUES ($1, $2, $3, $4)
"""
NOTE_FAILURE = "INSERT INTO login_failure (subject, failed_at) VALUES ($1, $2)"
FORGET_FAILURES = "DELETE FROM login_failure WHERE failed_at < $1 OR failed_at > $2"
BY_LOGIN = "SELECT * FROM agent WHERE login = $1"
BY_ID = "SELECT * FROM agent WHERE id = $1"
ACTIVE = "SELECT * FROM agent WHERE is_active ORDER BY name, id"
SESSION = """
    SELECT agent.*, session.csrf, session.expires_at
    FROM session JOIN agent ON agent.id = session.agent_id
    WHERE session.token_hash = $1 AND session.expires_at > $2 AND agent.is_active
"""
FAILURES = """
    SELECT count(*) AS failures FROM login_failure
    WHERE subject = $1 AND failed_at BETWEEN $2 AND $3
"""


class Agents:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, login: str, name: str, password_hash: str, language: str) -> Agent:
        """Raises Conflict when the login is taken; one that was removed comes back anew.

        Logins are the same in any case.
        """
        login = _login(login)
        async with self._database.transaction() as session:
            made = await session.fetch_one(ADD, login, name, password_hash, language)
        if made is None:
            raise Conflict("login_taken", login=login)
        return Agent(id=made["id"], login=login, name=name, language=language)

    async def remove(self, login: str, bot_name: str, now: datetime) -> int:
        """Nobody signs in by it any more, and what is not done is nobody's; returns how many.

        What is done keeps the agent's name. `bot_name` signs the changes. Raises NotFound.
        """
        async with self._database.transaction() as session:
            found = await session.fetch_one(REMOVE, _login(login))
            if found is None:
                raise NotFound("no_agent", login=login)
            for statement in (END_SESSIONS, *UNLINK):
                await session.execute(statement, found["id"])
            await session.execute(NOTE_LEFT, found["id"], bot_name, to_micros(now))
            left = await session.fetch(LEAVE, found["id"])
            session.rings |= {"tickets", *(f"ticket:{row['id']}" for row in left)}
        return len(left)

    async def set_password(self, login: str, password_hash: str) -> None:
        """Also ends the agent's sessions. Raises NotFound."""
        async with self._database.transaction() as session:
            found = await session.fetch_one(SET_HASH, _login(login), password_hash)
            if found is None:
                raise NotFound("no_agent", login=login)
            await session.execute(END_SESSIONS, found["id"])

    async def renew_hash(self, login: str, known: str, anew: str) -> None:
        """The same password, hashed better: no session ends, and a newer password stays."""
        async with self._database.transaction() as session:
            await session.execute(RENEW_HASH, _login(login), known, anew)

    async def by_login(self, login: str) -> tuple[Agent, str] | None:
        """The agent and the password's hash."""
        row = await self._database.fetch_one(BY_LOGIN, _login(login))
        return None if row is None else (mapping.agent(row), row["password_hash"])

    async def active(self) -> Sequence[Agent]:
        return [mapping.agent(row) for row in await self._database.fetch(ACTIVE)]

    async def agent(self, agent_id: int) -> Agent:
        """Raises NotFound."""
        row = await self._database.fetch_one(BY_ID, checked_id(agent_id, "no_agent"))
        if row is None:
            raise NotFound("no_agent")
        return mapping.agent(row)

    async def set_language(self, agent_id: int, language: str) -> None:
        async with self._database.transaction() as session:
            await session.execute(SET_LANGUAGE, agent_id, language)

    async def open_session(
        self, agent_id: int, token_hash: str, csrf: str, now: datetime, within: float
    ) -> None:
        """Takes the occasion to forget the sessions that are over."""
        expires_at = to_micros(now + timedelta(seconds=within))
        async with self._database.transaction() as session:
            await session.execute(FORGET_SESSIONS, to_micros(now))
            await session.execute(OPEN_SESSION, token_hash, agent_id, csrf, expires_at)

    async def session(self, token_hash: str, now: datetime) -> Session | None:
        row = await self._database.fetch_one(SESSION, token_hash, to_micros(now))
        if row is None:
            return None
        expires_at = from_micros(row["expires_at"])
        return Session(agent=mapping.agent(row), csrf=row["csrf"], expires_at=expires_at)

    async def close_session(self, token_hash: str) -> None:
        async with self._database.transaction() as session:
            await session.execute(CLOSE_SESSION, token_hash)

    async def note_failed_login(self, subject: str, now: datetime) -> None:
        async with self._database.transaction() as session:
            kept_from = to_micros(now - FAILURES_KEPT)
            kept_to = to_micros(now + CLOCKS_DIFFER)
            await session.execute(FORGET_FAILURES, kept_from, kept_to)
            await session.execute(NOTE_FAILURE, keyed(subject), to_micros(now))

    async def failed_logins(self, subject: str, since: datetime, now: datetime) -> int:
        span = (to_micros(since), to_micros(now + CLOCKS_DIFFER))
        row = await self._database.fetch_one(FAILURES, keyed(subject), *span)
        return 0 if row is None else int(row["failures"])


def _login(login: str) -> str:
    return keyed(login.strip().casefold())
