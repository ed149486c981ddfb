"""Agents' own chats in Telegram: whose they are, when they rest. Only active agents have one."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any

from intake.companion.showings import AgentChat
from intake.people import Agent
from store import mapping
from store.listing import LIVE
from store.moments import maybe_moment, to_micros
from store.part import WorkPart
from store.session import Row

CHATS = """
    SELECT agent.*, agent_chat.id AS chat_id, agent_chat.account, agent_chat.user_id,
        agent_chat.is_on_duty, agent_chat.quiet_from, agent_chat.quiet_until,
        agent_chat.summary_at
    FROM agent_chat JOIN agent ON agent.id = agent_chat.agent_id
    WHERE agent_chat.account = $1 AND agent.is_active
"""
ONE = f"{CHATS} AND agent_chat.user_id = $2"
OF_AGENT = f"{CHATS} AND agent.id = $2"
ALL = f"{CHATS} ORDER BY agent_chat.id"
GREET = """
    INSERT INTO agent_chat (account, user_id) VALUES ($1, $2)
    ON CONFLICT (account, user_id) DO NOTHING RETURNING id
"""
OFFER = "UPDATE agent SET link_hash = $2, link_until = $3 WHERE id = $1"
# A code opens once: whoever takes it takes it away.
TAKE_CODE = """
    UPDATE agent SET link_hash = '', link_until = NULL
    WHERE link_hash = $1 AND link_hash <> '' AND link_until > $2 AND is_active RETURNING *
"""
UNLINK = "UPDATE agent_chat SET agent_id = NULL WHERE account = $1 AND agent_id = $2"
LINK = """
    INSERT INTO agent_chat (account, user_id, agent_id, linked_at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (account, user_id) DO UPDATE SET agent_id = excluded.agent_id,
        linked_at = excluded.linked_at, is_on_duty = true, summary_at = NULL,
        quiet_from = NULL, quiet_until = NULL
"""
SET_DUTY = "UPDATE agent_chat SET is_on_duty = $3 WHERE account = $1 AND user_id = $2"
SET_QUIET = """
    UPDATE agent_chat SET quiet_from = $3, quiet_until = $4 WHERE account = $1 AND agent_id = $2
"""
SET_SUMMARY = "UPDATE agent_chat SET summary_at = $3 WHERE account = $1 AND user_id = $2"
# Whoever comes is shown what is theirs already.
SHOW_OWN = f"UPDATE ticket SET is_told = false WHERE assignee_id = $1 AND {LIVE}"  # noqa: S608
# Whoever is not there any more is shown nothing any more.
FORGET_OTHERS = """
    DELETE FROM showing WHERE account = $1 AND chat = $2 AND agent_id IS NOT NULL
        AND agent_id <> $3
"""
FORGET = "DELETE FROM showing WHERE account = $1 AND agent_id = $2"


class AgentChatWork(WorkPart):
    async def agent_chat(self, account: str, user_id: int) -> AgentChat | None:
        row = await self._session.fetch_one(ONE, account, user_id)
        return None if row is None else _chat(row)

    async def chat_of_agent(self, account: str, agent_id: int) -> AgentChat | None:
        row = await self._session.fetch_one(OF_AGENT, account, agent_id)
        return None if row is None else _chat(row)

    async def agent_chats(self, account: str) -> Sequence[AgentChat]:
        return [_chat(row) for row in await self._session.fetch(ALL, account)]

    async def greet_stranger(self, account: str, user_id: int) -> bool:
        return await self._session.fetch_one(GREET, account, user_id) is not None

    async def offer_code(self, agent_id: int, code_hash: str, until: datetime) -> None:
        """The newest code is the one that counts."""
        await self._session.execute(OFFER, agent_id, code_hash, to_micros(until))

    async def link_agent(
        self, account: str, user_id: int, code_hash: str, now: datetime
    ) -> Agent | None:
        row = await self._session.fetch_one(TAKE_CODE, code_hash, to_micros(now))
        if row is None:
            return None
        await self.unlink_agent(account, row["id"])
        await self._session.execute(FORGET_OTHERS, account, str(user_id), row["id"])
        await self._session.execute(LINK, account, user_id, row["id"], to_micros(now))
        await self._session.execute(SHOW_OWN, row["id"])
        self._session.rings.add("tickets")
        return mapping.agent(row)

    async def unlink_agent(self, account: str, agent_id: int) -> AgentChat | None:
        found = await self.chat_of_agent(account, agent_id)
        await self._session.execute(UNLINK, account, agent_id)
        await self._session.execute(FORGET, account, agent_id)
        return found

    async def set_duty(self, account: str, user_id: int, *, is_on: bool) -> None:
        await self._session.execute(SET_DUTY, account, user_id, is_on)

    async def set_quiet(
        self, account: str, agent_id: int, quiet: tuple[time, time] | None
    ) -> None:
        minutes = [None, None] if quiet is None else [one.hour * 60 + one.minute for one in quiet]
        await self._session.execute(SET_QUIET, account, agent_id, *minutes)

    async def set_summary(self, account: str, user_id: int, at: datetime) -> None:
        await self._session.execute(SET_SUMMARY, account, user_id, to_micros(at))


def _chat(row: Row) -> AgentChat:
    return AgentChat(
        id=row["chat_id"],
        account=row["account"],
        user_id=row["user_id"],
        agent=mapping.agent(row),
        is_on_duty=bool(row["is_on_duty"]),
        quiet_from=_time(row, "quiet_from"),
        quiet_until=_time(row, "quiet_until"),
        summary_at=maybe_moment(row["summary_at"]),
    )


def _time(row: Mapping[str, Any], name: str) -> time | None:
    minutes = row[name]
    return None if minutes is None else time(minutes // 60, minutes % 60)
