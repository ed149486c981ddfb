"""What agents and channels ask of the core, one method an intention, one commit each.

Every method checks `access` first, records a change on the timeline, and raises the errors of
`intake.errors`. How it looks is left to `inbox`, how it is sent to `outward`.
"""

from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass, replace

from intake.access import require_agent
from intake.agent_words import Asking, Reply, checked, once_of
from intake.approving import LET_IN, Approving
from intake.bot_entries import said_by_bot
from intake.dispatch import answering_of, chosen, edit_card, to_requester
from intake.errors import Conflict, Invalid
from intake.forms import Forms, as_text
from intake.inquiry import to_ask
from intake.messages import Envelope
from intake.origins import Origin, placed
from intake.people import Agent
from intake.ports import Bell, Clock, Journal, Store, Work
from intake.sessions import Agents
from intake.speech import Card, Speech, Text, Traits
from intake.splitting import PARTED, Splitting
from intake.terms import Reaching, State
from intake.tickets import Ask, Author, Change, EntryKind, NewEntry, Priority, Status, Ticket
from intake.timers import Patience
from intake.undelivered import FILE, tried_again
from intake.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """The verbs of the desk. `bot_name` signs what nobody in person said."""

    journal: Journal
    store: Store
    agents: Agents
    forms: Forms
    wording: Wording
    traits: Mapping[str, Traits]
    reaching: Reaching
    patience: Patience
    splitting: Splitting
    approving: Approving
    clock: Clock
    bell: Bell
    bot_name: str

    def accept(self, envelopes: Sequence[Envelope]) -> Awaitable[int]:
        """Make arrivals durable; only then may a channel acknowledge. Raises Unavailable."""
        return self.journal.accept(envelopes)

    async def reply(self, agent: Agent, number: int, reply: Reply) -> None:
        """Answer the requester by one of their handles. The same form adds nothing.

        Raises Conflict where that handle is not theirs, or takes no answers now.
        """
        require_agent(agent)
        words = checked(reply.text, may_be_empty=bool(reply.files))
        uploads = tuple(file.id for file in reply.files)
        async with self.store.work() as work:
            ticket = await work.ticket(number)
            entry = self._entry(agent, ticket, words)
            once = once_of(reply.once, entry, words, *(file.sha256 for file in reply.files))
            entry = placed(replace(entry, stored_files=uploads, once=once), reply.origin)
            try:
                entry_id = await work.add_entry(entry)
            except Conflict:
                return  # the same form, sent twice
            ticket = await self._turned(work, agent, ticket, reply.handle_id)
            body = Text(text=words, signature=agent.name, files=uploads)
            await self._post(work, ticket, body, entry_id)
            status = Status.SOLVED if reply.solves else _after_reply(ticket.status)
            await self._save(work, agent, self._answered(ticket, words), status)

    async def ask(self, agent: Agent, number: int, asking: Asking) -> None:
        """Send a card for just these fields, in the agent's name, in place of an earlier one.

        Raises Conflict where its handle is not theirs, or takes no answers now.
        """
        require_agent(agent)
        words = checked(asking.words, may_be_empty=True)
        async with self.store.work() as work:
            ticket = await work.ticket(number)
            asked = to_ask(self.forms, ticket, asking.fields, asking.given_up)
            ask = Ask(agent=agent.name, words=words)
            card = self.forms.card(_asking(ticket, asked, ask), self.clock.now())
            entry = self._entry(agent, ticket, as_text(card))
            entry = replace(entry, once=once_of(asking.once, entry, words, *sorted(asking.fields)))
            try:
                entry_id = await work.add_entry(entry)
            except Conflict:
                return
            turned = await self._turned(work, agent, ticket, asking.handle_id)
            asking_now = _asking(turned, asked, ask)
            card = self.forms.card(asking_now, self.clock.now())  # as it is there
            card_id = await self._post_card(work, turned, card, entry_id)
            asking_now = self._answered(replace(asking_now, card_id=card_id), words)
            await self._save(work, agent, asking_now, Status.PENDING)

    async def note(
        self, agent: Agent, number: int, text: str, *, once: str, origin: Origin | None = None
    ) -> None:
        """Keep words for agents only."""
        require_agent(agent)
        words = checked(text, may_be_empty=False)
        async with self.store.work() as work:
            ticket = await work.ticket(number)
            entry = replace(self._entry(agent, ticket, words), kind=EntryKind.NOTE)
            try:
                keyed = replace(entry, once=once_of(once, entry, words))
                await work.add_entry(placed(keyed, origin))
            except Conflict:
                return
            await work.save_ticket(replace(ticket, updated_at=self.clock.now()))

    async def take(self, agent: Agent, number: int) -> None:
        """Make the ticket one's own. Raises Conflict when somebody else has it."""
        require_agent(agent)
        async with self.store.work() as work:
            ticket = await work.ticket(number)
            if ticket.assignee_id not in (None, agent.id):
                raise Conflict("taken", name=ticket.assignee)
            await self._assign(work, agent, ticket, agent)

    async def assign(self, agent: Agent, number: int, assignee_id: int | None) -> None:
        """Give the ticket to a colleague, or to nobody."""
        require_agent(agent)
        assignee = await self.agents.agent(assignee_id) if assignee_id is not None else None
        if assignee is not None and not assignee.is_active:
            raise Invalid("assignee_inactive", name=assignee.name)
        async with self.store.work() as work:
            await self._assign(work, agent, await work.ticket(number), assignee)

    async def set_status(self, agent: Agent, number: int, status: Status) -> None:
        """Move the ticket on; the requester hears of it when it is solved."""
        require_agent(agent)
        async with self.store.work() as work:
            ticket = await work.ticket(number)
            if status is Status.SOLVED and ticket.status.is_live:
                await self._say_solved(work, ticket)
            await self._save(work, agent, ticket, status)

    async def set_priority(self, agent: Agent, number: int, priority: Priority) -> None:
        """Say how soon the ticket's turn is."""
        require_agent(agent)
        async with self.store.work() as work:
            ticket = await work.ticket(number)
            if priority is ticket.priority:
                return
            change = Change(what="priority", before=ticket.priority, after=priority)
            await self._change(work, agent, ticket, change)
            await work.save_ticket(replace(ticket, priority=priority, updated_at=self.clock.now()))

    async def split(self, agent: Agent, number: int, entry_id: int) -> int:
        """Make a ticket of the second trouble that a message tells of; returns its number.

        A message that has been split already stays so: then it is `number` itself.
        """
        require_agent(agent)
        try:
            async with self.store.work() as work:
                ticket, entry = await work.ticket(number), await work.entry(entry_id)
                new = await self.splitting.open_second(work, ticket, entry)
                part = replace(self._entry(agent, ticket, ""), kind=EntryKind.CHANGE)
                off = Change(what="split_off", after=str(new.id))
                await work.add_entry(replace(part, change=off, once=f"split-{entry_id}"))
                back = Change(what="split_from", after=str(number))
                await work.add_entry(replace(part, ticket_id=new.id, change=back))
                await work.note_facts(entry_id, {**entry.facts, PARTED: str(new.id)})
                return new.id
        except Conflict:
            return number

    async def approve(self, agent: Agent, number: int) -> None:
        """Let the ticket's person in: what is held of theirs gets its card, and so will all later.

        Whoever is let in already stays so.
        """
        require_agent(agent)
        async with self.store.work() as work:
            ticket = await work.ticket(number)
            await work.approve(ticket.person_id, agent.name, self.clock.now())
            entry = replace(self._entry(agent, ticket, ""), kind=EntryKind.CHANGE)
            noted = replace(entry, change=Change(what=LET_IN, after=ticket.requester))
            await self.approving.release(work, ticket.person_id, noted)

    async def retry_delivery(self, agent: Agent, delivery_id: int) -> int:
        """Send again what failed or perhaps was not delivered; returns its ticket.

        Raises Conflict where its address is no longer the person's.
        """
        require_agent(agent)
        async with self.store.work() as work:
            number, address = await work.place_of_delivery(delivery_id)
            ticket = await work.ticket(number)
            handles = await work.handles(ticket.person_id)
            chosen(replace(ticket, address=address), handles, None)
            await work.retry_delivery(delivery_id, self.clock.now())
            await self._change(work, agent, ticket, Change(what="sent_again"))
            lacks_file = await work.lacks_file(number)
            await work.save_ticket(tried_again(ticket, lacks_file=lacks_file))
            return number

    async def send_elsewhere(self, agent: Agent, delivery_id: int, handle_id: int) -> int:
        """Send what did not arrive by another handle of its requester; returns its ticket.

        The same message goes, so that it never goes twice.
        """
        require_agent(agent)
        async with self.store.work() as work:
            number, _ = await work.place_of_delivery(delivery_id)
            ticket = await work.ticket(number)
            turned = await self._turned(work, agent, ticket, handle_id)
            if ticket.card_id == delivery_id:  # it goes along, and asks on
                turned = replace(
                    turned, card_id=ticket.card_id, asked=ticket.asked, ask=ticket.ask
                )
            answering = await answering_of(work, turned)
            await work.redirect_delivery(delivery_id, answering, self.clock.now())
            lacks_file = await work.lacks_file(number)
            sent = replace(turned, waits_for_agent=False, updated_at=self.clock.now())
            await work.save_ticket(tried_again(sent, lacks_file=lacks_file))
            return number

    async def retry_file(self, agent: Agent, file_id: int) -> int:
        """Fetch again what could not be fetched; returns its ticket."""
        require_agent(agent)
        async with self.store.work() as work:
            number = await work.retry_file(file_id)
            ticket = await work.ticket(number)
            await self._change(work, agent, ticket, Change(what="fetched_again"))
            if ticket.undelivered == FILE:
                ticket = tried_again(ticket, lacks_file=await work.lacks_file(number))
            await work.save_ticket(ticket)
            return number

    async def requeue(self, agent: Agent, envelope_id: int) -> None:
        """Receive an envelope again that was quarantined or dismissed, on this agent's word."""
        require_agent(agent)
        async with self.store.work() as work:
            await work.requeue_envelope(envelope_id, agent.name)

    async def dismiss(self, agent: Agent, envelope_id: int) -> None:
        """A quarantined envelope needs nobody any more; who said so is kept with it."""
        require_agent(agent)
        async with self.store.work() as work:
            await work.dismiss_envelope(envelope_id, agent.name, self.clock.now())

    async def _turned(
        self, work: Work, agent: Agent, ticket: Ticket, handle_id: int | None
    ) -> Ticket:
        """The ticket as it is answered by this handle; a card that waits elsewhere is given up."""
        now = self.clock.now()
        handle = chosen(ticket, await work.handles(ticket.person_id), handle_id)
        if self.reaching.of(handle, now).state is State.CLOSED:
            raise Conflict("takes_no_answers")
        if handle.address == ticket.address:
            return ticket
        turned = replace(ticket, asked=(), ask=None)
        if ticket.asked and self.traits[ticket.address.channel].edits_cards:
            await edit_card(work, turned, self.forms.summary(turned, now))
        before, after = ticket.address.channel, handle.address.channel
        await self._change(work, agent, ticket, Change(what="by", before=before, after=after))
        return replace(turned, address=handle.address, card_id=None)

    async def _assign(
        self, work: Work, agent: Agent, ticket: Ticket, assignee: Agent | None
    ) -> None:
        assignee_id = assignee.id if assignee else None
        if ticket.assignee_id == assignee_id:
            return
        name = assignee.name if assignee else ""
        change = Change(what="assignee", before=ticket.assignee, after=name)
        await self._change(work, agent, ticket, change)
        assigned = replace(ticket, assignee_id=assignee_id, assignee=name)
        status = Status.OPEN if ticket.status is Status.NEW and assignee else ticket.status
        await self._save(work, agent, assigned, status)

    async def _save(self, work: Work, agent: Agent, ticket: Ticket, status: Status) -> None:
        if status is not ticket.status:
            change = Change.of_status(ticket.status, status)
            await self._change(work, agent, ticket, change)
        moved = replace(ticket, status=status, updated_at=self.clock.now())
        if not status.is_live:
            # Whoever settles it has seen it, and owes no answer.
            moved = replace(moved, undelivered="", waits_for_agent=False)
        await work.save_ticket(moved)
        edits = self.traits[ticket.address.channel].edits_cards
        if edits and status.is_live != ticket.status.is_live:
            await edit_card(work, moved, self.forms.card(moved, self.clock.now()))

    async def _change(self, work: Work, agent: Agent, ticket: Ticket, change: Change) -> None:
        entry = replace(self._entry(agent, ticket, ""), kind=EntryKind.CHANGE, change=change)
        await work.add_entry(entry)

    def _entry(self, agent: Agent, ticket: Ticket, text: str) -> NewEntry:
        return NewEntry(
            ticket_id=ticket.id,
            kind=EntryKind.MESSAGE,
            author=Author.AGENT,
            author_name=agent.name,
            agent_id=agent.id,
            at=self.clock.now(),
            text=text,
        )

    def _answered(self, ticket: Ticket, words: str) -> Ticket:
        return replace(
            ticket,
            waits_for_agent=False,
            undelivered="",
            first_response_at=ticket.first_response_at or self.clock.now(),
            preview=" ".join(words.split())[:140] or ticket.preview,
        )

    async def _post(self, work: Work, ticket: Ticket, body: Speech, entry_id: int) -> int:
        """In person: nothing of it is the bot's."""
        delivery = await to_requester(work, ticket, body)
        return await work.post(replace(delivery, entry_id=entry_id, is_automatic=False))

    async def _post_card(self, work: Work, ticket: Ticket, card: Card, entry_id: int) -> int:
        """One card at a time: the one before is set aside where the channel can."""
        now = self.clock.now()
        if self.traits[ticket.address.channel].edits_cards:
            await edit_card(work, ticket, self.forms.set_aside(ticket, now))
        if not await work.set_timer(self.patience.first(ticket.id, entry_id, now)):
            await work.set_timer(self.patience.last(ticket.id, now))
        return await self._post(work, ticket, card, entry_id)

    async def _say_solved(self, work: Work, ticket: Ticket) -> None:
        values = {"number": ticket.id, "subject": ticket.subject}
        text = self.wording.say("solved", ticket.language, values)
        entry = said_by_bot(ticket.id, text, self.clock.now(), self.bot_name)
        entry_id = await work.add_entry(entry)
        delivery = await to_requester(work, ticket, Text(text=text))
        await work.post(replace(delivery, entry_id=entry_id))


def _asking(ticket: Ticket, fields: tuple[str, ...], ask: Ask) -> Ticket:
    declined = ticket.declined - set(fields)
    return replace(ticket, asked=fields, numbered=fields, declined=declined, ask=ask)


def _after_reply(status: Status) -> Status:
    return Status.OPEN if status is Status.NEW else status
