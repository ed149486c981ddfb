"""The way out to agents: what has moved on since it was last shown, into the outbox.

A step looks at tickets that have moved on and marks where they are shown; then at showings that
are behind, the urgent first, as long as their chat takes more. What waits is not queued but read
anew when its turn comes: so a hundred changes become one edit, and several messages one.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from intake.companion.catching_up import CatchingUp, Known
from intake.companion.mornings import Mornings
from intake.companion.placing import Groups, missing_places, urgency_of
from intake.companion.ports import CompanionStore, CompanionWork
from intake.companion.showings import URGENT, Showing
from intake.ports import Clock
from intake.tickets import Ticket

AT_ONCE: Final = 50  # tickets, or showings, of one step
MOST_AHEAD: Final = 3  # messages that wait in a chat: what is urgent must not wait behind many


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaying:
    """One at a time per bot (a lease, in `desk.runtime`)."""

    store: CompanionStore
    catching_up: CatchingUp
    mornings: Mornings
    groups: Groups
    clock: Clock
    account: str

    async def step(self) -> int:
        """Returns how much was looked at; what waits for its chat or its time is not counted."""
        now = self.clock.now()
        count = await self._mark() + await self._show(now)
        async with self.store.work() as work:
            return count + await self.mornings.summarise(work, now)

    async def _mark(self) -> int:
        async with self.store.work() as work:
            tickets = await work.untold(AT_ONCE)
            if not tickets:
                return 0
            await work.add_showings(list(await self._missing(work, tickets)))
            urgent = [ticket.id for ticket in tickets if urgency_of(ticket) == URGENT]
            await work.mark_behind([ticket.id for ticket in tickets], urgent)
        return len(tickets)

    async def _missing(self, work: CompanionWork, tickets: Sequence[Ticket]) -> Iterator[Showing]:
        """Where they belong and are not shown yet."""
        chats = await work.agent_chats(self.account)
        groups = replace(
            self.groups,
            moved=await work.moved_chats(self.account),
            closed=await work.closed_groups(self.account),
        )
        there: defaultdict[int, list[Showing]] = defaultdict(list)
        for showing in await work.showings_of(self.account, [ticket.id for ticket in tickets]):
            there[showing.ticket_id].append(showing)
        return (
            Showing(
                id=0,
                ticket_id=ticket.id,
                account=self.account,
                chat=chat,
                agent_id=agent_id,
                urgency=urgency_of(ticket),
            )
            for ticket in tickets
            for chat, agent_id in missing_places(ticket, there[ticket.id], chats, groups)
        )

    async def _show(self, now: datetime) -> int:
        async with self.store.work() as work:
            waiting = dict(await work.waiting_in(self.account))
            full = [chat for chat, count in waiting.items() if count >= MOST_AHEAD]
            resting = [*full, *await work.closed_groups(self.account)]
            found = await work.behind(self.account, now, resting, AT_ONCE)
            if not found:
                return 0
            tickets = await work.shown_tickets([showing.ticket_id for showing in found])
            known = await self._known(work, list(tickets))
            turns = []
            for showing in found:
                if waiting.get(showing.chat, 0) >= MOST_AHEAD:
                    continue
                turn = self.catching_up.turn_of(
                    showing, tickets[showing.ticket_id], known, self.clock.now()
                )
                if showing.is_group or showing.chat in known.chats:  # else it is nobody's any more
                    await self.catching_up.catch_up(work, turn, known)
                waiting[showing.chat] = waiting.get(showing.chat, 0) + turn.posted
                turns.append(turn)
            await work.save_showings([(turn.showing, turn.look_at) for turn in turns])
        return len(turns)

    async def _known(self, work: CompanionWork, numbers: Sequence[int]) -> Known:
        return Known(
            chats={one.chat: one for one in await work.agent_chats(self.account)},
            lost=await work.lost(self.account, numbers),
            newest=await work.newest_entries(numbers),
            reduced=await work.reduced(numbers),
        )
