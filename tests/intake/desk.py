"""A desk without a database: rows in lists, and the core's own way in over them."""

import pickle
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from intake.approving import Approving
from intake.dialogue import Dialogue
from intake.errors import NotFound
from intake.flow.deciding import Deciding
from intake.flow.effects import Effects
from intake.flow.inward import Inward
from intake.flow.ringing import Ringing
from intake.messages import Envelope, MessageKind
from intake.people import Handle, Person
from intake.placing.followers import leader_of
from intake.service import Service
from intake.situations import Situation
from intake.speech import Operation
from intake.splitting import Splitting
from intake.tickets import Author, Entry, EntryKind, Status, StoredFile, Ticket
from intake.timers import Timer
from intake.wording import Wording
from tests.intake.cast import FORMS, NOW, PATIENCE, REACHING, READER, TRAITS

WORDING = Wording(ZoneInfo("Europe/Kyiv"))


@dataclass
class Rows:
    """Everything that outlives a restart."""

    handles: dict = field(default_factory=dict)  # by address
    people: dict = field(default_factory=dict)
    tickets: dict = field(default_factory=dict)
    entries: dict = field(default_factory=dict)
    origins: dict = field(default_factory=dict)  # entry: address and album
    deliveries: list = field(default_factory=list)  # their id is their place, from 1
    keys: set = field(default_factory=set)
    timers: dict = field(default_factory=dict)  # by ticket and purpose: what was set
    spent: set = field(default_factory=set)
    opened: dict = field(default_factory=dict)  # ticket: answers of its first message
    memory: dict = field(default_factory=dict)  # by owner, field and category
    waiting: list = field(default_factory=list)
    quarantined: list = field(default_factory=list)


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
        return [self.situation(message) for message in messages]

    def situation(self, message):
        rows = self.rows
        if message.kind is MessageKind.FORM:
            ticket = rows.tickets[message.proven_ticket]
            handle = rows.handles[ticket.address]
            person = rows.people[handle.person_id]
            return Situation(person=person, handle=handle, live_tickets=(), proven_ticket=ticket)
        is_new = message.address not in rows.handles
        if is_new:
            number = len(rows.people) + 1
            language = message.sender.language
            rows.people[number] = Person(id=number, name=message.sender.name, language=language)
            rows.handles[message.address] = Handle(
                id=number, person_id=number, address=message.address
            )
        handle = rows.handles[message.address]
        own = [t for t in rows.tickets.values() if t.person_id == handle.person_id]
        live = sorted((t for t in own if t.status.is_live), key=newest_first, reverse=True)
        said = [e for e in self.said(message.address) if e.author is Author.REQUESTER]
        number, last = self.named(message), said[-1] if said else None
        return Situation(
            person=rows.people[handle.person_id],
            handle=handle,
            live_tickets=tuple(live),
            named_ticket=next((t for t in own if t.id == number), None),
            known_entry=self.known(message),
            is_all_that_was_said=self.is_alone(self.known(message)),
            followers=self.followers(self.known(message)) if message.tap else (),
            last_entry=last,
            last_ticket=rows.tickets[last.ticket_id] if last and not live else None,
            solved_tickets=tuple(t for t in own if t.status is Status.SOLVED),
            is_first_contact=is_new,
        )

    def said(self, address):
        origins = self.rows.origins
        return [e for e in self.rows.entries.values() if origins[e.id][0] == address]

    def known(self, message):
        if message.tap.startswith("move|"):
            moved = int(message.tap.split("|")[2])
            said = self.said(message.address)
            return next((e for e in said if e.id == moved and e in self.requester_entries()), None)
        for entry in self.said(message.address):
            is_edited = message.kind is MessageKind.EDIT
            if is_edited and entry.external_id == message.external_id:
                return entry
            if message.album and self.rows.origins[entry.id][1] == message.album:
                return entry
        return None

    def is_alone(self, entry):
        return entry is not None and not any(
            other.kind is not EntryKind.CHANGE and other.author is not Author.BOT
            for other in self.rows.entries.values()
            if other.ticket_id == entry.ticket_id and other.id != entry.id
            if leader_of(other) != entry.id
        )

    def followers(self, entry):
        said = self.requester_entries() if entry else []
        return tuple(e for e in said if leader_of(e) == entry.id)

    def named(self, message):
        if message.tap:
            return int(message.tap.split("|")[1])
        known = self.known(message)
        if message.kind is MessageKind.EDIT and known is not None:
            return known.ticket_id
        for entry in self.said(message.address):
            if message.quoted_id and entry.external_id == message.quoted_id:
                return entry.ticket_id
        for number, delivery in enumerate(self.rows.deliveries, start=1):
            if message.quoted_id == f"d{number}" and delivery.address == message.address:
                return delivery.ticket_id
        return known.ticket_id if known else None

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
                has_been_heard=self.has_been_heard(new),
            )
            for key, new in due
        ]

    def has_been_heard(self, new):
        ticket = self.rows.tickets[new.ticket_id]
        later = [e for e in self.rows.entries.values() if e.id > new.after_entry]
        here = [e for e in later if e.ticket_id == ticket.id]
        there = [e for e in later if self.rows.origins[e.id][0] == ticket.address]
        return any(
            [
                *(e for e in here if e.author is Author.REQUESTER),
                *(e for e in here if (e.author, e.kind) == (Author.AGENT, EntryKind.MESSAGE)),
                *(e for e in there if e.author is Author.REQUESTER),
            ]
        )

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
        said = [e for e in self.requester_entries() if e.ticket_id == ticket_id and e.external_id]
        return said[-1] if said else None

    async def thread_of(self, entry_id):
        return ()

    # what an agent sees

    def requester_entries(self):
        kind, author = EntryKind.MESSAGE, Author.REQUESTER
        return [e for e in self.rows.entries.values() if (e.kind, e.author) == (kind, author)]

    def owner_of(self, number):
        return self.rows.tickets[number].person_id


def done(step):
    """What a step returns that only gives way to others."""
    while True:
        try:
            step.send(None)
        except StopIteration as end:
            return end.value


def newest_first(ticket):
    return (ticket.updated_at, ticket.id)


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
