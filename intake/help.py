"""A question back is answered by the help text of the field it is about.

Pure. Where the question names none of the asked fields, all of them are explained.
"""

from intake.answers import does_ask_back
from intake.forms import CATEGORY
from intake.messages import Message
from intake.speech import Say
from intake.tickets import Ticket
from intake.understanding import Reader


def help_with(reader: Reader, ticket: Ticket, message: Message) -> tuple[Say, ...]:
    """What to say to “where do I find that?”; nothing to a message that asks nothing back."""
    asked = tuple(name for name in ticket.asked if name != CATEGORY)
    if not asked or not message.text:
        return ()
    language = reader.language_of(message.text, ticket.language)
    reading = reader.read(message.text, language=language, now=message.sent_at)
    if not does_ask_back(reading):
        return ()
    named = [name for name in asked if reading.hits.get(f"field.{name}")] or list(asked)
    catalogue = reader.catalogue
    lines = [
        {
            "label": catalogue.label(name, ticket.language, ticket.category),
            "hint": catalogue.hint(name, ticket.language, ticket.category),
        }
        for name in named
    ]
    return (Say(template="help", values={"lines": lines}),)
