"""The rows of a desk without a database, and what the store finds in them for a message."""

from dataclasses import dataclass, field

from intake.messages import MessageKind
from intake.people import Handle, Person
from intake.placing.followers import leader_of
from intake.situations import Situation
from intake.tickets import Author, EntryKind, Status


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

    def situation(self, message):
        if message.kind is MessageKind.FORM:
            ticket = self.tickets[message.proven_ticket]
            handle = self.handles[ticket.address]
            person = self.people[handle.person_id]
            return Situation(person=person, handle=handle, live_tickets=(), proven_ticket=ticket)
        is_new = message.address not in self.handles
        if is_new:
            number = len(self.people) + 1
            language = message.sender.language
            self.people[number] = Person(id=number, name=message.sender.name, language=language)
            self.handles[message.address] = Handle(
                id=number, person_id=number, address=message.address
            )
        handle = self.handles[message.address]
        own = [t for t in self.tickets.values() if t.person_id == handle.person_id]
        live = sorted((t for t in own if t.status.is_live), key=newest_first, reverse=True)
        said = [e for e in self.said(message.address) if e.author is Author.REQUESTER]
        number, last = self.named(message), said[-1] if said else None
        return Situation(
            person=self.people[handle.person_id],
            handle=handle,
            live_tickets=tuple(live),
            named_ticket=next((t for t in own if t.id == number), None),
            known_entry=self.known(message),
            is_all_that_was_said=self.is_alone(self.known(message)),
            followers=self.followers(self.known(message)) if message.tap else (),
            last_entry=last,
            last_ticket=self.tickets[last.ticket_id] if last and not live else None,
            solved_tickets=tuple(t for t in own if t.status is Status.SOLVED),
            is_first_contact=is_new,
        )

    def said(self, address):
        origins = self.origins
        return [e for e in self.entries.values() if origins[e.id][0] == address]

    def known(self, message):
        if message.tap.startswith("move|"):
            moved = int(message.tap.split("|")[2])
            said = self.said(message.address)
            return next((e for e in said if e.id == moved and e in self.requester_entries()), None)
        for entry in self.said(message.address):
            is_edited = message.kind is MessageKind.EDIT
            if is_edited and entry.external_id == message.external_id:
                return entry
            if message.album and self.origins[entry.id][1] == message.album:
                return entry
        return None

    def is_alone(self, entry):
        return entry is not None and not any(
            other.kind is not EntryKind.CHANGE and other.author is not Author.BOT
            for other in self.entries.values()
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
        for number, delivery in enumerate(self.deliveries, start=1):
            if message.quoted_id == f"d{number}" and delivery.address == message.address:
                return delivery.ticket_id
        return known.ticket_id if known else None

    def requester_entries(self):
        kind, author = EntryKind.MESSAGE, Author.REQUESTER
        return [e for e in self.entries.values() if (e.kind, e.author) == (kind, author)]

    def has_been_heard(self, new):
        ticket = self.tickets[new.ticket_id]
        later = [e for e in self.entries.values() if e.id > new.after_entry]
        here = [e for e in later if e.ticket_id == ticket.id]
        there = [e for e in later if self.origins[e.id][0] == ticket.address]
        return any(
            [
                *(e for e in here if e.author is Author.REQUESTER),
                *(e for e in here if (e.author, e.kind) == (Author.AGENT, EntryKind.MESSAGE)),
                *(e for e in there if e.author is Author.REQUESTER),
            ]
        )


def newest_first(ticket):
    return (ticket.updated_at, ticket.id)
