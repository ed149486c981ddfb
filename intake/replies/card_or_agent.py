"""What answers the bot's card once an agent has spoken: only what plainly is for it.

Pure. "Yes", "3rd" and "tomorrow at 10" are then what the agent asked; they stay on the timeline.
"""

from dataclasses import replace
from datetime import datetime

from intake.catalogue import Catalogue
from intake.messages import Message
from intake.replies.answers import Answers
from intake.replies.corrections import BY_NAME
from intake.tickets import Ticket
from intake.understanding.fields import STARTED

MOST_WORDS = 4  # of what answers a person, and names no question of the card


def is_spoken_to(ticket: Ticket, message: Message) -> bool:
    """Whether an agent has said something since the bot asked, and sent no card of their own."""
    is_of_bot = ticket.ask is None and not ticket.is_corrected_at(message.sent_at)
    return is_of_bot and ticket.first_response_at is not None


def for_card(catalogue: Catalogue, answers: Answers, message: Message) -> Answers:
    """Of what a reply says: what has a number, a label or a look that nothing else has."""
    if answers.is_set_apart:
        return answers
    is_short = len(message.text.split()) <= MOST_WORDS
    filled = {
        name: value
        for name, value in answers.filled.items()
        if catalogue.fields[name].type in BY_NAME
        or not (is_short or (name == STARTED and _is_ahead(value, message.sent_at)))
    }
    declined = frozenset[str]() if is_short else answers.declined
    return replace(answers, filled=filled, declined=declined)


def _is_ahead(value: str, now: datetime) -> bool:
    """A day without a time has begun with the day."""
    moment = datetime.fromisoformat(value)
    return moment.date() > now.date() if moment.tzinfo is None else moment > now
