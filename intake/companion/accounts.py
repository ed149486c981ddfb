"""Linking an agent with their own account in Telegram by a code shown once, and undoing it.

The code itself is never kept, only its hash. It opens once, within ten minutes.
"""

import secrets
from dataclasses import dataclass
from datetime import time, timedelta
from hashlib import sha256
from typing import Final

from intake.companion.ports import CompanionStore
from intake.companion.said import Said
from intake.companion.showings import AgentChat
from intake.companion.speaker import Speaker
from intake.people import Agent
from intake.ports import Clock

CODE_BYTES: Final = 24  # what a deep link carries easily
CODE_WITHIN: Final = timedelta(minutes=10)


def hash_of(code: str) -> str:
    return sha256(code.encode("utf-8", "replace")).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """What an agent's own page of the inbox does. `bot_name` is the bot's in t.me/…."""

    store: CompanionStore
    speaker: Speaker
    clock: Clock
    bot_name: str

    async def chat_of(self, agent: Agent) -> AgentChat | None:
        async with self.store.work() as work:
            return await work.chat_of_agent(self.speaker.account, agent.id)

    async def offer(self, agent: Agent) -> str:
        """A link that makes the account that opens it this agent's; only the newest counts."""
        code = secrets.token_urlsafe(CODE_BYTES)
        async with self.store.work() as work:
            await work.offer_code(agent.id, hash_of(code), self.clock.now() + CODE_WITHIN)
        return f"https://t.me/{self.bot_name}?start={code}"

    async def unlink(self, agent: Agent) -> None:
        """Whoever holds that account is told."""
        async with self.store.work() as work:
            chat = await work.unlink_agent(self.speaker.account, agent.id)
            if chat is not None:
                there = Said.to(chat.chat)
                await work.post(self.speaker.say_to_anybody(there, agent.language, "unlinked"))

    async def set_quiet(self, agent: Agent, quiet: tuple[time, time] | None) -> None:
        async with self.store.work() as work:
            await work.set_quiet(self.speaker.account, agent.id, quiet)
