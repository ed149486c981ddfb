"""The way of time: due timers of waiting cards ring, each with its effect in one commit.

What a timer does is decided in `timers`. Loops are left to `desk.runtime`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from intake.approving import Approving
from intake.bot_entries import changed_by_bot, said_by_bot
from intake.dispatch import edit_card, to_requester
from intake.errors import Unavailable
from intake.forms import Forms
from intake.ports import Clock, Store, Work
from intake.speech import Choice, Text, Traits
from intake.tickets import Change, Status, Ticket
from intake.timers import Patience, Ring, Timer
from intake.wording import Wording

PAUSE_AFTER_FAILURE = timedelta(minutes=15)

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ringing:
    """Reminds once, and lets tickets go on. Many may work side by side on one PostgreSQL."""

    store: Store
    forms: Forms
    wording: Wording
    traits: Mapping[str, Traits]
    patience: Patience
    approving: Approving
    clock: Clock
    bot_name: str

    async def step(self, limit: int = 16) -> int:
        """Ring up to `limit` due timers; returns how many rang. Raises Unavailable.

        A crash at any point leaves them due.
        """
        async with self.store.work() as work:
            timers = await work.take_timers(self.clock.now(), limit)
            for timer in timers:
                await self._ring_safely(work, timer)
        return len(timers)

    async def _ring_safely(self, work: Work, timer: Timer) -> None:
        now = self.clock.now()
        try:
            async with work.savepoint():
                await self._ring(work, timer, now)
        except Unavailable:
            raise
        except Exception:  # one bad ticket must not stop the others
            log.exception("timer postponed", ticket=timer.ticket.id, purpose=timer.purpose)
            await work.postpone_timer(timer, now + PAUSE_AFTER_FAILURE)

    async def _ring(self, work: Work, timer: Timer, now: datetime) -> None:
        match self.patience.ring(timer, now):
            case Ring.LATER:
                await work.postpone_timer(timer, self.patience.opens_at(now))
            case Ring.REMIND:
                await self._remind(work, timer.ticket, now)
                await work.spend_timer(timer)
                await work.set_timer(self.patience.then(timer, now))
            case Ring.WAIT_ON:
                await work.drop_timer(timer)
                await work.set_timer(self.patience.then(timer, now))
            case Ring.GO_ON:
                await self._go_on(work, timer.ticket, now)
                await work.drop_timer(timer)
            case Ring.SERVE:
                employee = await work.employee_of(timer.ticket.person_id)
                await self.approving.serve(work, timer.ticket, employee)
                await work.drop_timer(timer)
            case Ring.NOTHING:
                await work.drop_timer(timer)

    async def _remind(self, work: Work, ticket: Ticket, now: datetime) -> None:
        card = self.forms.card(ticket, now)
        values = {
            "number": ticket.id,
            "subject": ticket.subject,
            "questions": [question.label for question in card.questions],
        }
        text = self.wording.say("reminder", ticket.language, values)
        settles = Choice(
            label=self.wording.say("button_send", ticket.language, {}), data=f"send|{ticket.id}"
        )
        entry_id = await work.add_entry(said_by_bot(ticket.id, text, now, self.bot_name))
        delivery = await to_requester(work, ticket, Text(text=text, choices=((settles,),)))
        await work.post(replace(delivery, entry_id=entry_id))

    async def _go_on(self, work: Work, ticket: Ticket, now: datetime) -> None:
        going = replace(ticket, asked=(), ask=None, waits_for_agent=True, updated_at=now)
        changes = [Change(what="goes_on", before=",".join(ticket.asked))]
        if ticket.ask is not None and ticket.status is Status.PENDING:  # it waited for this alone
            changes.append(Change.of_status(ticket.status, Status.OPEN))
            going = replace(going, status=Status.OPEN)
        for change in changes:
            await work.add_entry(changed_by_bot(ticket.id, change, now, self.bot_name))
        await work.save_ticket(going)
        if self.traits[ticket.address.channel].edits_cards:
            await edit_card(work, going, self.forms.summary(going, now))
