"""Agents, their sessions and failed logins.

Hashing and the throttle's rules are left to `inbox`. Rare writes go through the ORM; the look-up
of a session, which every page makes, is one query.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from tortoise.exceptions import IntegrityError

from intake.errors import Conflict, NotFound
from intake.people import Agent
from intake.ports import Session
from store import mapping, models
from store.database import Database
from store.keys import keyed
from store.moments import from_micros, to_micros
from store.outages import outages_told
from store.part import checked_id

FAILURES_KEPT = timedelta(days=1)

BY_LOGIN = "SELECT * FROM agent WHERE login = $1"
BY_ID = "SELECT * FROM agent WHERE id = $1"
ACTIVE = "SELECT * FROM agent WHERE is_active ORDER BY name, id"
SESSION = """
    SELECT agent.*, session.csrf, session.expires_at
    FROM session JOIN agent ON agent.id = session.agent_id
    WHERE session.token_hash = $1 AND session.expires_at > $2 AND agent.is_active
"""
FAILURES = "SELECT count(*) AS failures FROM login_failure WHERE subject = $1 AND failed_at >= $2"


class Agents:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, login: str, name: str, password_hash: str, language: str) -> Agent:
        """Raises Conflict when the login is taken. Logins are the same in any case."""
        async with self._database.transaction() as session:
            try:
                with outages_told():
                    made = await models.Agent.create(
                        using_db=session.orm,
                        login=_login(login),
                        name=name,
                        password_hash=password_hash,
                        language=language,
                        is_active=True,
                    )
            except IntegrityError as error:
                raise Conflict("login_taken", login=login) from error
        return Agent(id=made.id, login=made.login, name=name, language=language)

    async def set_password(self, login: str, password_hash: str) -> None:
        """Also ends the agent's sessions. Raises NotFound."""
        async with self._database.transaction() as session:
            with outages_told():
                found = await models.Agent.get_or_none(login=_login(login), using_db=session.orm)
                if found is None:
                    raise NotFound("no_agent", login=login)
                found.password_hash = password_hash
                await found.save(update_fields=["password_hash"], using_db=session.orm)
                await models.Session.filter(agent_id=found.id).using_db(session.orm).delete()

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
            with outages_told():
                agents = models.Agent.filter(id=agent_id).using_db(session.orm)
                await agents.update(language=language)

    async def open_session(
        self, agent_id: int, token_hash: str, csrf: str, now: datetime, within: float
    ) -> None:
        """Takes the occasion to forget the sessions that are over."""
        async with self._database.transaction() as session:
            with outages_told():
                expired = models.Session.filter(expires_at__lte=now).using_db(session.orm)
                await expired.delete()
                opened = models.Session(
                    token_hash=token_hash,
                    agent_id=agent_id,
                    csrf=csrf,
                    expires_at=now + timedelta(seconds=within),
                )
                await opened.save(using_db=session.orm, force_create=True)

    async def session(self, token_hash: str, now: datetime) -> Session | None:
        row = await self._database.fetch_one(SESSION, token_hash, to_micros(now))
        if row is None:
            return None
        expires_at = from_micros(row["expires_at"])
        return Session(agent=mapping.agent(row), csrf=row["csrf"], expires_at=expires_at)

    async def close_session(self, token_hash: str) -> None:
        async with self._database.transaction() as session:
            with outages_told():
                found = models.Session.filter(token_hash=token_hash).using_db(session.orm)
                await found.delete()

    async def note_failed_login(self, subject: str, now: datetime) -> None:
        async with self._database.transaction() as session:
            with outages_told():
                old = models.LoginFailure.filter(failed_at__lt=now - FAILURES_KEPT)
                await old.using_db(session.orm).delete()
                failure = models.LoginFailure(subject=keyed(subject), failed_at=now)
                await failure.save(using_db=session.orm)

    async def failed_logins(self, subject: str, since: datetime) -> int:
        row = await self._database.fetch_one(FAILURES, keyed(subject), to_micros(since))
        return 0 if row is None else int(row["failures"])


def _login(login: str) -> str:
    return keyed(login.strip().casefold())
