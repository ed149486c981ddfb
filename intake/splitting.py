"""The second trouble of a message becomes a ticket of its own, and its person hears of it.

Where it stands is found by `second_troubles`; who may split, and the marks on both timelines, are
left to `service`.
"""

from dataclasses import dataclass, replace

from intake.bot_entries import said_by_bot
from intake.errors import NotFound
from intake.forms import Forms, as_text
from intake.headlines import PREVIEW_LENGTH, SUBJECT_LENGTH, cut
from intake.ports import Clock, Work
from intake.signs.second_troubles import first_of
from intake.speech import NewDelivery
from intake.tickets import Author, Entry, EntryKind, Kind, NewEntry, NewTicket, Ticket
from intake.timers import Patience
from intake.understanding import Reader
from intake.wording import Wording

PARTED = "parted"  # at the message: the number of its second trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class Splitting:
    """Opens the second ticket with its words, and sends its card. `bot_name` signs the card."""

    forms: Forms
    reader: Reader
    wording: Wording
    patience: Patience
    clock: Clock
    bot_name: str

    async def open_second(self, work: Work, ticket: Ticket, entry: Entry) -> Ticket:
        """Raises NotFound where the entry tells of one trouble only, or of another ticket's."""
        words = entry.facts.get("besides", "")
        if entry.ticket_id != ticket.id or not words:
            raise NotFound("no_entry")
        new, besides = self._new(ticket, entry, words)
        [opened] = await work.open_tickets([new])
        told = NewEntry(
            ticket_id=opened.id,
            kind=EntryKind.MESSAGE,
            author=Author.REQUESTER,
            author_name=entry.author_name,
            at=entry.at,
            text=words,
            facts={"besides": besides} if besides else {},
        )
        await work.add_entry(told)
        if opened.is_held:
            return opened
        return await self._send_card(work, self.forms.with_asked(opened), entry)

    def _new(self, ticket: Ticket, entry: Entry, words: str) -> tuple[NewTicket, str]:
        """And the words of a third trouble, if there is one."""
        now = entry.at.astimezone(self.patience.hours.zone)
        whole = self.reader.understand(words, hint_language=ticket.language, now=now)
        understood, besides = first_of(self.reader, words, whole, now)
        category = understood.category
        catalogue = self.forms.catalogue
        new = NewTicket(
            person_id=ticket.person_id,
            requester=ticket.requester,
            address=ticket.address,
            language=ticket.language,
            subject=cut(words, SUBJECT_LENGTH),
            kind=Kind(catalogue.categories[category].kind) if category else Kind.INCIDENT,
            category=category,
            answers=catalogue.known(category, understood.answers) if category else {},
            preview=cut(words, PREVIEW_LENGTH),
            opened_at=self.clock.now(),
            is_held=ticket.is_held,
        )
        return new, besides

    async def _send_card(self, work: Work, ticket: Ticket, entry: Entry) -> Ticket:
        """The new ticket's own card, which first says why there is one."""
        now = self.clock.now()
        card = self.forms.card(ticket, now)
        values = {
            "words": ticket.subject,
            "number": ticket.id,
            "due": self.forms.due(ticket, now),
        }
        card = replace(card, intro=self.wording.say("split", ticket.language, values))
        said = said_by_bot(ticket.id, as_text(card), now, self.bot_name)
        entry_id = await work.add_entry(said)
        delivery = NewDelivery(
            address=ticket.address,
            body=card,
            ticket_id=ticket.id,
            entry_id=entry_id,
            subject=ticket.subject,
            quoted_id=entry.external_id,
            thread=await work.thread_of(entry.id),
            language=ticket.language,
        )
        if ticket.asked:
            await work.set_timer(self.patience.first(ticket.id, entry_id, now))
        return await work.save_ticket(replace(ticket, card_id=await work.post(delivery)))
