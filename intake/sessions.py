"""Agents as they log in: their sessions and failed logins, as a Protocol that `store` meets.

How passwords are hashed, and who is let in, is left to `inbox`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from intake.people import Agent


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    agent: Agent
    csrf: str
    expires_at: datetime


class Agents(Protocol):
    """Agents, their sessions and failed logins."""

    async def add(self, login: str, name: str, password_hash: str, language: str) -> Agent:
        """Raises Conflict when the login is taken."""

    async def renew_hash(self, login: str, known: str, anew: str) -> None:
        """The same password, hashed better; nothing where it has been changed meanwhile."""

    async def by_login(self, login: str) -> tuple[Agent, str] | None:
        """The agent and the password's hash."""

    async def active(self) -> Sequence[Agent]: ...
    async def agent(self, agent_id: int) -> Agent:
        """Raises NotFound."""

    async def set_language(self, agent_id: int, language: str) -> None: ...
    async def open_session(
        self, agent_id: int, token_hash: str, csrf: str, now: datetime, within: float
    ) -> None: ...
    async def session(self, token_hash: str, now: datetime) -> Session | None: ...
    async def close_session(self, token_hash: str) -> None: ...
    async def note_failed_login(self, subject: str, now: datetime) -> None: ...
    async def failed_logins(self, subject: str, since: datetime, now: datetime) -> int: ...
