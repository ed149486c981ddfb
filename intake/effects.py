"""Carries a decision out within one transaction: rows, timeline, deliveries.

What to do is decided in `dialogue`; what the words are is left to `wording`.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from intake.decisions import CardStep, Decision
from intake.forms import Forms, as_text
from intake.memory import Owner, Remembered, assume, doubted, learned, memorable
from intake.messages import Address, AutomaticKind, IncomingFile, Message, MessageKind
from intake.ports import Situation, Work
from intake.speech import Card, Choice, NewDelivery, Operation, Say, Text, Traits
from intake.tickets import Author, Change, EntryKind, NewEntry, Ticket
from intake.timers import NewTimer, Patience
from intake.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """The message at work, and where it came from."""

    message: Message
    situation: Situation
    envelope_id: int
    now: datetime


Decided = tuple[Cause, Decision]
Memories = Mapping[Owner, Sequence[Remembered]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is on a timeline already, and still to be spoken about."""

    cause: Cause
    decision: Decision
    ticket: Ticket | None
    entry_id: int | None  # the message's own
    card_entry_id: int | None  # of a new card


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
        self._wording = wording
        self._traits = traits
        self._patience = patience
        self._bot_name = bot_name

    async def carry_out(self, work: Work, decided: Sequence[Decided]) -> None:
        """All of it, or (by the transaction around it) nothing."""
        news = [decision.opens for _, decision in decided if decision.opens is not None]
        opened = iter(await work.open_tickets(news))
        tickets = [
            next(opened) if decision.opens is not None else decision.ticket
            for _, decision in decided
        ]
        known = await work.recall(_owners_to_recall(decided, tickets))
        kept = []
        for (cause, decision), ticket in zip(decided, tickets, strict=True):
            await asyncio.sleep(0)  # pages and arrivals have their turn too
            kept.append(await self._keep(work, (cause, decision), ticket, known))
        await work.forget([old for one in kept for old in self._doubted(one)])
        await work.set_timers([timer for one in kept for timer in self._timers(one)])
        await work.replace_waiting_edits([edit for one in kept for edit in self._refreshed(one)])
        for one in kept:
            await self._speak(work, one)

    async def _keep(
        self, work: Work, decided: Decided, ticket: Ticket | None, known: Memories
    ) -> Kept:
        """People, timeline, ticket and its card."""
        cause, decision = decided
        if decision.is_reachable is not None:
            address = cause.message.address
            await work.set_reachable(address, is_reachable=decision.is_reachable)
        if decision.person is not None:
            await work.save_person(decision.person)
        if ticket is not None and decision.opens is not None and not decision.asks_nothing:
            ticket = self._forms.with_asked(ticket)
        recalled: tuple[Change, ...] = ()
        if ticket is not None and _may_recall(cause, decision):
            ticket, recalled = self._assume(ticket, known[_owner(cause, ticket)])
        entry_id, card_entry_id = await self._record(work, cause, decision, ticket), None
        if ticket is not None:
            await self._note_changes(work, cause, ticket, recalled)
            await self._remember(work, cause, decision, ticket)
            if decision.card is CardStep.SHOW:
                ticket, card_entry_id = await self._send_card(work, cause, ticket)
            ticket = replace(ticket, flag=decision.flag or ticket.flag)
            ticket = await work.save_ticket(ticket)
        return Kept(
            cause=cause,
            decision=decision,
            ticket=ticket,
            entry_id=entry_id,
            card_entry_id=card_entry_id,
        )

    async def _speak(self, work: Work, kept: Kept) -> None:
        for say in kept.decision.says:
            await self._say(work, kept, say)
        if kept.decision.tap_answer is not None:
            await self._answer_tap(work, kept.cause, kept.decision.tap_answer)

    def _assume(
        self, ticket: Ticket, memory: Sequence[Remembered]
    ) -> tuple[Ticket, tuple[Change, ...]]:
        """What the same person has said before, where nothing else is said now."""
        assuming, changes = assume(self._forms.catalogue, ticket, memory)
        return (self._forms.with_asked(assuming) if changes else ticket), changes

    async def _remember(
        self, work: Work, cause: Cause, decision: Decision, ticket: Ticket
    ) -> None:
        """For later tickets, only what was said by the person, in person."""
        if not _is_in_person(cause, decision):
            return
        said = learned(ticket, decision.changes)
        if decision.opens is not None:
            said |= decision.opens.answers
        catalogue, owner = self._forms.catalogue, _owner(cause, ticket)
        if news := memorable(catalogue, ticket.category, said):
            await work.remember(owner, news, cause.now)

    def _doubted(self, kept: Kept) -> Sequence[tuple[Owner, Remembered]]:
        """What is no longer so, as the person says."""
        cause, ticket = kept.cause, kept.ticket
        if ticket is None or not _is_in_person(cause, kept.decision):
            return ()
        over = dict.fromkeys(doubted(kept.decision.changes), "")
        owner = _owner(cause, ticket)
        return [(owner, one) for one in memorable(self._forms.catalogue, ticket.category, over)]

    async def _note_changes(
        self, work: Work, cause: Cause, ticket: Ticket, changes: Sequence[Change]
    ) -> None:
        for change in changes:
            await work.add_entry(
                NewEntry(
                    ticket_id=ticket.id,
                    kind=EntryKind.CHANGE,
                    author=Author.BOT,
                    author_name=self._bot_name,
                    at=cause.now,
                    change=change,
                )
            )

    async def _record(
        self, work: Work, cause: Cause, decision: Decision, ticket: Ticket | None
    ) -> int | None:
        """The message and the changes on the timeline; returns the message's entry."""
        message = cause.message
        if decision.extends_entry is not None:
            known = cause.situation.known_entry
            taken = [file.name for file in known.files] if known else []
            await work.add_files(decision.extends_entry, _named_apart(message.files, taken))
        if decision.rewrites_entry is not None:
            await work.edit_entry(decision.rewrites_entry, message.text, cause.now)
        if ticket is None:
            return None
        if decision.moves_entry is not None:
            await work.move_entry(decision.moves_entry, ticket.id)
        entry_id = None
        if decision.keeps_message:
            entry_id = await work.add_entry(_entry(cause, decision, ticket))
        for change in decision.changes:
            await work.add_entry(
                NewEntry(
                    ticket_id=ticket.id,
                    kind=EntryKind.CHANGE,
                    author=Author.REQUESTER,
                    author_name=cause.situation.person.name,
                    at=cause.now,
                    change=change,
                )
            )
        return entry_id

    def _timers(self, kept: Kept) -> Sequence[NewTimer]:
        """How long we wait for what a card asks."""
        ticket, now = kept.ticket, kept.cause.now
        if ticket is None or not ticket.asked:
            return ()
        if kept.card_entry_id is not None:
            return (self._patience.first(ticket.id, kept.card_entry_id, now),)
        if kept.decision.card is CardStep.REFRESH:
            return (self._patience.last(ticket.id, now),)
        return ()

    def _refreshed(self, kept: Kept) -> Sequence[NewDelivery]:
        """The card that is out shows the new state, where a channel can edit it."""
        ticket, cause = kept.ticket, kept.cause
        if kept.decision.card is not CardStep.REFRESH or ticket is None or ticket.card_id is None:
            return ()
        if not self._traits[ticket.address.channel].edits_cards:
            return ()
        delivery = self._delivery(cause, ticket, self._forms.card(ticket, cause.now))
        return (replace(delivery, operation=Operation.EDIT, target_id=ticket.card_id),)

    async def _send_card(self, work: Work, cause: Cause, ticket: Ticket) -> tuple[Ticket, int]:
        card = self._forms.card(ticket, cause.now)
        entry_id = await self._note_bot(work, cause, ticket, as_text(card))
        delivery = replace(self._delivery(cause, ticket, card), entry_id=entry_id)
        return replace(ticket, card_id=await work.post(delivery)), entry_id

    async def _say(self, work: Work, kept: Kept, say: Say) -> None:
        cause, ticket, entry_id = kept.cause, kept.ticket, kept.entry_id
        language = self._language(cause, ticket)
        values = self._values(say, ticket, language, cause.now)
        text = self._wording.say(say.template, language, values)
        placeholders = {"ticket": ticket.id if ticket else "", "entry": entry_id or ""}
        rows = tuple(
            (
                Choice(
                    label=self._wording.say(option.template, language, option.values),
                    data=option.data.format(**placeholders),
                ),
            )
            for option in say.options
        )
        noted = await self._note_bot(work, cause, ticket, text) if ticket else None
        delivery = self._delivery(cause, ticket, Text(text=text, choices=rows))
        await work.post(replace(delivery, entry_id=noted))

    def _values(
        self, say: Say, ticket: Ticket | None, language: str, now: datetime
    ) -> dict[str, Any]:
        values = dict(say.values)
        if ticket is not None:
            values |= {
                "number": ticket.id,
                "subject": ticket.subject,
                "due": self._forms.due(ticket, now),
                "promised": self._forms.promised(ticket, ticket.language, now),
            }
        if "tickets" in values:
            values["tickets"] = [
                {
                    **line,
                    "status": self._wording.say("status_word", language, line),
                    "due": self._forms.promised(line["ticket"], language, now),
                }
                for line in values["tickets"]
            ]
        return values

    async def _answer_tap(self, work: Work, cause: Cause, say: Say) -> None:
        language = self._language(cause, None)
        text = Text(text=self._wording.say(say.template, language, say.values))
        delivery = NewDelivery(
            address=cause.message.address,
            body=text,
            operation=Operation.ANSWER_TAP,
            target_external_id=cause.message.tap_id,
            language=language,
        )
        await work.post(delivery)

    async def _note_bot(self, work: Work, cause: Cause, ticket: Ticket, text: str) -> int:
        return await work.add_entry(
            NewEntry(
                ticket_id=ticket.id,
                kind=EntryKind.MESSAGE,
                author=Author.BOT,
                author_name=self._bot_name,
                at=cause.now,
                text=text,
            )
        )

    def _language(self, cause: Cause, ticket: Ticket | None) -> str:
        return ticket.language if ticket else cause.situation.person.language

    def _delivery(self, cause: Cause, ticket: Ticket | None, body: Text | Card) -> NewDelivery:
        message = cause.message
        language = self._language(cause, ticket)
        return NewDelivery(
            address=_answered_at(message, ticket),
            body=body,
            ticket_id=ticket.id if ticket else None,
            subject=message.subject or (ticket.subject if ticket else ""),
            quoted_id=message.external_id,
            thread=message.thread,
            language=language,
        )


def _owners_to_recall(
    decided: Sequence[Decided], tickets: Sequence[Ticket | None]
) -> Sequence[Owner]:
    placed = zip(decided, tickets, strict=True)
    return [
        _owner(cause, ticket)
        for (cause, decision), ticket in placed
        if ticket is not None and _may_recall(cause, decision)
    ]


def _may_recall(cause: Cause, decision: Decision) -> bool:
    return _is_newly_about(decision) and not cause.situation.is_first_contact


def _is_in_person(cause: Cause, decision: Decision) -> bool:
    is_own = decision.author is Author.REQUESTER
    return is_own and cause.message.automatic is AutomaticKind.NO


def _is_newly_about(decision: Decision) -> bool:
    """Whether it is known only now what the ticket is about."""
    if decision.opens is not None:
        return decision.opens.category is not None and not decision.asks_nothing
    return any(change.what == "category" for change in decision.changes)


def _owner(cause: Cause, ticket: Ticket) -> Owner:
    """A form page tells no name: whoever the link was sent to fills it in.

    A mail without a name may be of anybody who shares its address.
    """
    message = cause.message
    unnamed = ticket.requester if message.kind is MessageKind.FORM else message.sender.known_as
    return Owner.of(ticket.person_id, message.sender.name or unnamed)


def _answered_at(message: Message, ticket: Ticket | None) -> Address:
    """Where the message came from; a form page takes no messages, its ticket's channel does."""
    if message.kind is MessageKind.FORM and ticket is not None:
        return ticket.address
    return message.address


def _entry(cause: Cause, decision: Decision, ticket: Ticket) -> NewEntry:
    message = cause.message
    facts = dict(message.facts)
    if message.kind is MessageKind.UNSUPPORTED:
        facts["unsupported"] = message.platform_kind
    for name in ("flag", "besides", "shows"):
        if told := getattr(decision, name):
            facts[name] = told
    return NewEntry(
        ticket_id=ticket.id,
        kind=EntryKind.MESSAGE,
        author=decision.author,
        author_name=message.sender.name or cause.situation.person.name,
        at=message.sent_at,
        text=message.text,
        full_text=message.full_text,
        address=message.address,
        external_id=message.external_id,
        thread=message.thread,
        album=message.album,
        files=message.files,
        stored_files=message.uploads,
        envelope_id=cause.envelope_id,
        automatic=message.automatic,
        original=message.original,
        facts=facts,
    )


def _named_apart(files: Iterable[IncomingFile], taken: Iterable[str]) -> list[IncomingFile]:
    """Photos of one album are named alike by their minute: later ones are numbered."""
    names, result = set(taken), []
    for file in files:
        name, path, count = file.name, PurePosixPath(file.name), 1
        while name in names:
            count += 1
            name = f"{path.stem}-{count}{path.suffix}"
        names.add(name)
        result.append(replace(file, name=name))
    return result
