"""Into which chats of agents a ticket belongs: its queue's group, else its agent's or everybody's.

Pure.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from intake.companion.showings import URGENT, USUAL, AgentChat, Showing
from intake.sla import WorkingHours
from intake.tickets import Priority, Ticket

ALL_OTHERS: Final = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """The group of each queue (a category, or `*` for all others), and what became of them."""

    by_queue: Mapping[str, str] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)
    closed: Collection[str] = ()  # that let us in no more

    def of(self, ticket: Ticket) -> str:
        """Empty where the ticket's queue has none that lets us in."""
        named = self.by_queue.get(ticket.category or "", "") or self.by_queue.get(ALL_OTHERS, "")
        chat = self.now(named)
        return "" if chat in self.closed else chat

    def now(self, chat: str) -> str:
        for _ in self.moved:  # one may move more than once, and never in a circle for long
            chat = self.moved.get(chat, chat)
        return chat


def urgency_of(ticket: Ticket) -> int:
    is_grave = ticket.priority in (Priority.CRITICAL, Priority.HIGH) or ticket.flag == "danger"
    return URGENT if is_grave and ticket.status.is_live else USUAL


def missing_places(
    ticket: Ticket, there: Sequence[Showing], chats: Sequence[AgentChat], groups: Groups
) -> Sequence[tuple[str, int | None]]:
    """Chats that the ticket is still to be shown in, each with its agent.

    A ticket stays in the group in which it was first shown, whatever its queue is now.
    """
    is_in_group = any(one.is_group and one.chat not in groups.closed for one in there)
    if not ticket.status.is_live or is_in_group:
        return ()
    group = groups.of(ticket)
    if group:
        return ((group, None),)
    known = {one.chat for one in there}
    return [
        (one.chat, one.agent.id) for one in chats if one.chat not in known and _is_for(ticket, one)
    ]


def _is_for(ticket: Ticket, chat: AgentChat) -> bool:
    if ticket.assignee_id is None:
        return chat.is_on_duty
    return ticket.assignee_id == chat.agent.id


def next_summary(now: datetime, hours: WorkingHours, chat: AgentChat) -> datetime:
    """When the next working day begins; for whoever rests then, when they rest no more."""
    rests_until = chat.quiet_until if chat.rests_at(hours.opens) else None
    at = rests_until or hours.opens
    local = now.astimezone(hours.zone)
    day = local.date()
    while True:
        begins = datetime.combine(day, at, tzinfo=hours.zone)
        if begins > local and day.weekday() in hours.weekdays:
            return begins.astimezone(now.tzinfo)
        day += timedelta(days=1)
