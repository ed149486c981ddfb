"""What waits for each agent when their working day begins, told in their own chat."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from intake.companion.cards import Cards
from intake.companion.placing import next_summary
from intake.companion.ports import CompanionWork
from intake.companion.showings import CHANNEL, AgentChat
from intake.companion.speaker import Speaker
from intake.messages import Address
from intake.sla import WorkingHours, due_at
from intake.speech import NewDelivery, Text

MORNING: Final = timedelta(hours=3)  # after which no summary is told any more


@dataclass(frozen=True, slots=True, kw_only=True)
class Mornings:
    cards: Cards
    speaker: Speaker
    hours: WorkingHours
    account: str

    async def summarise(self, work: CompanionWork, now: datetime) -> int:
        """Returns how many were told."""
        told = 0
        for chat in await work.agent_chats(self.account):
            if chat.summary_at is not None and chat.summary_at > now:
                continue
            if chat.summary_at is not None and now - chat.summary_at < MORNING:
                if chat.is_quiet(now, self.hours.zone):
                    continue
                await self._say_summary(work, chat, now)
                told += 1
            following = next_summary(now, self.hours, chat)
            await work.set_summary(self.account, chat.user_id, following)
        return told

    async def _say_summary(self, work: CompanionWork, chat: AgentChat, now: datetime) -> None:
        moments = await work.open_moments(chat.agent.id)
        within = self.cards.promise.within
        mine = sum(is_mine for is_mine, _, _ in moments)
        free = sum(is_free for _, is_free, _ in moments)
        overdue = sum(
            since is not None and due_at(since, within, self.hours) < now
            for is_mine, is_free, since in moments
            if is_mine or is_free
        )
        if not (mine or free):
            return
        words = self.speaker.words(
            "summary",
            chat.agent.language,
            name=chat.agent.name,
            mine=mine,
            free=free,
            overdue=overdue,
        )
        address = Address(channel=CHANNEL, account=self.account, external_id=chat.chat)
        body = Text(text=words)
        await work.post(NewDelivery(address=address, body=body, language=chat.agent.language))
