"""Olena and Ivan write, Marek answers: what tests of the store put into it."""

from dataclasses import replace
from datetime import UTC, datetime

from intake.messages import Address, Envelope, Message, MessageKind, Sender
from intake.speech import NewDelivery, Text
from intake.tickets import Author, EntryKind, Kind, NewEntry, NewTicket

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
OLENA = Address(channel="telegram", account="7", external_id="501")
IVAN = Address(channel="telegram", account="7", external_id="502")
LATER = """
    INSERT INTO tortoise_migrations (app, name, applied_at)
    VALUES ('store', '0999_of_next_year', '2027-11-27')
"""


def envelope(key, conversation="501", **more):
    given = {
        "channel": "telegram",
        "account": "7",
        "payload": b'{"update_id": 1}',
        "received_at": NOW,
        **more,
    }
    return Envelope(key=str(key), conversation=conversation, **given)


def message(text="the printer is on strike", address=OLENA, **more):
    name = {OLENA: "Olena", IVAN: "Ivan"}.get(address, "Somebody")
    given = {
        "kind": MessageKind.TEXT,
        "sender": Sender(name=name, external_id=address.external_id, language="uk-UA"),
        "sent_at": NOW,
        "external_id": "11",
        **more,
    }
    return Message(text=text, address=address, **given)


def new_ticket(situation, **more):
    given = {
        "person_id": situation.person.id,
        "requester": situation.person.name,
        "address": situation.handle.address,
        "language": "uk",
        "subject": "Printer",
        "kind": Kind.INCIDENT,
        "category": "printer",
        "answers": {"asset": "INV-20418"},
        "preview": "the printer",
        "opened_at": NOW,
        **more,
    }
    return NewTicket(**given)


def new_entry(ticket_id, text="the printer is on strike", **more):
    given = {
        "kind": EntryKind.MESSAGE,
        "author": Author.REQUESTER,
        "author_name": "Olena",
        "at": NOW,
        "address": OLENA,
        "external_id": "11",
        **more,
    }
    return NewEntry(ticket_id=ticket_id, text=text, **given)


def new_delivery(address=OLENA, text="we are on it", **more):
    return NewDelivery(address=address, body=Text(text=text), **more)


async def situation_of(work, heard):
    [situation] = await work.situations([heard])
    return situation


async def opening(work, new):
    [ticket] = await work.open_tickets([new])
    return ticket


async def opened(store, text="the printer is on strike", address=OLENA, **more):
    """A message of somebody has become a ticket."""
    async with store.work() as work:
        heard = message(text, address, **more)
        situation = await situation_of(work, heard)
        ticket = await opening(work, new_ticket(situation, opened_at=heard.sent_at))
        entry = new_entry(ticket.id, text, address=address, external_id=heard.external_id)
        await work.add_entry(replace(entry, album=heard.album, thread=heard.thread))
    return ticket


async def states(database):
    """How far each envelope has come, and in how many tries."""
    rows = await database.fetch("SELECT key, state, attempts FROM envelope ORDER BY id")
    return {row["key"]: (row["state"], row["attempts"]) for row in rows}
