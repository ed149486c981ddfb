"""Lets a person in: the tickets that waited for it get their cards.

A few at once; of hundreds, which machines make, the others by timers, so that no transaction is
long. Who may do it is left to `service`, the rows to `store`.
"""

from dataclasses import dataclass, replace

from intake.bot_entries import changed_by_bot, said_by_bot
from intake.directory import Employee
from intake.dispatch import to_requester
from intake.forms import Forms, as_text
from intake.memory import assume
from intake.ports import Clock, Work
from intake.profile import answers_of
from intake.tickets import Change, NewEntry, Ticket
from intake.timers import NewTimer, Patience, Purpose

LET_IN = "let_in"
AT_ONCE = 8  # tickets


@dataclass(frozen=True, slots=True, kw_only=True)
class Approving:
    """`bot_name` signs the cards."""

    forms: Forms
    patience: Patience
    clock: Clock
    bot_name: str

    async def release(self, work: Work, person_id: int, noted: NewEntry) -> None:
        """All that is held of this person; `noted` says on each timeline why."""
        held = await work.held_tickets(person_id, AT_ONCE)
        employee = await work.employee_of(person_id) if held else None
        for ticket in held:
            await work.add_entry(replace(noted, ticket_id=ticket.id))
            await self.serve(work, ticket, employee)
        others = await work.held_numbers(person_id) if len(held) == AT_ONCE else ()
        for number in others:
            await work.add_entry(replace(noted, ticket_id=number))
        now = self.clock.now()
        await work.set_timers(
            [NewTimer(ticket_id=one, purpose=Purpose.SERVE, due_at=now) for one in others]
        )

    async def serve(self, work: Work, ticket: Ticket, employee: Employee | None) -> None:
        """It is held no longer."""
        served = replace(ticket, is_held=False, updated_at=self.clock.now())
        await work.save_ticket(await self._served(work, served, employee))

    async def _served(self, work: Work, ticket: Ticket, employee: Employee | None) -> Ticket:
        """With the card that it would have had; an agent who has answered has taken over."""
        if ticket.card_id is not None or ticket.first_response_at is not None:
            return ticket
        catalogue, now = self.forms.catalogue, self.clock.now()
        told = answers_of(catalogue, ticket.category, employee)
        assuming, changes = assume(catalogue, ticket, told)
        asking = self.forms.with_asked(assuming)
        await self._note(work, ticket, changes)
        card = self.forms.card(asking, now)
        said = said_by_bot(ticket.id, as_text(card), now, self.bot_name)
        entry_id = await work.add_entry(said)
        if asking.asked:
            await work.set_timer(self.patience.first(ticket.id, entry_id, now))
        delivery = replace(await to_requester(work, asking, card), entry_id=entry_id)
        return replace(asking, card_id=await work.post(delivery))

    async def _note(self, work: Work, ticket: Ticket, changes: tuple[Change, ...]) -> None:
        for change in changes:
            entry = changed_by_bot(ticket.id, change, self.clock.now(), self.bot_name)
            await work.add_entry(entry)
