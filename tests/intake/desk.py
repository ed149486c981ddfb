"""A desk without a database: rows in lists, and the core's own way in over them."""

import pickle
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from intake.approving import Approving
from intake.dialogue import Dialogue
from intake.errors import NotFound
from intake.flow.deciding import Deciding
from intake.flow.effects import Effects
from intake.flow.inward import Inward
from intake.flow.ringing import Ringing
from intake.messages import Envelope
from intake.service import Service
from intake.speech import Operation
from intake.splitting import Splitting
from intake.tickets import Entry, Status, StoredFile, Ticket
from intake.timers import Timer
from intake.wording import Wording
from tests.intake.cast import FORMS, NOW, PATIENCE, REACHING, READER, TRAITS
from tests.intake.rows import Rows

WORDING = Wording(ZoneInfo("Europe/Kyiv"))


async def at_once(_seconds):
    """Nobody else is here who would like a turn."""


class Desk:
    """Store, unit of work and clock in one; nothing here waits, so nothing needs a loop."""

    def __init__(self):
        self.rows, self.moment = Rows(), NOW
        self.restart()

    def restart(self):
        self.rows = pickle.loads(pickle.dumps(self.rows))  # noqa: S301 - our own rows
        self.inward = Inward(
            store=self,
            translators={"telegram": unpacked, "portal": unpacked},
            deciding=Deciding(dialogue=Dialogue(FORMS, READER, TRAITS), rest=at_once),
            effects=Effects(FORMS, WORDING, TRAITS, PATIENCE, "Firstline"),
            clock=self,
        )
        approving = Approving(forms=FORMS, patience=PATIENCE, clock=self, bot_name="Firstline")
        self.ringing = Ringing(
            store=self,
            forms=FORMS,
            wording=WORDING,
            traits=TRAITS,
            patience=PATIENCE,
            approving=approving,
            clock=self,
            bot_name="Firstline",
        )

        self.service = Service(
            journal=self,
            store=self,
            agents=self,
            forms=FORMS,
            wording=WORDING,
            traits=TRAITS,
            reaching=REACHING,
            patience=PATIENCE,
            splitting=Splitting(
                forms=FORMS,
                reader=READER,
                wording=WORDING,
                patience=PATIENCE,
                clock=self,
                bot_name="Firstline",
            ),
            approving=approving,
            clock=self,
            bell=self,
            bot_name="Firstline",
        )

    def receive(self, message, key):
        """Accept it under its key and do what is to be done; a known key is no news."""
        if key not in self.rows.keys:
            self.rows.keys.add(key)
            self.rows.waiting.append(envelope_of(message, key, len(self.rows.keys)))
        while self.step():
            self.moment += timedelta(seconds=5)

    def step(self):
        return done(self.inward.step())

    def ring(self):
        """Everything that is due."""
        while done(self.ringing.step()):
            pass

    def now(self):
        return self.moment

    @asynccontextmanager
    async def work(self):
        yield self

    savepoint = work

    async def take_envelopes(self, now, limit):
        return self.rows.waiting[:1]

    async def begin_envelopes(self, envelopes, until):
        """Nothing dies here."""

    async def take_begun(self, envelopes):
        return envelopes

    async def finish_envelope(self, envelope):
        self.rows.waiting.remove(envelope)

    async def postpone_envelope(self, envelope, error, next_try_at):
        await self.quarantine_envelope(envelope, error)

    async def quarantine_envelope(self, envelope, error):
        self.rows.waiting.remove(envelope)
        self.rows.quarantined.append(error)

    async def situations(self, messages):
        return [self.rows.situation(message) for message in messages]

    async def save_person(self, person):
        self.rows.people[person.id] = person

    async def set_reachable(self, address, *, is_reachable):
        handle = self.rows.handles[address]
        self.rows.handles[address] = replace(handle, is_reachable=is_reachable)

    async def set_link(self, address, link):
        self.rows.handles[address] = replace(self.rows.handles[address], link=link)

    async def open_tickets(self, news):
        return [self.open_ticket(new) for new in news]

    def open_ticket(self, new):
        ticket = Ticket(
            id=1001 + len(self.rows.tickets),
            person_id=new.person_id,
            requester=new.requester,
            address=new.address,
            language=new.language,
            subject=new.subject,
            status=Status.NEW,
            kind=new.kind,
            category=new.category,
            priority=new.priority,
            created_at=new.opened_at,
            updated_at=new.opened_at,
            answers=new.answers,
            preview=new.preview,
        )
        self.rows.tickets[ticket.id] = ticket
        self.rows.opened[ticket.id] = dict(new.answers)
        return ticket

    async def ticket(self, number):
        return self.rows.tickets[number]

    async def save_ticket(self, ticket):
        assert ticket.version == self.rows.tickets[ticket.id].version
        saved = replace(ticket, version=ticket.version + 1)
        self.rows.tickets[ticket.id] = saved
        return saved

    async def add_entry(self, new):
        number = len(self.rows.entries) + 1
        self.rows.entries[number] = Entry(
            id=number,
            ticket_id=new.ticket_id,
            kind=new.kind,
            author=new.author,
            author_name=new.author_name,
            at=new.at,
            text=new.text,
            change=new.change,
            files=stored(new.files),
            external_id=new.external_id,
            facts=dict(new.facts),
        )
        self.rows.origins[number] = (new.address, new.album)
        return number

    async def edit_entry(self, entry_id, text, at):
        self.rows.entries[entry_id] = replace(self.rows.entries[entry_id], text=text)

    async def add_files(self, entry_id, files):
        entry = self.rows.entries[entry_id]
        self.rows.entries[entry_id] = replace(entry, files=entry.files + stored(files))

    async def move_entry(self, entry_id, ticket_id):
        entry = self.rows.entries[entry_id]
        self.rows.entries[entry_id] = replace(entry, ticket_id=ticket_id)

    async def note_facts(self, entry_id, facts):
        self.rows.entries[entry_id] = replace(self.rows.entries[entry_id], facts=dict(facts))

    async def entry(self, entry_id):
        if entry_id not in self.rows.entries:
            raise NotFound("no_entry")
        return self.rows.entries[entry_id]

    async def post(self, delivery):
        self.rows.deliveries.append(delivery)
        return len(self.rows.deliveries)

    async def replace_waiting_edits(self, edits):
        for delivery in edits:
            assert delivery.operation is Operation.EDIT
            await self.post(delivery)

    async def recall(self, owners):
        known = self.rows.memory.items()
        return {owner: [one for (whose, *_), one in known if whose == owner] for owner in owners}

    async def remember(self, owner, news, at):
        self.rows.memory |= {(owner, one.field, one.category): one for one in news}

    async def forget(self, old):
        for owner, one in old:
            if self.rows.memory.get((owner, one.field, one.category)) == one:
                del self.rows.memory[owner, one.field, one.category]

    async def take_timers(self, now, limit):
        due = [(key, new) for key, new in self.rows.timers.items() if new.due_at <= now]
        return [
            Timer(
                id=key,
                ticket=self.rows.tickets[new.ticket_id],
                purpose=new.purpose,
                has_been_heard=self.rows.has_been_heard(new),
            )
            for key, new in due
        ]

    async def set_timers(self, news):
        return sum([await self.set_timer(new) for new in news])

    async def set_timer(self, new):
        key = (new.ticket_id, new.purpose)
        if key not in self.rows.spent:
            self.rows.timers[key] = new
        return key not in self.rows.spent

    async def postpone_timer(self, timer, due_at):
        self.rows.timers[timer.id] = replace(self.rows.timers[timer.id], due_at=due_at)

    async def spend_timer(self, timer):
        await self.drop_timer(timer)
        self.rows.spent.add(timer.id)

    async def drop_timer(self, timer):
        del self.rows.timers[timer.id]

    async def handles(self, person_id):
        return [one for one in self.rows.handles.values() if one.person_id == person_id]

    async def last_message_in(self, ticket_id, address):
        said = [
            e for e in self.rows.requester_entries() if e.ticket_id == ticket_id and e.external_id
        ]
        return said[-1] if said else None

    async def thread_of(self, entry_id):
        return ()


def done(step):
    """What a step returns that only gives way to others."""
    while True:
        try:
            step.send(None)
        except StopIteration as end:
            return end.value


def stored(files):
    return tuple(
        StoredFile(id=1, name=f.name, media_type=f.media_type, size=f.size, state="waiting")
        for f in files
    )


def envelope_of(message, key, number):
    return Envelope(
        channel=message.address.channel,
        account="7",
        key=key,
        conversation=message.address.external_id,
        payload=pickle.dumps(message),
        received_at=message.sent_at,
        id=number,
    )


def unpacked(envelope):
    return (pickle.loads(envelope.payload),)  # noqa: S301 - our own message
