"""What an edited message changes: the values that its old words had given, and its new ones.

Pure. A value that has come from elsewhere since stays.
"""

from collections.abc import Mapping
from dataclasses import replace

from intake.forms import CATEGORY, numbers
from intake.messages import Message
from intake.replies.answers import read_answers
from intake.replies.corrections import Corrected, known_of, with_values
from intake.tickets import Ticket
from intake.understanding import Reader
from intake.understanding.reading import Reading


def corrected(reader: Reader, ticket: Ticket, message: Message, was: str) -> Corrected:
    """`was` are the words before. Both are read alike: as they tell, and as they answer a card."""
    if ticket.category is None or not message.text:
        return Corrected(ticket=ticket)
    told = (replace(message, text=was), message)
    old, new = (reader.hear(said, ticket.language) for said in told)
    news: dict[str, str] = {}
    for read in (_told, _answered):
        before, after = read(reader, ticket, old), read(reader, ticket, new)
        for name, value in known_of(reader, ticket).items():
            if before.get(name) == value and after.get(name, value) != value:
                news.setdefault(name, after[name])
    return with_values(ticket, news)


def _told(reader: Reader, ticket: Ticket, reading: Reading) -> Mapping[str, str]:
    return reader.said(reading, ticket.category or "")


def _answered(reader: Reader, ticket: Ticket, reading: Reading) -> Mapping[str, str]:
    """As a reply to all that the card has ever asked."""
    numbered = tuple(name for name in numbers(ticket) if name != CATEGORY)
    answers = read_answers(
        reading.text,
        asked=numbered,
        numbered=numbered,
        category=ticket.category,
        language=reading.language,
        now=reading.now,
        reader=reader,
    )
    return answers.filled
