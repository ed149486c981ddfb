"""Carries a decision out within one transaction: people, tickets, timeline, memory, timers.

What to do is decided in `dialogue`; what is said of it is left to `speaking`.
"""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from intake.bot_entries import changed_by_bot
from intake.decisions import CardStep, Decision
from intake.dispatch import moved
from intake.flow.speaking import Kept, Speaking
from intake.forms import Forms
from intake.memory import Owner, Remembered, assume, doubted, learned, memorable
from intake.messages import IncomingFile
from intake.ports import Work
from intake.profile import answers_of
from intake.recalling import Decided, is_in_person, is_newly_about, owner_of, owners_to_recall
from intake.recording import (
    Cause,
    entry_of,
    facts_of,
    facts_of_follower,
    files_beside,
    link_after,
    named_apart,
)
from intake.speech import Traits
from intake.tickets import Author, Change, Entry, EntryKind, NewEntry, Ticket
from intake.timers import NewTimer, Patience
from intake.wording import Wording

Memories = Mapping[Owner, Sequence[Remembered]]


class Effects:
    """Turns decisions into rows. `bot_name` signs what nobody in person said."""

    def __init__(
        self,
        forms: Forms,
        wording: Wording,
        traits: Mapping[str, Traits],
        patience: Patience,
        bot_name: str,
    ) -> None:
        self._forms = forms
        self._patience = patience
        self._bot_name = bot_name
        self._speaking = Speaking(forms=forms, wording=wording, traits=traits, bot_name=bot_name)

    async def carry_out(self, work: Work, decided: Sequence[Decided]) -> None:
        """All of it, or (by the transaction around it) nothing."""
        news = [decision.opens for _, decision in decided if decision.opens is not None]
        opened = iter(await work.open_tickets(news))
        tickets = [
            next(opened) if decision.opens is not None else decision.ticket
            for _, decision in decided
        ]
        known = await work.recall(owners_to_recall(decided, tickets))
        kept = []
        for (cause, decision), ticket in zip(decided, tickets, strict=True):
            await asyncio.sleep(0)  # pages and arrivals have their turn too
            kept.append(await self._keep(work, (cause, decision), ticket, known))
        await work.forget([old for one in kept for old in self._doubted(one)])
        await work.set_timers([timer for one in kept for timer in self._timers(one)])
        await work.replace_waiting_edits(
            [edit for one in kept for edit in self._speaking.refreshed(one)]
        )
        for one in kept:
            repeated = await self._speaking.repeat_cards(work, one)
            await self._speaking.speak(work, one, is_seen=repeated)

    async def _keep(
        self, work: Work, decided: Decided, ticket: Ticket | None, known: Memories
    ) -> Kept:
        """People, timeline, ticket and its card."""
        cause, decision = decided
        await self._know(work, cause, decision)
        if ticket is not None and decision.opens is not None and not decision.asks_nothing:
            ticket = self._forms.with_asked(ticket)
        recalled: tuple[Change, ...] = ()
        if ticket is not None and is_newly_about(decision):
            ticket, recalled = self._assume(cause, ticket, known)
        entry_id, card_entry_id = await self._record(work, cause, decision, ticket), None
        if ticket is not None:
            await self._leave(work, cause, decision, ticket)
            await self._note_shown(work, cause, decision)
            await self._note_changes(work, cause, ticket, recalled)
            await self._remember(work, cause, decision, ticket)
            if decision.card is CardStep.SHOW:
                ticket = moved(cause, decision, ticket)
                ticket, card_entry_id = await self._speaking.send_card(work, cause, ticket)
            if decision.flag:
                ticket = replace(ticket, flag=decision.flag)
            await work.save_ticket(moved(cause, decision, ticket))
        return Kept(
            cause=cause,
            decision=decision,
            ticket=ticket,
            entry_id=entry_id,
            card_entry_id=card_entry_id,
        )

    async def _know(self, work: Work, cause: Cause, decision: Decision) -> None:
        """Of the person and where they write from."""
        address = cause.message.address
        if cause.message.opens_window:
            await work.note_heard(address, cause.message.sent_at)
        if decision.is_reachable is not None:
            await work.set_reachable(address, is_reachable=decision.is_reachable)
        if (link := link_after(cause, decision)) is not None:
            await work.set_link(address, link)
        if decision.failure is not None:
            await work.fail_delivery(decision.failure, cause.now)
        if decision.receipt is not None:
            await work.note_receipt(address, decision.receipt, self._bot_name)
        if decision.person is not None:
            await work.save_person(decision.person)

    def _assume(
        self, cause: Cause, ticket: Ticket, known: Memories
    ) -> tuple[Ticket, tuple[Change, ...]]:
        """What the person has said before, else the directory, where nothing else is said now."""
        catalogue = self._forms.catalogue
        told = answers_of(catalogue, ticket.category, cause.situation.employee)
        said = known.get(owner_of(cause, ticket), ())
        assuming, changes = assume(catalogue, ticket, (*told, *said))
        if not changes:
            return ticket, changes
        renumbered = replace(assuming, numbered=())  # no card has numbered them yet
        return self._forms.with_asked(renumbered), changes

    async def _remember(
        self, work: Work, cause: Cause, decision: Decision, ticket: Ticket
    ) -> None:
        """For later tickets, only what was said by the person, in person."""
        if not is_in_person(cause, decision):
            return
        said = learned(ticket, decision.changes)
        if decision.opens is not None:
            said |= decision.opens.answers
        catalogue, owner = self._forms.catalogue, owner_of(cause, ticket)
        if news := memorable(catalogue, ticket.category, said):
            await work.remember(owner, news, cause.now)

    def _doubted(self, kept: Kept) -> Sequence[tuple[Owner, Remembered]]:
        """What is no longer so, as the person says."""
        cause, ticket = kept.cause, kept.ticket
        if ticket is None or not is_in_person(cause, kept.decision):
            return ()
        owner, over = owner_of(cause, ticket), doubted(kept.decision.changes)
        old = memorable(self._forms.catalogue, ticket.category, over)
        return [(owner, one) for one in (*old, *self._taken_along(kept))]

    def _taken_along(self, kept: Kept) -> Sequence[Remembered]:
        """What a message gave to the ticket that it leaves was never about that."""
        leaving, before = kept.decision.leaves, kept.cause.situation.named_ticket
        if leaving is None or before is None or kept.ticket is None:
            return ()
        catalogue, now = self._forms.catalogue, kept.ticket
        here = memorable(catalogue, now.category, now.answers)
        lost = memorable(catalogue, before.category, leaving.lost)
        return [one for one in lost if one not in here]

    async def _leave(self, work: Work, cause: Cause, decision: Decision, ticket: Ticket) -> None:
        """The ticket that the message was with, as it has become."""
        if decision.leaves is None:
            return
        left = decision.leaves.ticket
        gone = Change(what="moved_to", after=str(ticket.id))
        await self._note_said(work, cause, left, (gone, *decision.leaves.changes))
        came = Change(what="moved_from", after=str(left.id))
        await self._note_said(work, cause, ticket, (came,))
        await work.save_ticket(left)

    async def _note_shown(self, work: Work, cause: Cause, decision: Decision) -> None:
        last = cause.situation.last_entry
        if decision.shown_before and last is not None:
            await work.note_facts(last.id, {**last.facts, "shows": decision.shown_before})

    async def _note_changes(
        self, work: Work, cause: Cause, ticket: Ticket, changes: Sequence[Change]
    ) -> None:
        for change in changes:
            await work.add_entry(changed_by_bot(ticket.id, change, cause.now, self._bot_name))

    async def _record(
        self, work: Work, cause: Cause, decision: Decision, ticket: Ticket | None
    ) -> int | None:
        """The message and the changes on the timeline; returns the message's entry."""
        message, known = cause.message, cause.situation.known_entry
        if decision.extends_entry is not None and known is not None:
            await self._add_files(work, known, message.files)
        if decision.rewrites_entry is not None and known is not None:
            await work.edit_entry(decision.rewrites_entry, message.text, cause.now)
            await self._add_files(work, known, files_beside(known, message.files))
        if decision.erases_entry is not None:
            await work.erase_entry(decision.erases_entry, cause.now, decision.forgets)
        if ticket is None:
            return None
        changed = decision.rewrites_entry or decision.erases_entry or decision.moves_entry
        if changed is not None:
            await work.note_facts(changed, facts_of(cause, decision))
        if decision.moves_entry is not None:
            await work.move_entry(decision.moves_entry, ticket.id)
            await self._bring_followers(work, cause, decision, ticket)
        entry_id = decision.moves_entry
        if decision.keeps_message:
            entry_id = await work.add_entry(entry_of(cause, decision, ticket))
        await self._note_said(work, cause, ticket, decision.changes)
        return entry_id

    async def _bring_followers(
        self, work: Work, cause: Cause, decision: Decision, ticket: Ticket
    ) -> None:
        for one in cause.situation.followers:
            await work.move_entry(one.id, ticket.id)
            await work.note_facts(one.id, facts_of_follower(one, decision))

    async def _add_files(self, work: Work, known: Entry, files: Sequence[IncomingFile]) -> None:
        """Beside those that its message has brought before."""
        if files:
            taken = [file.name for file in known.files]
            await work.add_files(known.id, named_apart(files, taken))

    async def _note_said(
        self, work: Work, cause: Cause, ticket: Ticket, changes: Sequence[Change]
    ) -> None:
        """Changes that the person has caused, whose ticket it may not be."""
        person = cause.situation.person
        author = Author.REQUESTER if person.id == ticket.person_id else Author.OTHER
        for change in changes:
            await work.add_entry(
                NewEntry(
                    ticket_id=ticket.id,
                    kind=EntryKind.CHANGE,
                    author=author,
                    author_name=person.name,
                    at=cause.now,
                    change=change,
                    external_id=cause.message.external_id,
                    envelope_id=cause.envelope_id,
                )
            )

    def _timers(self, kept: Kept) -> Iterator[NewTimer]:
        """How long we wait for what a card asks."""
        ticket, now = kept.ticket, kept.cause.now
        if ticket is not None and ticket.asked and kept.card_entry_id is not None:
            yield self._patience.first(ticket.id, kept.card_entry_id, now)
        for changed, _ in self._speaking.shown_anew(kept):
            if changed.asked and changed.status.is_live:
                yield self._patience.last(changed.id, now)
