"""What is said because of a decision: cards, words and answers to taps, as deliveries.

What to say is decided in `dialogue`. The words are left to `wording`, sending to `outward`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from intake.bot_entries import said_by_bot
from intake.decisions import CardStep, Decision, turns
from intake.dispatch import answering
from intake.forms import Forms, as_text
from intake.ports import Work
from intake.recording import Cause
from intake.speech import Card, Choice, NewDelivery, Operation, Say, Text, Traits
from intake.tickets import Ticket
from intake.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is on a timeline already, and still to be spoken about."""

    cause: Cause
    decision: Decision
    ticket: Ticket | None
    entry_id: int | None  # the message's own
    card_entry_id: int | None  # of a new card


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaking:
    """Posts within the transaction of its cause. `bot_name` signs what nobody in person said."""

    forms: Forms
    wording: Wording
    traits: Mapping[str, Traits]
    bot_name: str

    async def speak(self, work: Work, kept: Kept, *, is_seen: bool) -> None:
        """Where a tap can't be answered at its button, a word below says that it has arrived."""
        for say in kept.decision.says:
            await self._say(work, kept, say)
        is_seen = await self._show_moved(work, kept) or is_seen
        tap_answer = kept.decision.tap_answer
        if tap_answer is None:
            return
        if not self.traits[kept.cause.message.address.channel].repeats:
            await self._answer_tap(work, kept.cause, tap_answer)
        elif not kept.decision.says and not is_seen:
            await self._say(work, kept, tap_answer)

    async def repeat_cards(self, work: Work, kept: Kept) -> bool:
        """Where a card can't change in place, what it still asks is asked again, buttons and all.

        Whether one was. A card that asks nothing any more has no need to.
        """
        asking = [
            (ticket, card)
            for ticket, card in self.shown_anew(kept)
            if self.traits[ticket.address.channel].repeats and ticket.awaits_answers
        ]
        for ticket, card in asking:
            noted = await self._note_bot(work, kept.cause, ticket, as_text(card))
            delivery = answering(kept.cause, ticket, card)
            await work.post(replace(delivery, entry_id=noted))
        return bool(asking)

    def refreshed(self, kept: Kept) -> Iterator[NewDelivery]:
        """The cards that are out show the new state, where a channel can edit them."""
        for ticket, card in self.shown_anew(kept):
            if ticket.card_id is not None and self.traits[ticket.address.channel].edits_cards:
                delivery = answering(kept.cause, ticket, card)
                edit = replace(delivery, address=ticket.address, target_id=ticket.card_id)
                yield replace(edit, operation=Operation.EDIT)

    def shown_anew(self, kept: Kept) -> Iterator[tuple[Ticket, Card]]:
        """Tickets whose card is no longer what it was, and what it is now."""
        ticket, now, leaving = kept.ticket, kept.cause.now, kept.decision.leaves
        is_stale = kept.decision.card is CardStep.REFRESH or turns(kept.decision.changes)
        if ticket is not None and is_stale:
            yield ticket, self.forms.card(ticket, now)
        if ticket is not None and leaving is not None and leaving.is_emptied:
            yield leaving.ticket, self.forms.farewell(leaving.ticket, ticket.id)
        elif leaving is not None and leaving.is_card_stale:
            yield leaving.ticket, self.forms.card(leaving.ticket, now)

    async def send_card(self, work: Work, cause: Cause, ticket: Ticket) -> tuple[Ticket, int]:
        card = self.forms.card(ticket, cause.now)
        entry_id = await self._note_bot(work, cause, ticket, as_text(card))
        delivery = replace(answering(cause, ticket, card), entry_id=entry_id)
        return replace(ticket, card_id=await work.post(delivery)), entry_id

    async def _show_moved(self, work: Work, kept: Kept) -> bool:
        """The message that was tapped changes in place, or a new one says it; whether one did."""
        say, shown = kept.decision.becomes, kept.cause.situation.shown
        if say is None:
            return False
        if shown is None or not self.traits[kept.cause.message.address.channel].edits_cards:
            await self._say(work, kept, say)
            return True
        delivery = answering(kept.cause, kept.ticket, self._text_of(kept, say))
        edit = replace(delivery, operation=Operation.EDIT, target_id=shown)
        await work.replace_waiting_edits([edit])
        return False

    async def _say(self, work: Work, kept: Kept, say: Say) -> None:
        body, ticket = self._text_of(kept, say), kept.ticket
        noted = await self._note_bot(work, kept.cause, ticket, body.text) if ticket else None
        delivery = answering(kept.cause, ticket, body)
        await work.post(replace(delivery, entry_id=noted, language=_language_of(kept)))

    def _text_of(self, kept: Kept, say: Say) -> Text:
        cause, ticket, entry_id = kept.cause, kept.ticket, kept.entry_id
        language = _language_of(kept)
        values = self._values(say, ticket, language, cause.now)
        text = self.wording.say(say.template, language, values)
        placeholders = {"ticket": ticket.id if ticket else "", "entry": entry_id or ""}
        rows = tuple(
            (
                Choice(
                    label=self.wording.say(option.template, language, option.values),
                    data=option.data.format(**placeholders),
                ),
            )
            for option in say.options
        )
        return Text(text=text, choices=rows)

    def _values(
        self, say: Say, ticket: Ticket | None, language: str, now: datetime
    ) -> dict[str, Any]:
        values = dict(say.values)
        if ticket is not None:
            values |= {
                "number": ticket.id,
                "subject": ticket.subject,
                "due": self.forms.due(ticket, now),
                "promised": self.forms.promised(ticket, ticket.language, now),
            }
        if "tickets" in values:
            values["tickets"] = [
                {
                    **line,
                    "status": self.wording.say("status_word", language, line),
                    "due": self.forms.promised(line["ticket"], language, now),
                }
                for line in values["tickets"]
            ]
        return values

    async def _answer_tap(self, work: Work, cause: Cause, say: Say) -> None:
        language = cause.situation.person.language
        text = Text(text=self.wording.say(say.template, language, say.values))
        delivery = NewDelivery(
            address=cause.message.address,
            body=text,
            operation=Operation.ANSWER_TAP,
            target_external_id=cause.message.tap_id,
            language=language,
        )
        await work.post(delivery)

    async def _note_bot(self, work: Work, cause: Cause, ticket: Ticket, text: str) -> int:
        return await work.add_entry(said_by_bot(ticket.id, text, cause.now, self.bot_name))


def _language_of(kept: Kept) -> str:
    spoken_to = kept.decision.person or kept.cause.situation.person
    return kept.ticket.language if kept.ticket else spoken_to.language
