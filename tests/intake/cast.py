"""The cast of the core's tests, and the situations they are in."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from intake.catalogue import Catalogue
from intake.dialogue import Dialogue
from intake.forms import Forms, Promise
from intake.messages import Address, Message, MessageKind, Sender
from intake.people import Handle, Person
from intake.situations import Situation
from intake.sla import WorkingHours
from intake.speech import Traits
from intake.terms import Reaching, Terms
from intake.tickets import Author, Entry, EntryKind, Kind, Priority, Status, Ticket
from intake.timers import Patience
from intake.understanding import Reader
from intake.wording import Wording

NOW = datetime(2026, 11, 23, 9, 10, tzinfo=UTC)
KYIV = ZoneInfo("Europe/Kyiv")
CHAT = Address(channel="telegram", account="7", external_id="100")
MAILBOX = Address(channel="email", account="support@firma.example", external_id="o@x.example")
OLENA = Person(id=1, name="Olena Kovalenko", language="uk")
TRAITS = {
    "telegram": Traits(edits_cards=True, is_threaded=False),
    "email": Traits(edits_cards=False, is_threaded=True),
}
CATALOGUE = Catalogue.shipped()
READER = Reader(CATALOGUE)
FORMS = Forms(
    CATALOGUE,
    Wording(KYIV),
    Promise(within=timedelta(hours=4), hours=WorkingHours(zone=KYIV)),
)
PATIENCE = Patience(
    hours=WorkingHours(zone=KYIV),
    reminds_within=timedelta(hours=4),
    goes_on_within=timedelta(hours=10),
)
REACHING = Reaching(terms=dict.fromkeys(TRAITS, Terms()), is_served=lambda _: True)
DIALOGUE = Dialogue(FORMS, READER, TRAITS)


def says(text: str = "", kind: MessageKind = MessageKind.TEXT, **more) -> Message:
    address = more.pop("address", CHAT)
    return Message(
        kind=kind,
        address=address,
        sender=Sender(name="Olena Kovalenko", external_id="100", language="uk"),
        sent_at=more.pop("sent_at", NOW),
        external_id=more.pop("external_id", "55"),
        text=text,
        **more,
    )


def a_ticket(number: int = 1042, **more) -> Ticket:
    ticket = Ticket(
        id=number,
        person_id=OLENA.id,
        requester=OLENA.name,
        address=CHAT,
        language="uk",
        subject="принтер не друкує",
        status=Status.NEW,
        kind=Kind.INCIDENT,
        category="printer",
        priority=Priority.MEDIUM,
        created_at=NOW - timedelta(hours=1),
        updated_at=NOW - timedelta(hours=1),
        answers={"symptom": "принтер не друкує", "location": "3 поверсі"},
        asked=("asset", "started"),
        card_id=9,
    )
    return replace(ticket, **more)


def settled(number: int = 1042, **more) -> Ticket:
    """A ticket that asks nothing any more."""
    return a_ticket(number, asked=(), is_complete=True, **more)


def an_entry(ticket: Ticket, minutes_ago: float = 60, **more) -> Entry:
    entry = Entry(
        id=more.pop("id", 77),
        ticket_id=ticket.id,
        kind=EntryKind.MESSAGE,
        author=Author.REQUESTER,
        author_name=OLENA.name,
        at=NOW - timedelta(minutes=minutes_ago),
        text="принтер не друкує",
    )
    return replace(entry, **more)


def a_situation(*tickets: Ticket, **more) -> Situation:
    return Situation(
        person=more.pop("person", OLENA),
        handle=Handle(id=1, person_id=OLENA.id, address=CHAT),
        live_tickets=tickets,
        **more,
    )


def decided(language, text, *tickets, **more):
    """What becomes of her words where she is spoken to in that language."""
    situation = a_situation(*tickets, **more)
    person = replace(situation.person, language=language)
    return DIALOGUE.decide(replace(situation, person=person), says(text), NOW)


def templates(decision):
    """Which words are said in answer."""
    return [say.template for say in decision.says]


def each(said):
    """Every text with its language, of {language: texts}."""
    return [(language, text) for language, texts in said.items() for text in texts]
