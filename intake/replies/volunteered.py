"""What is told to a ticket that waits for nothing: "it shows 0x80070005" long after the card.

Only values of their kind, for fields of the category that are empty or were declined. What the
trouble is, what was tried and what is wanted are told once; what takes another value's place is
left to `corrections`.
"""

from collections.abc import Mapping

from intake.forms import numbers
from intake.messages import Message
from intake.replies.answers import read_answers
from intake.replies.corrections import Corrected, with_values
from intake.tickets import Ticket
from intake.understanding import Reader
from intake.understanding.evidence import Evidence
from intake.understanding.fields import ERROR, LOCATION
from intake.understanding.reader import SURE_OF_VOLUNTEERED
from intake.understanding.reading import Reading

PLACES = (LOCATION, ERROR)  # texts that are told by their look


def add_volunteered(reader: Reader, ticket: Ticket, message: Message) -> Corrected:
    """The ticket with what the message says of its open fields, and a change for each."""
    if ticket.category is None or not message.text:
        return Corrected(ticket=ticket)
    reading = reader.hear(message, ticket.language)
    open_fields = [
        name
        for name in reader.catalogue.fields_of(ticket.category)
        if name not in ticket.answers and _has_kind(reader, name)
    ]
    said = _said(reader, ticket, reading)
    return with_values(
        ticket,
        {
            name: said[name]
            for name in open_fields
            if name in said and not _is_denied(reading, said[name])
        },
    )


def _has_kind(reader: Reader, name: str) -> bool:
    return name in PLACES or reader.catalogue.fields[name].type != "text"


def _said(reader: Reader, ticket: Ticket, reading: Reading) -> Mapping[str, str]:
    """As a reply to a card that asks for nothing, else as a first message surely tells it."""
    answers = read_answers(
        reading.text,
        asked=(),
        numbered=numbers(ticket),
        category=ticket.category,
        language=reading.language,
        now=reading.now,
        reader=reader,
    )
    told = reader.fields(Evidence(reading), ticket.category or "")
    sure = {
        name: value.value
        for name, value in told.items()
        if value.confidence >= SURE_OF_VOLUNTEERED
    }
    return {**sure, **answers.filled}


def _is_denied(reading: Reading, value: str) -> bool:
    """Whether it is what is not so, small words aside: "it is not INV-5"."""
    small = reading.covered(("speech.function", "speech.equals", "speech.article"))
    for hit in reading.hits.get("speech.negation", ()):
        after = hit.after
        while after in small:
            after += 1
        if after < len(reading.tokens) and reading.text.startswith(
            value, reading.tokens[after].start
        ):
            return True
    return False
